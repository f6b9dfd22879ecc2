package org.wasl.messagelog.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.Entries;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.security.container.MessageKind;

class PostgresLogStoreTest extends AbstractLogStoreContractTest {

    private static final IndexKey KEY = IndexKey.of(new byte[32]);
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private static @Nullable EmbeddedPostgres server;

    private String schema = "none";

    @BeforeAll
    static void startServer() {
        try {
            // The embedded server's own defaults trade durability for speed.
            server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        } catch (IOException | IllegalStateException e) {
            Assumptions.abort("PostgresLogStoreTest skipped: the embedded PostgreSQL does not start here: " + e);
        }
    }

    @AfterAll
    static void stopServer() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    /** Before the superclass opens the log. */
    @Override
    @BeforeEach
    void openLog() throws Exception {
        schema = "log_" + SCHEMAS.incrementAndGet();
        execute("CREATE SCHEMA " + schema);
        super.openLog();
    }

    private static void execute(String sql) throws Exception {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private PostgresSettings settings() {
        return PostgresSettings.of(
                server.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + schema, "postgres", "postgres");
    }

    @Override
    protected LogStore openStore() throws Exception {
        return PostgresLogStore.open(settings());
    }

    @Override
    protected LogSource openSource() throws Exception {
        return PostgresLogStore.openReadOnly(settings());
    }

    @Test
    void open_whenServerDoesNotSync_isRefused() throws Exception {
        execute("ALTER SYSTEM SET full_page_writes = off");
        execute("SELECT pg_reload_conf()");
        try {
            await().untilAsserted(() -> assertThatThrownBy(() -> openAnother().close())
                    .isInstanceOf(LogStoreException.class)
                    .hasMessageContaining("full_page_writes"));
        } finally {
            execute("ALTER SYSTEM RESET full_page_writes");
            execute("SELECT pg_reload_conf()");
        }
    }

    @Test
    void check_whenTheServerEndsTheSession_fails() throws Exception {
        String own = "log_" + SCHEMAS.incrementAndGet();
        execute("CREATE SCHEMA " + own);
        try (LogStore store = PostgresLogStore.open(PostgresSettings.of(
                server.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + own, "postgres", "postgres"))) {
            store.check();
            execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                    + " AND ((classid::bigint << 32) | objid::bigint) = hashtextextended('wasl message log " + own
                    + "', 0)");

            assertThatThrownBy(store::check).isInstanceOf(LogStoreException.class);
        }
    }

    /** The tables as they were before subjects could be erased. */
    @Test
    void open_whenTablesAreOfVersion2_bringsThemUpToDate() throws Exception {
        LogEntry entry = logged();
        executeHere(
                "ALTER TABLE log_payload DROP COLUMN codec",
                "ALTER TABLE log_payload DROP COLUMN dictionary",
                "DROP TABLE log_dictionary",
                "DROP TABLE log_chunk",
                "DROP TABLE log_open",
                "DROP TABLE log_subject_tier",
                "DROP TABLE log_subject_block",
                "CREATE INDEX log_leaf_request ON log_leaf (direction, kind, idx) WHERE direction <> 'REFUSED'",
                "ALTER TABLE log_leaf RENAME COLUMN subject TO subject_hash",
                "UPDATE log_leaf SET subject_hash = (SELECT hash FROM log_subject)",
                "CREATE INDEX log_leaf_subject ON log_leaf (subject_hash, idx) WHERE subject_hash IS NOT NULL",
                "DROP TABLE log_subject",
                "DROP TABLE log_checkpoint",
                "UPDATE log_meta SET value = '2' WHERE name = 'schema-version'");
        List<LogRow> before = new ArrayList<>();
        try (LogSource source = openSource()) {
            source.scan(0, 10, before::add);
            assertThat(source.checkpoints(0, 10)).isEmpty();
        }

        try (LogStore store = openStore()) {
            assertThat(before).singleElement().satisfies(row -> assertThat(row.subjectHash())
                    .isEqualTo(KEY.subjectHash(Entries.SUBJECT)));
            assertThat(store.bySubject(KEY.subjectHash(Entries.SUBJECT), 0, 10))
                    .extracting(StoredMessage::messageId)
                    .containsExactly(entry.messageId());
            assertThat(store.latestCheckpoint()).isEmpty();
        }
        // Opened once more, nothing is left to be done.
        openStore().close();
    }

