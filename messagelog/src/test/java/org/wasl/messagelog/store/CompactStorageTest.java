package org.wasl.messagelog.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.SignedMessages;
import org.wasl.messagelog.SignedMessages.Message;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.compact.Coding;
import org.wasl.messagelog.compact.ContainerPacker;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.verify.ContainerCheck;
import org.wasl.messagelog.verify.DamageKind;
import org.wasl.messagelog.verify.LogVerdict;
import org.wasl.messagelog.verify.LogVerifier;
import org.wasl.messagelog.verify.VerificationPlan;

/** Containers in little room: how little, and that nothing but room is saved. */
class CompactStorageTest {

    /** The goal, all told: leaf, hashes, salt, keyed hash and every index are in it. */
    private static final int MAX_OCTETS_BESIDE_PAYLOAD = 1_229;

    private static final Logger LOG = LoggerFactory.getLogger(CompactStorageTest.class);

    private static final IndexKey KEY = IndexKey.of(new byte[32]);

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("wasl.db");
    }

    private GroupCommitMessageLog open(Coding coding) throws Exception {
        return GroupCommitMessageLog.open(
                SqliteLogStore.open(file(), coding), KEY, LogSettings.defaults(), cause -> {});
    }

    private static void append(GroupCommitMessageLog log, List<Message> messages) {
        List<CompletableFuture<AppendResult>> results = new ArrayList<>();
        for (Message message : messages) {
            results.add(log.append(message.entry()));
        }
        results.forEach(CompletableFuture::join);
    }

    @Test
    void append_whenContainersAreReal_takesLittleMoreThanTheirPayloads() throws Exception {
        Assumptions.assumeTrue(
                ContainerPacker.best() == Coding.ZSTD, "CompactStorageTest skipped: zstd's library does not load here");
        SignedMessages signed = new SignedMessages(directory);
        try (GroupCommitMessageLog log = open(Coding.ZSTD)) {
            append(log, signed.exchanges(600));
            // Learned beside the log's own thread.
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                append(log, signed.exchanges(1));
                return dictionaries() == 2;
            });
        }
        long before = Files.size(file());
        List<Message> messages = signed.exchanges(2_000);
        try (GroupCommitMessageLog log = open(Coding.ZSTD)) {
            append(log, messages);
        }
        long payloads =
                messages.stream().mapToLong(message -> message.payload().length).sum();
        long beside = (Files.size(file()) - before - payloads) / messages.size();

        LOG.info("{} octets a container beside its payload", beside);
        assertThat(beside).isLessThanOrEqualTo(MAX_OCTETS_BESIDE_PAYLOAD);
        assertIntact();
    }

    private int dictionaries() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM log_dictionary")) {
            return row.getInt(1);
        }
    }

    private void assertIntact() throws Exception {
        try (LogSource source = SqliteLogStore.openReadOnly(file())) {
            assertThat(new LogVerifier(VerificationPlan.of(ContainerCheck.NONE)).verify(source))
                    .isInstanceOf(LogVerdict.Intact.class);
        }
    }

    @Test
    void append_whenZstdIsAbsent_storesByDeflateAndIsReadAnywhere() throws Exception {
        List<Message> messages = new SignedMessages(directory).exchanges(20);
        try (GroupCommitMessageLog log = open(Coding.DEFLATE)) {
            append(log, messages.subList(0, 20));
        }
        try (GroupCommitMessageLog log = open(ContainerPacker.best())) {
            append(log, messages.subList(20, 40));
            for (Message message : messages) {
                assertThat(log.messages(message.container().header().messageId()))
                        .singleElement()
                        .satisfies(stored -> assertThat(stored.container())
                                .isEqualTo(message.container().octets()));
            }
        }
        assertIntact();
    }

    @Test
    void verify_whenAPackedContainerOrItsDictionaryWasAltered_namesTheContainer() throws Exception {
        List<Message> messages = new SignedMessages(directory).exchanges(5);
        try (GroupCommitMessageLog log = open(ContainerPacker.best())) {
            append(log, messages);
        }
        execute("UPDATE log_payload SET container = substr(container, 1, 40) WHERE idx = 3");
        assertDamaged(3);
        try (GroupCommitMessageLog log = open(ContainerPacker.best())) {
            assertThatThrownBy(() ->
                            log.messages(messages.get(3).container().header().messageId()))
                    .isInstanceOf(LogUnavailableException.class);
        }

        execute("DELETE FROM log_dictionary");
        assertDamaged(0);
    }

    private void assertDamaged(long first) throws Exception {
        try (LogSource source = SqliteLogStore.openReadOnly(file())) {
            assertThat(new LogVerifier(VerificationPlan.of(ContainerCheck.NONE)).verify(source))
                    .isInstanceOfSatisfying(LogVerdict.Damaged.class, damaged -> {
                        assertThat(damaged.first().kind()).isEqualTo(DamageKind.ALTERED_CONTAINER);
                        assertThat(damaged.first().index()).isEqualTo(first);
                    });
        }
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
