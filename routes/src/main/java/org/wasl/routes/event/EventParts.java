package org.wasl.routes.event;

import java.time.Clock;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.messagelog.MessageLog;
import org.wasl.routes.exchange.ExchangeNode;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.agreement.AccessPolicy;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.ContainerSigner;
import org.wasl.security.container.PayloadSealer;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.registry.CurrentRegistry;

/**
 * What events are built on.
 *
 * @param registry the registry in force
 * @param keys the members this node speaks for
 * @param sealer encrypts what is confidential
 * @param signer signs containers
 * @param verifier opens and verifies them
 * @param policy the agreements
 * @param schemas the shared schemas
 * @param log the message log
 * @param gate whether what is disclosed can still be proven by others
 * @param exchange the node's exchange, whose way to the broker is used, and by which is asked what was missed
 * @param missed what answers others' questions what they have missed
 * @param clock the wall clock of headers and entries
 * @param settings the bounds
 */
public record EventParts(
        CurrentRegistry registry,
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
        Clock clock,
        EventSettings settings) {}
