package org.wasl.security.container;

import org.wasl.security.keys.SigningKey;

/** Writes and signs containers. */
public interface ContainerSigner {

    /**
     * Writes one container.
     *
     * @param header the header; its sender's member must be the key's member
     * @param payload the payload's octets, as they will be digested
     * @param key the sender's message key
     * @throws IllegalArgumentException when the key is another member's
     */
    Container sign(Header header, byte[] payload, SigningKey key);
}
