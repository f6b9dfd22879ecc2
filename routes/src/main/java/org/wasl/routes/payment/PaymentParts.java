package org.wasl.routes.payment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.messagelog.MessageLog;
import org.wasl.routes.composite.CompositeServices;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.agreement.AccessPolicy;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.ContainerSigner;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.registry.CurrentRegistry;

/**
 * What payment is built on.
 *
 * @param rules how what is owed is paid
 * @param composites the composite services whose answers say what is owed
 * @param exchanges the way to the gateway and to the agencies
 * @param registry the registry in force
 * @param keys the members this node speaks for
 * @param signer signs containers
 * @param verifier opens what is in the log
 * @param policy the agreements
 * @param assertions checks what identity issuers assert of people
 * @param schemas the shared schemas
 * @param log the message log
 * @param asked finds the orders that the gateway was asked about in a span of time
 * @param gate whether what is disclosed can still be proven by others
 * @param clock the wall clock of headers and entries
 * @param logTimeout how long an entry may take to be durable
 * @param settings the bounds
 */
public record PaymentParts(
        PaymentRules rules,
        CompositeServices composites,
        ExchangeClient exchanges,
        CurrentRegistry registry,
        MemberKeys keys,
        ContainerSigner signer,
        AsicContainerVerifier verifier,
        AccessPolicy policy,
        AssertionVerifier assertions,
        SchemaCatalogue schemas,
        MessageLog log,
        AskedOrders asked,
        EvidenceGate gate,
        Clock clock,
        Duration logTimeout,
        PaymentSettings settings) {

    /** Finds orders in the log by when the gateway answered what it had taken. */
    @FunctionalInterface
    public interface AskedOrders {

        /** The numbers of the orders, each once. */
        List<String> between(Instant from, Instant to);
    }
}
