package org.wasl.routes.composite;

import java.time.Clock;
import java.time.Duration;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.site.Site;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.routes.held.HeldAnswers;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.agreement.AccessPolicy;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.container.ContainerSigner;
import org.wasl.security.container.ContainerVerifier;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.registry.CurrentRegistry;

/**
 * What composition is built on.
 *
 * @param declarations the composite services of this node
 * @param exchanges the way to the sources
 * @param registry the registry in force
 * @param keys the members this node speaks for
 * @param signer signs containers
 * @param verifier opens what is in the log
 * @param policy the agreements
 * @param assertions checks what identity issuers assert of people
 * @param schemas the shared schemas
 * @param log the message log
 * @param gate whether what is disclosed can still be proven by others
 * @param clock the wall clock of headers and entries
 * @param inFlightMax how many requests run at a time; more are refused
 * @param threads how many threads work on them between waits
 * @param logTimeout how long an entry may take to be durable
 * @param held earlier answers, for when a source is down
 * @param site what this node shares with the other nodes of its members
 */
public record CompositeParts(
        CompositeDeclarations declarations,
        ExchangeClient exchanges,
        CurrentRegistry registry,
        MemberKeys keys,
        ContainerSigner signer,
        ContainerVerifier verifier,
        AccessPolicy policy,
        AssertionVerifier assertions,
        SchemaCatalogue schemas,
        MessageLog log,
        EvidenceGate gate,
        Clock clock,
        int inFlightMax,
        int threads,
        Duration logTimeout,
        HeldAnswers held,
        Site site) {

    private static final int MAX_IN_FLIGHT = 100_000;
    private static final int MAX_THREADS = 256;

    /** For the one node of its members. */
    public CompositeParts(
            CompositeDeclarations declarations,
            ExchangeClient exchanges,
            CurrentRegistry registry,
            MemberKeys keys,
            ContainerSigner signer,
            ContainerVerifier verifier,
            AccessPolicy policy,
            AssertionVerifier assertions,
            SchemaCatalogue schemas,
            MessageLog log,
            EvidenceGate gate,
            Clock clock,
            int inFlightMax,
            int threads,
            Duration logTimeout,
            HeldAnswers held) {
        this(
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
                inFlightMax,
                threads,
                logTimeout,
                held,
                Site.SINGLE);
    }

    /** Where no answers are held. */
    public CompositeParts(
            CompositeDeclarations declarations,
            ExchangeClient exchanges,
            CurrentRegistry registry,
            MemberKeys keys,
            ContainerSigner signer,
            ContainerVerifier verifier,
            AccessPolicy policy,
            AssertionVerifier assertions,
            SchemaCatalogue schemas,
            MessageLog log,
            EvidenceGate gate,
            Clock clock,
            int inFlightMax,
            int threads,
            Duration logTimeout) {
        this(
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
                inFlightMax,
                threads,
                logTimeout,
                HeldAnswers.none());
    }

    public CompositeParts {
        if (inFlightMax < 1 || inFlightMax > MAX_IN_FLIGHT) {
            throw new IllegalArgumentException("inFlightMax must be from 1 to " + MAX_IN_FLIGHT);
        }
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException("threads must be from 1 to " + MAX_THREADS);
        }
    }
}
