package org.wasl.messagelog.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresLogStoreTest extends AbstractLogStoreContractTest {

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

    private LogStore openAnother() throws Exception {
        return PostgresLogStore.open(
                PostgresSettings.of(server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres"));
    }
}
