package org.wasl.bench.peer.message;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

/** One writer takes all that waits, inserts it as a batch and commits once. */
final class GroupedInserts extends MessageTable {

    private static final int QUEUE = 8_192;
    private static final int GROUP = 256;

    private record Waiting(StoredMessage message, CompletableFuture<Void> durable) {}

    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Connection connection;
    private final Thread writer;

    GroupedInserts(Path file) throws SQLException {
        super(file);
        connection = durable().createConnection(url());
        prepare(connection);
        connection.setAutoCommit(false);
        writer = new Thread(this::write, "message-table-" + file.getFileName());
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public CompletableFuture<Void> store(StoredMessage message) {
        Waiting waiting = new Waiting(message, new CompletableFuture<>());
        try {
            queue.put(waiting);
            return waiting.durable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(e);
        }
    }

    private void write() {
        List<Waiting> group = new ArrayList<>(GROUP);
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            while (!Thread.currentThread().isInterrupted()) {
                group.add(queue.take());
                queue.drainTo(group, GROUP - 1);
                commit(insert, group);
                group.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } catch (SQLException e) {
            fail(group, e);
        }
    }

    private void commit(PreparedStatement insert, List<Waiting> group) throws SQLException {
        try {
            for (Waiting waiting : group) {
                bind(insert, waiting.message());
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            fail(group, e);
            return;
        }
        group.forEach(waiting -> waiting.durable().complete(null));
    }

    private static void fail(List<Waiting> group, SQLException cause) {
        group.forEach(waiting -> waiting.durable().completeExceptionally(cause));
    }

    @Override
    public String description() {
        return "one writer, all that waits in one commit (256 at most); SQLite, write-ahead log, synchronous=FULL";
    }

    @Override
    public void close() {
        writer.interrupt();
        try {
            writer.join();
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException("a table of messages cannot be closed", e);
        }
    }
}
