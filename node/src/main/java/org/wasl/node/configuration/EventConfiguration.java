package org.wasl.node.configuration;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.connectors.declaration.InvalidDeclarationsException;
import org.wasl.connectors.template.CamelConnectors;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.messagelog.MessageLog;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.edge.RecordJson;
import org.wasl.node.edge.agency.EventJson;
import org.wasl.node.edge.agency.EventStreams;
import org.wasl.node.edge.agency.EventsController;
import org.wasl.node.edge.operation.EventPositionsController;
import org.wasl.node.identity.Pseudonyms;
import org.wasl.node.webhook.EventWebhook;
import org.wasl.node.webhook.Webhook;
import org.wasl.routes.event.EventEffects;
import org.wasl.routes.event.EventListener;
import org.wasl.routes.event.EventNode;
import org.wasl.routes.event.EventParts;
import org.wasl.routes.event.EventPublisher;
import org.wasl.routes.event.EventSettings;
import org.wasl.routes.event.MissedEvents;
import org.wasl.routes.event.ReceivedEvents;
import org.wasl.routes.exchange.ExchangeNode;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.schemas.pack.Packs;
import org.wasl.security.agreement.AccessPolicy;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.ContainerSigner;
import org.wasl.security.container.PayloadSealer;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.RegistryFiles;

/** Events, both sides; each bean that is an {@link EventListener} acts on what is received. */
@Configuration(proxyBeanMethods = false)
class EventConfiguration {

    @Bean
    MissedEvents missedEvents(RegistryFiles registry, MemberKeys keys, MessageLog log) {
        return new MissedEvents(registry, keys.members(), log);
    }

    @Bean
    EventNode eventNode(
            CamelContext camel,
            RegistryFiles registry,
            MemberKeys keys,
            PayloadSealer sealer,
            ContainerSigner signer,
            AsicContainerVerifier verifier,
            AccessPolicy policy,
            SchemaCatalogue schemas,
            MessageLog log,
            EvidenceGate gate,
            ExchangeNode exchange,
            MissedEvents missed,
            NodeProperties node,
            EventProperties events,
            Clock clock) {
        return EventNode.addTo(
                camel,
                new EventParts(
                        registry,
                        keys,
                        sealer,
                        signer,
                        verifier,
                        policy,
                        schemas,
                        log,
                        gate,
                        exchange,
                        missed,
                        clock,
                        new EventSettings(
                                node.id(),
                                node.logTimeout(),
                                node.clockSkew(),
                                Math.toIntExact(node.maxContainer().toBytes()),
                                events.life(),
                                events.replay(),
                                events.reconcile(),
                                events.retryFirst(),
                                events.retryMost())));
    }

    @Bean
    EventJson eventJson(RecordJson json) {
        return new EventJson(json);
    }

    @Bean
    EventStreams eventStreams(ReceivedEvents received, EventJson json, EdgeProperties edge) {
        return new EventStreams(received, json, edge.eventStreams(), edge.eventHeartbeat(), edge.eventStreamLongest());
    }

    @Bean
    EventsController eventsController(
            EventNode events, CurrentRegistry registry, Pseudonyms pseudonyms, EventJson json, EventStreams streams) {
        return new EventsController(events, registry, pseudonyms, json, streams);
    }

    @Bean
    EventPositionsController eventPositionsController(EventNode events) {
        return new EventPositionsController(events);
    }

    /** For whoever publishes within this process. */
    @Bean
    EventPublisher eventPublisher(EventNode events) {
        return events.publisher();
    }

    @Bean
    ReceivedEvents receivedEvents(EventNode events) {
        return events.received();
    }

    /** The listeners are added when all beans are there: some of them need the bus themselves. */
    @Bean
    EventListening eventListening(
            EventNode events,
            ObjectProvider<EventListener> listeners,
            DataDirectory directory,
            SamplesProperties samples,
            Packs packs,
            BackEnds backEnds,
            CamelConnectors connectors,
            WebhookProperties webhooks,
            MemberKeys keys,
            Clock clock)
            throws InvalidDeclarationsException, IOException {
        List<EventListener> effects = new ArrayList<>(EventEffects.of(
                OwnDeclarations.connectors(directory, samples.enabled(), packs, backEnds.properties()),
                connectors,
                clock));
        webhooks.endpoints().stream()
                .filter(WebhookProperties.Endpoint::events)
                .map(endpoint -> new EventWebhook(
                        new Webhook(endpoint.name(), SubsystemId.parse(endpoint.consumer()), endpoint.address()),
                        keys,
                        clock,
                        webhooks.timeout()))
                .forEach(effects::add);
        return new EventListening(events, listeners, effects);
    }
}
