package org.wasl.node.configuration;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.publication.TimeStamper;
import org.wasl.messagelog.store.LogStore;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.EvidencePolicy;
import org.wasl.security.registry.RegistryFiles;
import org.wasl.security.timestamp.TimeStampClient;
import org.wasl.security.timestamp.TimeStampVerifier;

/** The log's checkpoints are time-stamped by the authority that the registry names. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TimeStampProperties.class)
class TimeStampConfiguration {

    @Bean
    TimeStampVerifier timeStampVerifier(CertificatePath path) {
        return new TimeStampVerifier(path);
    }

    @Bean
    TimeStamper timeStamper(
            GroupCommitMessageLog log,
            LogStore store,
            RegistryFiles registry,
            TimeStampVerifier verifier,
            TimeStampProperties properties,
            Clock clock) {
        TimeStampClient client = new TimeStampClient(properties.timeout(), verifier);
        return TimeStamper.start(
                log::committed,
                store,
                () -> registry.get().evidence().flatMap(EvidencePolicy::timeStamping),
                (address, octets) -> client.stamp(address, octets, registry.get()),
                clock);
    }

    /** Shown as {@code timeStamp}: Boot leaves out the end of the name. */
    @Bean
    TimeStampHealth timeStampHealthIndicator(TimeStamper stamper) {
        return new TimeStampHealth(stamper);
    }

    @Bean
    MeterBinder timeStampMeters(TimeStamper stamper) {
        return meters -> {
            Gauge.builder(
                            "wasl.time-stamp.uncovered",
                            stamper,
                            from -> from.state().uncoveredFor().toMillis() / 1_000.0)
                    .baseUnit("seconds")
                    .description("for how long the oldest commit has gone without a time-stamped checkpoint")
                    .register(meters);
            Gauge.builder(
                            "wasl.clock.ahead",
                            stamper,
                            from -> from.state().ahead().toMillis() / 1_000.0)
                    .baseUnit("seconds")
                    .description("by how much this node's clock is ahead of the time-stamp authority's")
                    .register(meters);
        };
    }
}
