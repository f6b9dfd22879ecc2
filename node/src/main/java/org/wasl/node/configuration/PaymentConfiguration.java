package org.wasl.node.configuration;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.agencies.SampleAgencies;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.edge.payment.NotificationsController;
import org.wasl.node.edge.payment.PaymentsController;
import org.wasl.node.identity.AssertionClient;
import org.wasl.node.webhook.Webhooks;
import org.wasl.routes.composite.CompositeDeclarations;
import org.wasl.routes.composite.CompositeServices;
import org.wasl.routes.event.EventListener;
import org.wasl.routes.event.EventPublisher;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.routes.payment.PaidEvents;
import org.wasl.routes.payment.PaymentNode;
import org.wasl.routes.payment.PaymentParts;
import org.wasl.routes.payment.PaymentRules;
import org.wasl.routes.payment.PaymentSettings;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.pack.Packs;
import org.wasl.security.agreement.AccessPolicy;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.ContainerSigner;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.registry.RegistryFiles;

/** Joint payment orders: the rules, who makes orders and settles them, and the edges. */
@Configuration(proxyBeanMethods = false)
class PaymentConfiguration {

    private static final int FOUND = 1_000;

    @Bean
    OfferedPayments offeredPayments(
            DataDirectory directory,
            RegistryFiles registry,
            Packs packs,
            CompositeDeclarations composites,
            SchemaCatalogue schemas)
            throws IOException {
        Optional<PaymentRules> rules = OwnDeclarations.payments(directory, packs, composites, schemas);
        List<String> misfits = rules.map(found -> found.misfits(registry.get())).orElse(List.of());
        if (!misfits.isEmpty()) {
            throw new IllegalStateException("payments do not fit the registry: " + String.join("; ", misfits));
        }
        return new OfferedPayments(rules.orElse(null));
    }

    @Bean(destroyMethod = "")
    @Nullable
    PaymentNode paymentNode(
            OfferedPayments offered,
            CompositeServices composites,
            ExchangeClient exchanges,
            RegistryFiles registry,
            MemberKeys keys,
            ContainerSigner signer,
            AsicContainerVerifier verifier,
            AccessPolicy policy,
            AssertionVerifier assertions,
            SchemaCatalogue schemas,
            MessageLog log,
            GroupCommitMessageLog searched,
            EvidenceGate gate,
            NodeProperties node,
            PaymentProperties payment,
            Webhooks webhooks,
            Clock clock) {
        PaymentRules rules = offered.rules();
        if (rules == null) {
            return null;
        }
        PaymentNode payments = new PaymentNode(new PaymentParts(
                rules,
                composites,
                exchanges,
                registry,
                keys,
                signer,
                verifier,
                policy,
                assertions,
                schemas,
                log,
                (from, to) -> asked(searched, rules, from, to),
                gate,
                clock,
                node.logTimeout(),
                new PaymentSettings(
                        payment.open(), payment.threads(), payment.retryFirst(), payment.retryMost(), payment.poll())));
        payments.onEnd(webhooks::ended);
        return payments;
    }

    private static List<String> asked(GroupCommitMessageLog log, PaymentRules rules, Instant from, Instant to) {
        LogQuery query = LogQuery.all()
                .withDirection(Direction.RECEIVED.name())
                .withKind("REPLY")
                .withService(rules.gateway().receipt().toString())
                .between(from, to);
        Set<String> numbers = new LinkedHashSet<>();
        long before = Long.MAX_VALUE;
        List<FoundLeaf> found = log.search(query, null, before, FOUND);
        while (!found.isEmpty()) {
            for (FoundLeaf leaf : found) {
                before = leaf.index();
                Optional.ofNullable(leaf.leaf().correlationId()).ifPresent(numbers::add);
            }
            found = log.search(query, null, before, FOUND);
        }
        return new ArrayList<>(numbers);
    }

    @Bean
    PaymentLifecycle paymentLifecycle(ObjectProvider<PaymentNode> payments) {
        return new PaymentLifecycle(Optional.ofNullable(payments.getIfAvailable()));
    }

    @Bean
    @Nullable
    PaymentsController paymentsController(
            ObjectProvider<PaymentNode> payments,
            CompositeServices composites,
            ObjectProvider<AssertionClient> assertions) {
        PaymentNode node = payments.getIfAvailable();
        return node == null
                ? null
                : new PaymentsController(node, composites, Optional.ofNullable(assertions.getIfAvailable()));
    }

    @Bean
    @Nullable
    NotificationsController notificationsController(
            ObjectProvider<PaymentNode> payments,
            ObjectProvider<EventPublisher> publisher,
            MemberKeys keys,
            TrustFiles files,
            Clock clock)
            throws IOException {
        PaymentNode node = payments.getIfAvailable();
        if (node == null) {
            return null;
        }
        String secret = files.secrets().obtain(node.rules().gateway().notifications());
        return new NotificationsController(secret, clock, new PaymentNotices(node, publisher.getObject(), keys));
    }

    /** The composer hears of payments wherever the gateway's node runs. */
    @Bean
    @Nullable
    EventListener paidEvents(ObjectProvider<PaymentNode> payments) {
        PaymentNode node = payments.getIfAvailable();
        ServiceId type = node == null ? null : node.rules().gateway().paid();
        return node == null || type == null ? null : new PaidEvents(node, type);
    }

    /** The samples' gateway tells this node, as soon as it listens. */
    @Bean
    ApplicationListener<ServletWebServerInitializedEvent> toldBySamples(ObjectProvider<SampleAgencies> samples) {
        return started -> {
            if (started.getApplicationContext().getServerNamespace() == null) {
                URI node =
                        URI.create("http://127.0.0.1:" + started.getWebServer().getPort());
                samples.ifAvailable(agencies -> agencies.notify(node));
            }
        };
    }
}
