package org.wasl.node.configuration;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.connectors.backend.DirectorySecrets;
import org.wasl.connectors.declaration.InvalidDeclarationsException;
import org.wasl.connectors.template.CamelConnectors;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.site.Site;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.identity.MemberCertificates;
import org.wasl.node.traffic.ExchangeMeters;
import org.wasl.node.traffic.ObservedConnectors;
import org.wasl.node.traffic.ObservedExchanges;
import org.wasl.node.traffic.Traffic;
import org.wasl.node.webhook.Webhooks;
import org.wasl.routes.broker.Broker;
import org.wasl.routes.broker.BrokerAddress;
import org.wasl.routes.broker.BrokerSettings;
import org.wasl.routes.broker.EmbeddedBroker;
import org.wasl.routes.broker.StandaloneBroker;
import org.wasl.routes.broker.StandaloneSettings;
import org.wasl.routes.composite.CompositeDeclarations;
import org.wasl.routes.composite.CompositeNode;
import org.wasl.routes.composite.CompositeParts;
import org.wasl.routes.event.MissedEvents;
import org.wasl.routes.exchange.DeferralSettings;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.routes.exchange.ExchangeNode;
import org.wasl.routes.exchange.ExchangeParts;
import org.wasl.routes.exchange.ExchangeSettings;
import org.wasl.routes.held.HeldAnswers;
import org.wasl.routes.load.GateSettings;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.pack.Packs;
import org.wasl.security.agreement.AccessPolicy;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.ContainerSigner;
import org.wasl.security.container.PayloadSealer;
import org.wasl.security.container.Spool;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.registry.RegistryFiles;

/** The bus itself: broker, Camel, connectors, exchange and composition. */
@Configuration(proxyBeanMethods = false)
class BusConfiguration {

    private static final Duration GRACE = Duration.ofSeconds(2);
    /** What the broker's own headers may add to a container. */
    private static final long ENVELOPE_BYTES = 1024L * 1024;

    private static final int CAMEL_STOP_SECONDS = 15;

    /** Started and stopped by {@link BusLifecycle}, once all routes are in it. */
    @Bean(destroyMethod = "")
    CamelContext camel() {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getCamelContextExtension().setName("wasl");
        context.disableJMX();
        context.setAllowUseOriginalMessage(false);
        context.setStreamCaching(false);
        context.getShutdownStrategy().setTimeout(CAMEL_STOP_SECONDS);
        context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
        return context;
    }

    @Bean
    Broker broker(
            DataDirectory directory,
            TrustFiles files,
            BrokerProperties broker,
            NodeProperties node,
            RegistryFiles registry,
            RegistryAnnouncements announcements,
            MemberKeys keys,
            MemberCertificates certificates,
            Clock clock)
            throws IOException {
        Broker used = broker.kind() == BrokerProperties.Kind.STANDALONE
                ? standalone(files, broker, registry, keys)
                : embedded(directory, files, broker, node, registry, keys, certificates, clock);
        announcements.to(used::declare);
        return used;
    }

    /** A connection has one certificate, so the node speaks there for one member. */
    private static Broker standalone(TrustFiles files, BrokerProperties broker, RegistryFiles registry, MemberKeys keys)
            throws IOException {
        if (broker.servers().isEmpty()) {
            throw new IllegalArgumentException(
                    "wasl.broker.servers is missing: where the broker is, since wasl.broker.kind is STANDALONE");
        }
        if (keys.members().size() != 1) {
            throw new IllegalArgumentException("wasl.node.id must be the node of one member, since wasl.broker.kind is"
                    + " STANDALONE; the registry names it for " + keys.members().size());
        }
        return new StandaloneBroker(
                new StandaloneSettings(
                        broker.servers().stream().map(BrokerAddress::parse).toList(),
                        files.brokerClient(),
                        files.secrets().read(TrustFiles.CLIENT_SECRET),
                        files.trusted(),
                        files.secrets().read(TrustFiles.TRUSTED_SECRET),
                        broker.shared(),
                        broker.callTimeout(),
                        broker.silence()),
                keys.members().iterator().next(),
                registry);
    }

    private static Broker embedded(
            DataDirectory directory,
            TrustFiles files,
            BrokerProperties broker,
            NodeProperties node,
            RegistryFiles registry,
            MemberKeys keys,
            MemberCertificates certificates,
            Clock clock)
            throws IOException {
        BrokerSettings settings = BrokerSettings.at(directory.broker())
                .withAddressBounds(
                        broker.queueMemory().toBytes(), broker.queueDisk().toBytes())
                .withRedelivery(broker.deliveryAttempts(), Duration.ofMillis(500))
                .withQuotas(
                        new BrokerSettings.Quotas(broker.connections(), broker.sessions(), broker.messagesPerSecond()),
                        node.maxContainer().toBytes() + ENVELOPE_BYTES);
        if (broker.tlsPort() != 0) {
            settings = settings.withTls(new BrokerSettings.TlsAcceptor(
                    broker.tlsPort(),
                    files.server(),
                    files.secrets().read(TrustFiles.SERVER_SECRET),
                    files.trusted(),
                    files.secrets().read(TrustFiles.TRUSTED_SECRET)));
        }
        return new EmbeddedBroker(settings, registry, keys.members(), certificates::member, clock);
    }

