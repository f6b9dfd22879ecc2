package org.wasl.node.configuration;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.connectors.template.CamelConnectors;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.store.LogStore;
import org.wasl.node.edge.EdgeLimits;
import org.wasl.node.edge.audit.AuditedLog;
import org.wasl.node.edge.operation.AlertsController;
import org.wasl.node.edge.operation.DeadLetterList;
import org.wasl.node.edge.operation.DeadLettersController;
import org.wasl.node.edge.operation.LeagueController;
import org.wasl.node.edge.operation.OverviewController;
import org.wasl.node.edge.operation.Reruns;
import org.wasl.node.statistics.RequestCounter;
import org.wasl.node.traffic.Traffic;
import org.wasl.node.watch.Alerts;
import org.wasl.node.watch.Thresholds;
import org.wasl.node.watch.VitalSigns;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.PayloadOpener;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.registry.CurrentRegistry;

/** What operators are told of a running node, and may order of it. */
@Configuration(proxyBeanMethods = false)
class OperationConfiguration {

    @Bean
    Thresholds thresholds(OperationProperties operation) {
        return new Thresholds(
                operation.expiryWarning(),
                operation.uncoveredWarning(),
                operation.failedPercent(),
                operation.withinPercent(),
                operation.leastExchanges(),
                operation.queueDepth(),
                operation.deadLetters(),
                operation.diskFreePercent());
    }

    @Bean
    Alerts alerts(Thresholds thresholds) {
        return new Alerts(thresholds);
    }

    @Bean
    OverviewController overviewController(
            Traffic traffic, VitalSigns signs, RequestCounter counter, CurrentRegistry registry) {
        return new OverviewController(traffic, signs, counter, registry);
    }

    @Bean
    LeagueController leagueController(Traffic traffic, CurrentRegistry registry, Thresholds thresholds, Clock clock) {
        return new LeagueController(traffic, registry, thresholds, clock);
    }

    @Bean
    DeadLetterList deadLetterList(RequestCounter counter, LogStore store) {
        return new DeadLetterList(counter, store);
    }

    @Bean
    AlertsController alertsController(
            Alerts alerts, VitalSigns signs, Traffic traffic, RequestCounter counter, DeadLetterList letters) {
        return new AlertsController(alerts, signs, traffic, counter, letters);
    }

    @Bean
    Reruns reruns(
            MessageLog log,
            AuditedLog records,
            MemberKeys keys,
            AsicContainerVerifier opener,
            SchemaCatalogue schemas,
            PayloadOpener payloads,
            ExchangeClient exchanges,
            LogOperator operator,
            EdgeLimits limits,
            ObjectProvider<CamelConnectors> connectors,
            Clock clock) {
        return new Reruns(
                log,
                records,
                keys,
                opener,
                new PayloadXml(schemas, payloads),
                exchanges,
                new Reruns.Terms(operator.member(), limits.usual(), service -> connectors.stream()
                        .flatMap(all -> all.declarations().stream())
                        .anyMatch(declaration -> declaration.service().equals(service)
                                && declaration.effect().changes())),
                clock);
    }

    @Bean
    DeadLettersController deadLettersController(DeadLetterList letters, Reruns reruns) {
        return new DeadLettersController(letters, reruns);
    }
}
