package org.wasl.messagelog.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.Entries;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.security.container.MessageKind;

class SqliteLogStoreTest extends AbstractLogStoreContractTest {

    /** As versions 2 and 3 had it. */
    private static final String REQUESTS =
            "CREATE INDEX log_leaf_request ON log_leaf (direction, kind, idx) WHERE direction <> 'REFUSED'";

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("a log.db");
    }

    @Override
    protected LogStore openStore() throws Exception {
        return SqliteLogStore.open(file());
    }

    @Override
    protected LogSource openSource() throws Exception {
        return SqliteLogStore.openReadOnly(file());
    }

    @Test
    void open_whenNew_isReadableByItsOwnerOnly() throws Exception {
        assertThat(Files.getPosixFilePermissions(file())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void openReadOnly_whenThereIsNoLog_makesNone() {
        Path missing = directory.resolve("missing.db");

        assertThatThrownBy(() -> SqliteLogStore.openReadOnly(missing)).isInstanceOf(LogStoreException.class);
        assertThat(missing).doesNotExist();
    }

    /** The tables as they were before subjects could be erased. */
    @Test
    void open_whenTablesAreOfVersion2_bringsThemUpToDate() throws Exception {
        Path old = directory.resolve("old.db");
        IndexKey key = IndexKey.of(new byte[32]);
        UUID id = UUID.randomUUID();
        try (GroupCommitMessageLog log =
                GroupCommitMessageLog.open(SqliteLogStore.open(old), key, LogSettings.defaults(), failure -> {})) {
            log.append(Entries.request(Entries.PORTAL, Direction.SENT, id)).join();
        }
        execute(
                old,
                "DROP TABLE log_open",
                "DROP TABLE log_subject_tier",
                "DROP TABLE log_subject_block",
                "ALTER TABLE log_payload DROP COLUMN codec",
                "ALTER TABLE log_payload DROP COLUMN dictionary",
                "DROP TABLE log_dictionary",
                REQUESTS,
                "ALTER TABLE log_leaf RENAME COLUMN subject TO subject_hash",
                "UPDATE log_leaf SET subject_hash = (SELECT hash FROM log_subject)",
                "CREATE INDEX log_leaf_subject ON log_leaf (subject_hash, idx) WHERE subject_hash IS NOT NULL",
                "DROP TABLE log_subject",
                "DROP TABLE log_checkpoint",
                "DROP TABLE log_chunk",
                "UPDATE log_meta SET value = '2' WHERE name = 'schema-version'");
        List<LogRow> before = new ArrayList<>();
        try (LogSource source = SqliteLogStore.openReadOnly(old)) {
            source.scan(0, 10, before::add);
            assertThat(source.checkpoints(0, 10)).isEmpty();
        }

        try (SqliteLogStore store = SqliteLogStore.open(old)) {
            assertThat(before).singleElement().satisfies(row -> assertThat(row.subjectHash())
                    .isEqualTo(key.subjectHash(Entries.SUBJECT)));
            assertThat(store.bySubject(key.subjectHash(Entries.SUBJECT), 0, 10))
                    .extracting(StoredMessage::messageId)
                    .containsExactly(id);
            assertThat(store.latestCheckpoint()).isEmpty();
        }
    }

    /** The tables as they were before containers were packed. */
    @Test
    void open_whenTablesAreOfVersion3_bringsThemUpToDateAndKnowsItsMessages() throws Exception {
        Path old = directory.resolve("old.db");
        IndexKey key = IndexKey.of(new byte[32]);
        LogEntry entry = Entries.request(Entries.PORTAL, Direction.SENT, UUID.randomUUID());
        try (GroupCommitMessageLog log =
                GroupCommitMessageLog.open(SqliteLogStore.open(old), key, LogSettings.defaults(), failure -> {})) {
            log.append(entry).join();
        }
        execute(
                old,
                "ALTER TABLE log_payload DROP COLUMN codec",
                "ALTER TABLE log_payload DROP COLUMN dictionary",
                "DROP TABLE log_dictionary",
                "DROP TABLE log_chunk",
                "DROP TABLE log_open",
                "DROP TABLE log_subject_tier",
                "DROP TABLE log_subject_block",
                "CREATE INDEX log_subject_hash ON log_subject (hash, idx)",
                REQUESTS,
                "UPDATE log_meta SET value = '3' WHERE name = 'schema-version'");
        List<LogRow> before = new ArrayList<>();
        try (LogSource source = SqliteLogStore.openReadOnly(old)) {
            source.scan(0, 10, before::add);
        }

        try (GroupCommitMessageLog log =
                GroupCommitMessageLog.open(SqliteLogStore.open(old), key, LogSettings.defaults(), failure -> {})) {
            assertThat(before).singleElement().satisfies(row -> assertThat(row.payload())
                    .isNotNull()
                    .satisfies(payload -> assertThat(payload.container()).isEqualTo(entry.container())));
            assertThat(log.append(entry).join()).isEqualTo(new AppendResult.Duplicate(0, true));
            assertThat(log.bySubject(Entries.SUBJECT, 0, 10)).hasSize(1);
            assertThat(log.unanswered(MessageKind.REQUEST, Direction.SENT, 0, 10))
                    .hasSize(1);
        }
    }

    /** The tables as they were before what is unanswered was kept apart. */
    @Test
    void open_whenTablesAreOfVersion4_fillsWhatIsOpenAndTheIndexOfSubjects() throws Exception {
        Path old = directory.resolve("old.db");
        IndexKey key = IndexKey.of(new byte[32]);
        List<LogEntry> entries =
                Stream.generate(new RandomEntries(4)::next).limit(3_000).toList();
        try (GroupCommitMessageLog log =
                GroupCommitMessageLog.open(SqliteLogStore.open(old), key, LogSettings.defaults(), failure -> {})) {
            entries.stream().map(log::append).toList().forEach(CompletableFuture::join);
        }
        execute(
                old,
                "DROP TABLE log_open",
                "DROP TABLE log_subject_tier",
                "DROP TABLE log_subject_block",
                "CREATE INDEX log_subject_run ON log_subject ((idx / 1024), (substr(hash, 1, 8)))",
                "CREATE INDEX log_leaf_request ON log_leaf (direction, kind, idx)"
                        + " WHERE kind = 'REQUEST' AND direction <> 'REFUSED'",
                "UPDATE log_meta SET value = '4' WHERE name = 'schema-version'");

        try (SqliteLogStore store = SqliteLogStore.open(old)) {
            UnansweredWalk walk = new UnansweredWalk(store);
            for (Direction direction : List.of(Direction.SENT, Direction.RECEIVED)) {
                assertThat(store.unanswered(MessageKind.REQUEST, direction, 0, 10_000))
                        .extracting(StoredMessage::index)
                        .isEqualTo(walk.unanswered(direction, 0))
                        .isNotEmpty();
            }
            assertThat(store.bySubject(key.subjectHash(Entries.SUBJECT), 0, 10_000))
                    .hasSize((int) store.head().size());
        }
    }

    @Test
    void scrub_whenErased_leavesNothingOfItInTheFiles() throws Exception {
        Path file = directory.resolve("scrubbed.db");
        LogEntry entry = Entries.request(Entries.PORTAL, Direction.SENT, UUID.randomUUID());
        byte[] subject = IndexKey.of(new byte[32]).subjectHash(Entries.SUBJECT);
        try (SqliteLogStore store = SqliteLogStore.open(file)) {
            GroupCommitMessageLog log =
                    GroupCommitMessageLog.open(store, IndexKey.of(new byte[32]), LogSettings.defaults(), failure -> {});
            log.append(entry).join();
            assertThat(holds(file, entry.container())).isTrue();
            assertThat(holds(file, subject)).isTrue();

            store.erase(List.of(0L), log.now());
            store.scrub();

            assertThat(holds(file, entry.container())).isFalse();
            assertThat(holds(file, subject)).isFalse();
            log.close();
        }
    }

    private static boolean holds(Path file, byte[] octets) throws Exception {
        String wanted = new String(octets, StandardCharsets.ISO_8859_1);
        for (String suffix : List.of("", "-wal")) {
            Path part = file.resolveSibling(file.getFileName() + suffix);
            if (Files.exists(part)
                    && new String(Files.readAllBytes(part), StandardCharsets.ISO_8859_1).contains(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static void execute(Path file, String... statements) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
