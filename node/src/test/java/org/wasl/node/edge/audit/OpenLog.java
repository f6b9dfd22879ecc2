package org.wasl.node.edge.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogListener;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;

/** A real log in a directory of a test's. */
public final class OpenLog implements AutoCloseable {

    private final GroupCommitMessageLog log;
    private final AuditedLog audited;

    public OpenLog(Path directory) throws LogStoreException, IOException {
        SqliteLogStore store = SqliteLogStore.open(directory.resolve("log.db"));
        log = GroupCommitMessageLog.open(
                store,
                IndexKey.loadOrCreate(directory.resolve("index.key")),
                new LogSettings(1_000, 1_000_000, 100, 1_000_000, Duration.ofSeconds(10)),
                new Silent());
        audited = new StoredAuditedLog(log, store, Duration.ofSeconds(10));
    }

    /** What the tests look at themselves; nobody need be told. */
    private static final class Silent implements LogListener {
        @Override
        public void failed(LogUnavailableException cause) {
            // the failed append says so
        }

        @Override
        public void overloaded() {
            // as above
        }
    }

    /** Appends, and waits until it is durable. */
    public LogEntry append(LogEntry entry) throws Exception {
        log.append(entry).get(10, TimeUnit.SECONDS);
        return entry;
    }

    public GroupCommitMessageLog log() {
        return log;
    }

    public AuditedLog audited() {
        return audited;
    }

    @Override
    public void close() {
        log.close();
    }
}
