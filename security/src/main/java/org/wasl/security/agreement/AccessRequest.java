package org.wasl.security.agreement;

import java.time.Instant;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;

/**
 * The question put to the agreements.
 *
 * @param consumer who asks
 * @param service what is asked
 * @param purpose for which purpose
 * @param legalBasis on which legal basis
 * @param actor who acts
 * @param at when
 */
public record AccessRequest(
        SubsystemId consumer, ServiceId service, String purpose, String legalBasis, Actor actor, Instant at) {}
