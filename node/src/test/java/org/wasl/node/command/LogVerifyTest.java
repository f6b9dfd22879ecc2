package org.wasl.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.checkpoint.Checkpoint;
import org.wasl.messagelog.checkpoint.Cosignature;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.note.NoteSigner;
import org.wasl.messagelog.note.SignatureType;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.note.VerifierKey;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.node.data.DataDirectory;
import org.wasl.schemas.identifier.MemberId;

/** An auditor with a copy of a log, the keys of the log and of a witness, and a checkpoint carried away. */
class LogVerifyTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
    private static final int LEAVES = 12;

    @TempDir
    Path folder;

    private final Signer log = new Signer("example.org/log", SignatureType.ED25519);
    private final Signer court = new Signer("example.org/court", SignatureType.COSIGNATURE_V1);

    private record Run(int exitCode, String out, String err) {}

    private static Run run(String language, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Texts.in(language),
                false);
        int exitCode = CommandLineProgram.run(arguments, console);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Run log(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "log",
                command,
                "--data",
                folder.toString(),
                "--vkey",
                log.verifierKey().toString(),
                "--witness",
                court.verifierKey().toString(),
                "--quorum",
                "1"));
        arguments.addAll(List.of(more));
        return run("en", arguments.toArray(String[]::new));
    }

    private Path database() {
        return new DataDirectory(folder).logDatabase();
    }

    @BeforeEach
    void fill() throws Exception {
        Files.createDirectories(database().resolveSibling(""));
        append(LEAVES);
        checkpoint(true);
    }

    private void append(int count) throws Exception {
        try (GroupCommitMessageLog messages = GroupCommitMessageLog.open(
                SqliteLogStore.open(database()), IndexKey.of(new byte[32]), LogSettings.defaults(), cause -> {})) {
            for (int i = 0; i < count; i++) {
                messages.append(LogEntry.recorded(
                                MemberId.parse("JO/GOV/PORTAL"),
                                AT,
                                "AUDIT_SEARCH",
                                "auditor",
                                null,
                                "{}".getBytes(StandardCharsets.UTF_8)))
                        .join();
            }
        }
    }

    private void checkpoint(boolean cosigned) throws Exception {
        try (LogStore store = SqliteLogStore.open(database())) {
            long size = store.head().size();
            SignedNote note = SignedNote.sign(
                    Checkpoint.of(log.verifierKey().name(), size, store.head().root())
                            .text(),
                    log);
            if (cosigned) {
                note = note.with(List.of(Cosignature.sign(note.text(), AT.plusSeconds(5), court)));
            }
            store.saveCheckpoint(size, log.verifierKey().name(), AT, note.octets());
        }
    }

    private Path carriedAway() {
        Path file = folder.resolve("carried-away");
        assertThat(log("checkpoint", "--out", file.toString()).exitCode()).isZero();
        return file;
    }

    private void execute(String... statements) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void verify_whenIntact_saysUpToWhereItIsWitnessed() throws Exception {
        append(3);
        Run run = log(
                "verify",
                "--no-signatures",
                "--json",
                "--checkpoint",
                carriedAway().toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode json = JSON.readTree(run.out());
        assertThat(json.path("intact").asBoolean()).isTrue();
        assertThat(json.path("size").asInt()).isEqualTo(LEAVES + 3);
        assertThat(json.path("witnessedSize").asInt()).isEqualTo(LEAVES);
        assertThat(log("verify", "--no-signatures").out()).contains("witnessed up to leaf " + LEAVES);
    }

    @Test
    void verify_whenSetBackToABackup_saysSoWithTheFirstBadIndex() throws Exception {
        Path backup = folder.resolve("backup");
        Files.copy(database(), backup);
        append(4);
        checkpoint(true);
        Path kept = carriedAway();
        Files.copy(backup, database(), StandardCopyOption.REPLACE_EXISTING);

        Run run = log("verify", "--no-signatures", "--json", "--checkpoint", kept.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
        JsonNode json = JSON.readTree(run.out());
        assertThat(json.path("kind").asText()).isEqualTo("ROLLED_BACK");
        assertThat(json.path("firstBadIndex").asInt()).isEqualTo(LEAVES);
        assertThat(log("verify", "--no-signatures").exitCode()).isZero();
    }

    @Test
    void verify_whenDamaged_saysWhatInBothLanguages() throws Exception {
        execute("UPDATE log_leaf SET actor = 'another' WHERE idx = 4");

        assertThat(log("verify", "--no-signatures", "--lang", "en").out())
                .contains("4  ALTERED_LEAF  a leaf was altered");
        Run arabic = run(
                "ar",
                "log",
                "verify",
                "--data",
                folder.toString(),
                "--no-signatures",
                "--vkey",
                log.verifierKey().toString());
        assertThat(arabic.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(arabic.out()).contains("ALTERED_LEAF").contains("ورقة غُيّرت");
    }

    @Test
    void verify_whenGoneOnFromAState_takesUpTheSameLogOnTheSameTermsOnly() throws Exception {
        String state = folder.resolve("state").toString();
        assertThat(log("verify", "--no-signatures", "--state", state).exitCode())
                .isZero();
        append(5);
        Run again = log("verify", "--no-signatures", "--state", state, "--json");
        assertThat(JSON.readTree(again.out()).path("size").asInt()).isEqualTo(LEAVES + 5);

        Run otherTerms = log(
                "verify",
                "--no-signatures",
                "--state",
                state,
                "--checkpoint",
                carriedAway().toString());
        assertThat(otherTerms.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(otherTerms.err()).contains("other terms");

        execute("UPDATE log_meta SET value = '00000000-0000-0000-0000-000000000001' WHERE name = 'log-id'");
        assertThat(log("verify", "--no-signatures", "--state", state).err()).contains("is of the log");
        Files.writeString(Path.of(state), "nonsense");
        assertThat(log("verify", "--no-signatures", "--state", state).err()).contains("no state of verifying");
    }

    @Test
    void verify_whenACheckpointIsNotToBeBelieved_refusesIt() throws Exception {
        append(1);
        checkpoint(false);
        Path kept = folder.resolve("own-word");
        try (LogStore store = SqliteLogStore.open(database())) {
            Files.write(kept, store.checkpoints(LEAVES + 1, 1).get(0).note());
        }

        Run run = log("verify", "--no-signatures", "--checkpoint", kept.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.err()).contains("cosigned by 0");
        Files.writeString(kept, "nonsense");
        assertThat(log("verify", "--no-signatures", "--checkpoint", kept.toString())
                        .err())
                .contains("no signed checkpoint");
    }

    @Test
    void verify_whenFromACheckpoint_doesNotLookAtContainersBelowIt() throws Exception {
        Path kept = carriedAway();
        append(2);
        execute("UPDATE log_payload SET container = x'00' WHERE idx = 3");

        assertThat(log("verify", "--no-signatures", "--from-checkpoint", kept.toString())
                        .exitCode())
                .isZero();
        assertThat(log("verify", "--no-signatures").exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void checkpoints_whenListed_saysWhoCosigned() throws Exception {
        append(1);
        checkpoint(false);

        JsonNode json = JSON.readTree(log("checkpoints", "--json").out()).path("checkpoints");
        assertThat(json).hasSize(2);
        assertThat(json.get(0).path("cosigned").get(0).asText()).isEqualTo("example.org/court");
        assertThat(json.get(0).path("existedBy").asText()).isEqualTo("2026-11-21T08:00:05Z");
        assertThat(json.get(1).path("cosigned")).isEmpty();
        assertThat(log("checkpoints").out()).contains("example.org/court");
        // The newest that is cosigned, not the newest.
        assertThat(log("checkpoint").out()).startsWith("example.org/log\n" + LEAVES + "\n");
    }

    /** A key made for one test. */
    private static final class Signer implements NoteSigner {
        private final KeyPair pair;
        private final VerifierKey key;

        Signer(String name, SignatureType type) {
            try {
                pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
            key = new VerifierKey(name, type, pair.getPublic());
        }

        @Override
        public VerifierKey verifierKey() {
            return key;
        }

        @Override
        public byte[] sign(byte[] octets) {
            try {
                Signature signature = Signature.getInstance("Ed25519");
                signature.initSign(pair.getPrivate());
                signature.update(octets);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
