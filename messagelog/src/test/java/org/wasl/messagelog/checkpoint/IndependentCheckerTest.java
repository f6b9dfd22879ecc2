package org.wasl.messagelog.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.merkle.InclusionProof;
import org.wasl.messagelog.merkle.MemoryTree;
import org.wasl.messagelog.merkle.TreeHash;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.note.TestSigner;
import org.wasl.messagelog.tile.TileFiles;

/** What we write, checked by a script in another language that knows the specifications only: {@code docs/verify}. */
class IndependentCheckerTest {

    private static final Path SCRIPTS = Path.of(System.getProperty("wasl.root"), "docs", "verify");
    private static final String ORIGIN = "log.example/one";
    private static final int LEAVES = 700;
    private static final int EARLIER = 300;
    private static final long LEAF = 411;

    private final TestSigner log = TestSigner.log(ORIGIN);
    private final TestSigner witness = TestSigner.witness("witness.example/w1");
    private final MemoryTree tree = new MemoryTree();

    @TempDir
    Path directory;

    private record Run(int exitCode, String said) {}

    @BeforeAll
    static void requirePython() throws IOException, InterruptedException {
        boolean there;
        try {
            there = run(SCRIPTS, List.of("python3", "--version")).exitCode() == 0;
        } catch (IOException absent) {
            there = false;
        }
        assumeTrue(there, "IndependentCheckerTest skipped: python3 is not installed");
    }

    @BeforeEach
    void writeTiles() throws IOException {
        for (int i = 0; i < LEAVES; i++) {
            tree.append(TreeHash.leaf(leaf(i)));
        }
        new TileFiles(directory).publish(0, LEAVES, (from, count) -> {
            List<byte[]> leaves = new ArrayList<>();
            for (long i = from; i < from + count; i++) {
                leaves.add(leaf(i));
            }
            return leaves;
        });
    }

    @Test
    void ownTests_whenRun_pass() throws IOException, InterruptedException {
        Run run = run(SCRIPTS, List.of("python3", "-B", "-m", "unittest", "test_merkle"));

        assertThat(run.exitCode()).as(run.said()).isZero();
    }

    @Test
    void proof_whenWeMadeIt_isAccepted() throws IOException, InterruptedException {
        Run run = check("proof", proof(note(LEAVES)), file("leaf", leaf(LEAF)));

        assertThat(run.exitCode()).as(run.said()).isZero();
        assertThat(run.said()).contains("signed by " + ORIGIN).contains("cosigned by witness.example/w1");
    }

    @Test
    void proof_whenTheLeafIsAnother_isRefused() throws IOException, InterruptedException {
        assertThat(check("proof", proof(note(LEAVES)), file("leaf", leaf(LEAF + 1)))
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void proof_whenAnotherSignedTheCheckpoint_isRefused() throws IOException, InterruptedException {
        String text = Checkpoint.of(ORIGIN, LEAVES, tree.root(LEAVES)).text();
        SignedNote foreign = SignedNote.sign(text, TestSigner.log(ORIGIN));

        assertThat(check("proof", proof(foreign), file("leaf", leaf(LEAF))).exitCode())
                .isEqualTo(1);
    }

    @Test
    void tiles_whenWeWroteThem_areAccepted() throws IOException, InterruptedException {
        Run run = check("tiles", file("checkpoint", note(LEAVES).octets()), directory.toString(), "--entries");

        assertThat(run.exitCode()).as(run.said()).isZero();
    }

    @Test
    void consistency_whenTheLogGrew_isAccepted() throws IOException, InterruptedException {
        Path earlier = file("earlier", note(EARLIER).octets());
        Path later = file("later", note(LEAVES).octets());

        Run run = check("consistency", earlier, later, directory.toString());

        assertThat(run.exitCode()).as(run.said()).isZero();
    }

    @Test
    void consistency_whenTheLogWasRewritten_isRefused() throws IOException, InterruptedException {
        String text = Checkpoint.of(ORIGIN, EARLIER, TreeHash.leaf(leaf(0))).text();
        Path earlier = file("earlier", signed(text).octets());
        Path later = file("later", note(LEAVES).octets());

        assertThat(check("consistency", earlier, later, directory.toString()).exitCode())
                .isEqualTo(1);
    }

    private Path proof(SignedNote note) throws IOException {
        return file(
                "proof",
                LogProof.of(InclusionProof.build(tree, LEAF, LEAVES), note).octets());
    }

    private SignedNote note(long size) {
        return signed(Checkpoint.of(ORIGIN, size, tree.root(size)).text());
    }

    private SignedNote signed(String text) {
        return SignedNote.sign(text, log)
                .with(List.of(Cosignature.sign(text, Instant.ofEpochSecond(1_679_315_147L), witness)));
    }

    private static byte[] leaf(long index) {
        return ("leaf " + index).getBytes(StandardCharsets.UTF_8);
    }

    private Path file(String name, byte[] octets) throws IOException {
        return Files.write(directory.resolve(name), octets);
    }

    private Run check(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", "-B", "merkle.py"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        command.addAll(List.of("--log", log.verifierKey().toString()));
        command.addAll(List.of("--witness", witness.verifierKey().toString(), "--quorum", "1"));
        return run(SCRIPTS, command);
    }

    private static Run run(Path in, List<String> command) throws IOException, InterruptedException {
        File output = Files.createTempFile("checker", ".txt").toFile();
        try {
            Process process = new ProcessBuilder(command)
                    .directory(in.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(command + " did not end");
            }
            return new Run(process.exitValue(), Files.readString(output.toPath(), StandardCharsets.UTF_8));
        } finally {
            Files.delete(output.toPath());
        }
    }
}
