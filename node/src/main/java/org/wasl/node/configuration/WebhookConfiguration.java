package org.wasl.node.configuration;

import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.messagelog.MessageLog;
import org.wasl.node.edge.operation.WebhooksController;
import org.wasl.node.webhook.Webhook;
import org.wasl.node.webhook.WebhookSettings;
import org.wasl.node.webhook.Webhooks;
import org.wasl.routes.composite.CompositeServices;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.ContainerSigner;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.registry.CurrentRegistry;

/** Late answers handed to the systems of those who asked. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    private static final Duration DELIVERY_LIFE = Duration.ofSeconds(60);

    @Bean
    Webhooks webhooks(
            WebhookProperties webhooks,
            NodeProperties node,
            MessageLog log,
            CurrentRegistry registry,
            MemberKeys keys,
            ContainerSigner signer,
            AsicContainerVerifier verifier,
            ExchangeClient exchanges,
            CompositeServices composites,
            Clock clock) {
        Ledger ledger = new Ledger(log, clock, node.logTimeout());
        Webhooks delivering = new Webhooks(
                webhooks.endpoints().stream()
                        .map(endpoint -> new Webhook(
                                endpoint.name(), SubsystemId.parse(endpoint.consumer()), endpoint.address()))
                        .toList(),
                new WebhookSettings(
                        webhooks.attempts(),
                        webhooks.first(),
                        webhooks.most(),
                        webhooks.timeout(),
                        webhooks.threads(),
                        webhooks.waiting()),
                log,
                ledger,
                new AnswerSigner(registry, keys, signer, ledger, DELIVERY_LIFE),
                keys,
                verifier);
        exchanges.onLateAnswer((request, result) ->
                delivering.ended(request.header().consumer(), request.header().messageId()));
        composites.onLateAnswer(delivering::ended);
        return delivering;
    }

    @Bean
    WebhooksController webhooksController(Webhooks webhooks) {
        return new WebhooksController(webhooks);
    }
}