    /** One bound for documents on their way in from a back-end and out to, or in from, the broker. */
    @Bean
    Spool spool(DataDirectory directory, NodeProperties node) throws IOException {
        return Spool.open(directory.spool(), node.documentSpool().toBytes());
    }

    @Bean
    CamelConnectors connectors(
            CamelContext camel,
            DataDirectory directory,
            SamplesProperties samples,
            BackEnds backEnds,
            Packs packs,
            SchemaCatalogue schemas,
            Spool spool,
            Clock clock)
            throws InvalidDeclarationsException, IOException {
        return CamelConnectors.add(
                camel,
                OwnDeclarations.connectors(directory, samples.enabled(), packs, backEnds.properties()),
                schemas,
                new SpooledDocuments(spool),
                new DirectorySecrets(directory.secrets()),
                clock);
    }

    @Bean
    CompositeDeclarations compositeDeclarations(
            DataDirectory directory, RegistryFiles registry, Packs packs, SchemaCatalogue schemas) throws IOException {
        CompositeDeclarations declarations = OwnDeclarations.composites(directory, packs, schemas);
        List<String> misfits = declarations.misfits(registry.get());
        if (!misfits.isEmpty()) {
            throw new IllegalStateException(
                    "composite services do not fit the registry: " + String.join("; ", misfits));
        }
        return declarations;
    }

    @Bean
    ExchangeNode exchangeNode(
            CamelContext camel,
            RegistryFiles registry,
            MemberKeys keys,
            PayloadSealer sealer,
            ContainerSigner signer,
            AsicContainerVerifier verifier,
            AccessPolicy policy,
            AssertionVerifier assertions,
            SchemaCatalogue schemas,
            MessageLog log,
            EvidenceGate gate,
            CamelConnectors connectors,
            Broker broker,
            CompositeDeclarations composites,
            MissedEvents missed,
            OfferedPayments payments,
            NodeProperties node,
            EdgeProperties edge,
            Spool spool,
            ExchangeMeters meters,
            Site site,
            Clock clock) {
        ExchangeSettings settings = new ExchangeSettings(
                node.id(),
                node.inFlight(),
                node.senderThreads(),
                node.requestConsumers(),
                node.replyConsumers(),
                node.clockSkew(),
                edge.longestTimeout(),
                GRACE,
                node.logTimeout(),
                Math.toIntExact(node.maxContainer().toBytes()),
                new DeferralSettings(
                        node.deferrals(),
                        node.deferralLongest(),
                        node.deferralAskAfterStart(),
                        node.deferralRemindFirst(),
                        node.deferralRemindMost(),
                        node.deferralGrace()),
                new GateSettings(
                        Math.min(node.backEndLeast(), node.requestConsumers()),
                        node.requestConsumers(),
                        node.requestConsumers(),
                        node.backEndWaiting()));
        return ExchangeNode.addTo(
                camel,
                new ExchangeParts(
                        registry,
                        keys,
                        sealer,
                        signer,
                        verifier,
                        policy,
                        assertions,
                        schemas,
                        log,
                        gate,
                        new ObservedConnectors(missed.beside(connectors), meters),
                        broker.connections(),
                        service -> payments.orderedBy(service)
                                || composites
                                        .find(service.code())
                                        .filter(composite -> composite.service().equals(service))
                                        .isPresent(),
                        clock,
                        settings,
                        spool,
                        site));
    }

    @Bean
    LoadMeters loadMeters(ExchangeNode exchange) {
        return new LoadMeters(exchange);
    }

    @Bean
    ExchangeClient exchangeClient(ExchangeNode exchange, Traffic traffic, ExchangeMeters meters) {
        return new ObservedExchanges(exchange.client(), traffic, meters);
    }

    @Bean
    CompositeNode compositeNode(
            CamelContext camel,
            CompositeDeclarations declarations,
            ExchangeClient exchanges,
            RegistryFiles registry,
            MemberKeys keys,
            ContainerSigner signer,
            AsicContainerVerifier verifier,
            AccessPolicy policy,
            AssertionVerifier assertions,
            SchemaCatalogue schemas,
            MessageLog log,
            EvidenceGate gate,
            NodeProperties node,
            Clock clock,
            HeldAnswers held,
            Site site) {
        return CompositeNode.addTo(
                camel,
                new CompositeParts(
                        declarations,
                        exchanges,
                        registry,
                        keys,
                        signer,
                        verifier,
                        policy,
                        assertions,
                        schemas,
                        log,
                        gate,
                        clock,
                        node.compositesInFlight(),
                        node.compositeThreads(),
                        node.logTimeout(),
                        held,
                        site));
    }

    @Bean
    BusHealth busHealth(MessageLog log, Broker broker, ExchangeNode exchange) {
        return new BusHealth(log, broker, exchange);
    }

    @Bean
    BusLifecycle busLifecycle(
            Broker broker,
            CamelContext camel,
            ExchangeNode exchange,
            CompositeNode composites,
            EventListening events,
            Webhooks webhooks) {
        return new BusLifecycle(broker, camel, exchange, composites, events, webhooks);
    }
}
