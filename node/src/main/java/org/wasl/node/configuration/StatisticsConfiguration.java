package org.wasl.node.configuration;

import java.time.Clock;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.store.LogStore;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.edge.portal.StatisticsController;
import org.wasl.node.statistics.RequestCounter;
import org.wasl.routes.composite.CompositeServices;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.registry.CurrentRegistry;

/** How often services are asked. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StatisticsProperties.class)
class StatisticsConfiguration {

    /** Needs the log, which closes the store: counting ends before. */
    @Bean
    RequestCounter requestCounter(
            GroupCommitMessageLog log,
            LogStore store,
            AsicContainerVerifier opener,
            CompositeServices composites,
            DataDirectory directory,
            StatisticsProperties statistics,
            Clock clock) {
        return RequestCounter.start(
                store,
                opener,
                composites.declarations().stream()
                        .map(declaration -> declaration.service().toString())
                        .collect(Collectors.toUnmodifiableSet()),
                directory.root().resolve("statistics").resolve("counts.json"),
                statistics.interval(),
                clock);
    }

    @Bean
    StatisticsController statisticsController(
            CompositeServices composites,
            RequestCounter counter,
            CurrentRegistry registry,
            EdgeProperties edge,
            SamplesProperties samples,
            StatisticsProperties statistics) {
        return new StatisticsController(
                composites,
                counter,
                registry,
                new StatisticsController.Publication(
                        SubsystemId.parse(edge.portalConsumer()).member(),
                        statistics.threshold(),
                        statistics.licence().toString(),
                        samples.enabled()));
    }
}