    /** The tables as they were before containers were packed. */
    @Test
    void open_whenTablesAreOfVersion3_bringsThemUpToDateAndKnowsItsMessages() throws Exception {
        LogEntry entry = logged();
        executeHere(
                "ALTER TABLE log_payload DROP COLUMN codec",
                "ALTER TABLE log_payload DROP COLUMN dictionary",
                "DROP TABLE log_dictionary",
                "DROP TABLE log_chunk",
                "DROP TABLE log_open",
                "DROP TABLE log_subject_tier",
                "DROP TABLE log_subject_block",
                "CREATE INDEX log_subject_hash ON log_subject (hash, idx)",
                "CREATE INDEX log_leaf_request ON log_leaf (direction, kind, idx) WHERE direction <> 'REFUSED'",
                "UPDATE log_meta SET value = '3' WHERE name = 'schema-version'");
        assertUpgraded(entry);
    }

    /** One message in a log of its own. */
    private LogEntry logged() throws Exception {
        schema = "old_" + SCHEMAS.incrementAndGet();
        execute("CREATE SCHEMA " + schema);
        LogEntry entry = Entries.request(Entries.PORTAL, Direction.SENT, UUID.randomUUID());
        try (GroupCommitMessageLog log =
                GroupCommitMessageLog.open(openStore(), KEY, LogSettings.defaults(), failure -> {})) {
            log.append(entry).join();
        }
        return entry;
    }

    /** What was read of the old tables before, is what they have after, and the log goes on. */
    private void assertUpgraded(LogEntry entry) throws Exception {
        List<LogRow> before = new ArrayList<>();
        try (LogSource source = openSource()) {
            source.scan(0, 10, before::add);
            assertThat(source.checkpoints(0, 10)).isEmpty();
        }
        assertThat(before).singleElement().satisfies(row -> {
            assertThat(row.subjectHash()).isEqualTo(KEY.subjectHash(Entries.SUBJECT));
            assertThat(row.payload()).isNotNull().satisfies(payload -> assertThat(payload.container())
                    .isEqualTo(entry.container()));
        });

        try (GroupCommitMessageLog log =
                GroupCommitMessageLog.open(openStore(), KEY, LogSettings.defaults(), failure -> {})) {
            assertThat(log.append(entry).join()).isEqualTo(new AppendResult.Duplicate(0, true));
            assertThat(log.bySubject(Entries.SUBJECT, 0, 10)).hasSize(1);
            assertThat(log.unanswered(MessageKind.REQUEST, Direction.SENT, 0, 10))
                    .hasSize(1);
            log.append(Entries.request(Entries.PORTAL, Direction.SENT, UUID.randomUUID()))
                    .join();
            assertThat(log.bySubject(Entries.SUBJECT, 0, 10)).hasSize(2);
        }
        List<LogRow> after = new ArrayList<>();
        try (LogSource source = openSource()) {
            source.scan(0, 10, after::add);
        }
        assertThat(after).hasSize(2);
        assertThat(after.get(0).leafHash()).isEqualTo(before.get(0).leafHash());
        // Opened once more, nothing is left to be done.
        openStore().close();
    }

    private void executeHere(String... statements) throws Exception {
        execute("SET search_path TO " + schema + "; " + String.join("; ", statements));
    }

    private LogStore openAnother() throws Exception {
        return PostgresLogStore.open(
                PostgresSettings.of(server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres"));
    }
}
