package org.wasl.bench.peer.message;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** Each message in a commit of its own, on the caller's thread. */
final class SingleInserts extends MessageTable {

    private final HikariDataSource connections;

    SingleInserts(Path file) throws SQLException {
        super(file);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setDataSourceProperties(durable().toProperties());
        config.setMaximumPoolSize(1);
        connections = new HikariDataSource(config);
        try (Connection connection = connections.getConnection()) {
            prepare(connection);
        }
    }

    @Override
    public CompletableFuture<Void> store(StoredMessage message) {
        try (Connection connection = connections.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            bind(insert, message);
            insert.executeUpdate();
            return CompletableFuture.completedFuture(null);
        } catch (SQLException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public String description() {
        return "one insert and one commit a message; SQLite, write-ahead log, synchronous=FULL; Hikari pool";
    }

    @Override
    public void close() {
        connections.close();
    }
}
