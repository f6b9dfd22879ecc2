package org.wasl.routes.exchange;

import java.time.Clock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.wasl.connectors.Connectors;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.site.Site;
import org.wasl.routes.broker.BrokerConnections;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.agreement.AccessPolicy;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.container.ContainerSigner;
import org.wasl.security.container.ContainerVerifier;
import org.wasl.security.container.PayloadSealer;
import org.wasl.security.container.Spool;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.registry.CurrentRegistry;

/**
 * What the exchange is built on.
 *
 * @param registry the registry in force
 * @param keys the members this node speaks for
 * @param sealer encrypts payloads of confidential services
 * @param signer signs containers
 * @param verifier opens and verifies them
 * @param policy the agreements
 * @param assertions checks what identity issuers assert of people
 * @param schemas the shared schemas
 * @param log the message log
 * @param gate whether what is disclosed can still be proven by others
 * @param connectors the ways to the back-ends; their services are served here
 * @param broker the ways to the broker
 * @param composite services whose requests are not exchanged through the broker, and are taken up by somebody else
 *     after a restart
 * @param clock the wall clock of headers and entries
 * @param settings the bounds
 * @param spool where containers with documents are while they are signed or verified; null when this node neither sends nor takes documents
 * @param site what this node shares with the other nodes of its members
 */
public record ExchangeParts(
        CurrentRegistry registry,
        MemberKeys keys,
        PayloadSealer sealer,
        ContainerSigner signer,
        ContainerVerifier verifier,
        AccessPolicy policy,
        AssertionVerifier assertions,
        SchemaCatalogue schemas,
        MessageLog log,
        EvidenceGate gate,
        Connectors connectors,
        BrokerConnections broker,
        Predicate<ServiceId> composite,
        Clock clock,
        ExchangeSettings settings,
        @Nullable Spool spool,
        Site site) {

    /** The same for the one node of its members. */
    public ExchangeParts(
            CurrentRegistry registry,
            MemberKeys keys,
            PayloadSealer sealer,
            ContainerSigner signer,
            ContainerVerifier verifier,
            AccessPolicy policy,
            AssertionVerifier assertions,
            SchemaCatalogue schemas,
            MessageLog log,
            EvidenceGate gate,
            Connectors connectors,
            BrokerConnections broker,
            Predicate<ServiceId> composite,
            Clock clock,
            ExchangeSettings settings,
            @Nullable Spool spool) {
        this(
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
                connectors,
                broker,
                composite,
                clock,
                settings,
                spool,
                Site.SINGLE);
    }
}
