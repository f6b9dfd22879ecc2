package org.wasl.security.attack;

import java.time.Instant;
import org.wasl.security.registry.Registry;

/**
 * What an attack hands to a verifier.
 *
 * @param octets the container, or what pretends to be one
 * @param registry the registry in force
 * @param at the instant of verification
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Attempt(byte[] octets, Registry registry, Instant at) {}
