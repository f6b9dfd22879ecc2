package org.wasl.node.configuration;

import java.io.IOException;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.PostgresLogStore;
import org.wasl.messagelog.store.PostgresSettings;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.node.data.DataDirectory;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/** The message log, on SQLite within one machine, on PostgreSQL beyond it. */
@Configuration(proxyBeanMethods = false)
class LogConfiguration {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    @Bean
    IndexKey indexKey(DataDirectory directory) throws IOException {
        AtomicFile.directory(directory.secrets(), Readers.OWNER);
        return IndexKey.loadOrCreate(directory.secrets().resolve("log-index.key"));
    }

    /** Closed by the log that writes it. */
    @Bean(destroyMethod = "")
    LogStore logStore(DataDirectory directory, TrustFiles files, LogProperties log)
            throws LogStoreException, IOException {
        if (log.url() == null) {
            AtomicFile.directory(directory.root().resolve("log"), Readers.OWNER);
            return SqliteLogStore.open(directory.logDatabase());
        }
        return PostgresLogStore.open(
                PostgresSettings.of(log.url(), log.user(), files.secrets().read(log.secret())));
    }

    @Bean
    GroupCommitMessageLog messageLog(LogStore store, IndexKey key, LogProperties log) {
        LogSettings settings = new LogSettings(
                log.queueEntries(),
                log.queueSize().toBytes(),
                log.batchEntries(),
                log.batchSize().toBytes(),
                CLOSE_TIMEOUT);
        return GroupCommitMessageLog.open(store, key, settings, new LogAlarm());
    }
}
