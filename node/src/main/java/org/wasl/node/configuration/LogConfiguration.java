package org.wasl.node.configuration;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.erasure.Erasures;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.site.Site;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.PostgresLogStore;
import org.wasl.messagelog.store.PostgresSettings;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.edge.audit.AuditedLog;
import org.wasl.node.edge.audit.SiteAuditedLog;
import org.wasl.node.edge.audit.StoredAuditedLog;
import org.wasl.node.edge.operation.ErasuresController;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.registry.CurrentRegistry;

/** The message log, on SQLite within one machine, on PostgreSQL beyond it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionProperties.class)
class LogConfiguration {

    /** What the process ends with when its log has failed and it is to be started again (EX_TEMPFAIL). */
    static final int EXIT_LOG_FAILED = 75;

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

    /** The log as audits and people's own lists read it. */
    @Bean
    StoredAuditedLog ownAuditedLog(GroupCommitMessageLog log, LogStore store, NodeProperties node) {
        return new StoredAuditedLog(log, store, node.logTimeout());
    }

    /** The same with the logs of this agency's other nodes. */
    @Bean
    @Primary
    AuditedLog auditedLog(StoredAuditedLog own, Site site, IndexKey key) {
        return site == Site.SINGLE ? own : new SiteAuditedLog(own, site, key);
    }

    @Bean
    LogOperator logOperator(LogProperties log, MemberKeys keys, EdgeProperties edge) {
        return LogOperator.of(
                log.operator(),
                keys.members(),
                SubsystemId.parse(edge.portalConsumer()).member());
    }

    @Bean
    Erasures erasures(GroupCommitMessageLog log, LogStore store, LogOperator operator, Clock clock) {
        return new Erasures(log, store, operator.member(), clock);
    }

    @Bean
    RetentionSchedule retention(
            Erasures erasures, CurrentRegistry registry, RetentionProperties retention, Clock clock) {
        return new RetentionSchedule(erasures, registry, retention.interval(), clock);
    }

    @Bean
    MeterBinder retentionMeters(RetentionSchedule retention) {
        return meters -> {
            FunctionCounter.builder("wasl.log.erased", retention, RetentionSchedule::erased)
                    .description("containers erased since the start because their retention was over")
                    .register(meters);
            Gauge.builder("wasl.log.erasure.failing", retention, schedule -> schedule.failing() ? 1 : 0)
                    .description("1 while the last look for containers whose retention is over failed")
                    .register(meters);
        };
    }

    @Bean
    ErasuresController erasuresController(Erasures erasures) {
        return new ErasuresController(erasures);
    }

    @Bean
    GroupCommitMessageLog messageLog(LogStore store, IndexKey key, LogProperties log) {
        LogSettings settings = new LogSettings(
                log.queueEntries(),
                log.queueSize().toBytes(),
                log.batchEntries(),
                log.batchSize().toBytes(),
                CLOSE_TIMEOUT);
        return GroupCommitMessageLog.open(
                store, key, settings, new LogAlarm(log.exitOnFailure() ? LogConfiguration::end : () -> {}));
    }

    /** At once: nothing that could still be done would be durable, and what is durable is taken up by the next start. */
    private static void end() {
        Runtime.getRuntime().halt(EXIT_LOG_FAILED);
    }
}
