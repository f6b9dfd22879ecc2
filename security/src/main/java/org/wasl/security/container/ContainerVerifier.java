package org.wasl.security.container;

import java.time.Instant;
import java.util.Optional;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.keys.SigningKey;
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

    /**
     * Opens a container without asking who signed it: for one that was verified before, and for showing one to people.
     * Expected refusals are values, never exceptions.
     */
    OpenResult open(byte[] octets);

    /**
     * Why no verifier like this one would believe what the key signs; empty when it would. Asked before something is
     * sent whose answer could not be believed either.
     *
     * @param at when it is to be signed
     */
    Optional<Fault> refusal(SigningKey key, Registry registry, Instant at);

    /** The same judgement of containers whose payload is a document that is not in memory. */
    DocumentVerifier documents();
}
