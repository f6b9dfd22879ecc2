package org.wasl.security.container;

import java.time.Instant;
import org.wasl.security.registry.Registry;

/** Opens and verifies containers: strict zip, hardened parse, structure and algorithm allow-lists, then Santuario. */
public interface ContainerVerifier {

    /**
     * Verifies one container as an exchange does. Expected refusals are values, never exceptions. Validity in time of
     * the <em>message</em> (issued, expires) and replay are for the caller.
     *
     * @param octets the whole file
     * @param registry the registry in force: the only source of trust
     * @param at the instant at which certificates must be valid
     */
    ContainerVerdict verify(byte[] octets, Registry registry, Instant at);
}
