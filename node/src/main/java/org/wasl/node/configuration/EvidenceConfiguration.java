package org.wasl.node.configuration;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.publication.CheckpointPublisher;
import org.wasl.messagelog.publication.PublicationSettings;
import org.wasl.messagelog.publication.PublicationState;
import org.wasl.messagelog.publication.RegistryTerms;
import org.wasl.messagelog.publication.TimeStamper;
import org.wasl.messagelog.store.LogStore;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.edge.evidence.LogFilesController;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.registry.RegistryFiles;

/** What keeps the log honest: it is published, witnessed by others, and witnesses theirs. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EvidenceProperties.class)
class EvidenceConfiguration {

    @Bean
    MemberWitnesses memberWitnesses(
            RegistryFiles registry,
            MemberKeys keys,
            DataDirectory directory,
            EvidenceProperties evidence,
            ObjectProvider<WitnessPort> demonstration,
            Clock clock)
            throws IOException {
        Path memory = directory.witnesses();
        if (evidence.witnessPort() != 0) {
            InetSocketAddress address = new InetSocketAddress(evidence.witnessAddress(), evidence.witnessPort());
            return MemberWitnesses.start(address, registry, keys, memory, clock);
        }
        WitnessPort port = demonstration.getIfAvailable();
        if (port == null) {
            return MemberWitnesses.none();
        }
        InetSocketAddress address = port.address();
        port.close();
        return MemberWitnesses.start(address, registry, keys, memory, clock);
    }

    /** Begins at once; the witnesses of this very node must be there to be asked. */
    @Bean
    CheckpointPublisher checkpointPublisher(
            GroupCommitMessageLog log,
            LogStore store,
            LogOperator operator,
            RegistryFiles registry,
            MemberKeys keys,
            MemberWitnesses witnesses,
            DataDirectory directory,
            EvidenceProperties evidence,
            Clock clock) {
        MemberId member = operator.member();
        return CheckpointPublisher.start(
                log::committed,
                store,
                new RegistryTerms(registry, member, () -> keys.checkpointKeys(member), clock),
                new PublicationSettings(
                        directory.publicLog(),
                        directory.earlierPublications(),
                        evidence.interval(),
                        evidence.witnessTimeout()),
                clock);
    }

    /** The one that is asked before anything is disclosed. */
    @Bean
    @Primary
    EvidenceGate disclosureGate(CheckpointPublisher publisher, TimeStamper stamper) {
        return EvidenceGate.all(List.of(publisher, stamper));
    }

    @Bean
    EvidenceLifecycle evidenceLifecycle(CheckpointPublisher publisher) {
        return new EvidenceLifecycle(publisher);
    }

    /** Shown as {@code evidence}: Boot leaves out the end of the name. */
    @Bean
    EvidenceHealth evidenceHealthIndicator(CheckpointPublisher publisher) {
        return new EvidenceHealth(publisher);
    }

    @Bean
    MeterBinder evidenceMeters(CheckpointPublisher publisher) {
        return meters -> {
            Gauge.builder("wasl.evidence.uncovered", publisher, from -> seconds(from.state()))
                    .baseUnit("seconds")
                    .description("for how long the oldest commit has gone without a cosigned checkpoint")
                    .register(meters);
            Gauge.builder("wasl.evidence.cosigners", publisher, from -> from.state()
                            .cosigners()
                            .size())
                    .description("how many parties cosigned the last covered checkpoint")
                    .register(meters);
            FunctionCounter.builder("wasl.evidence.checkpoints", publisher, from -> from.state()
                            .checkpoints())
                    .description("checkpoints made since the start")
                    .register(meters);
        };
    }

    private static double seconds(PublicationState state) {
        return state.uncoveredFor().toMillis() / 1_000.0;
    }

    @Bean
    LogFilesController logFilesController(DataDirectory directory) {
        return new LogFilesController(directory.publicLog());
    }
}
