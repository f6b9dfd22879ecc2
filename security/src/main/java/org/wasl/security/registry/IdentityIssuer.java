package org.wasl.security.registry;

import java.net.URI;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;

/**
 * Whose assertions about people are believed.
 *
 * @param uri the issuer, as its assertions name it
 * @param keys its keys, past, present and to come
 */
public record IdentityIssuer(URI uri, List<Key> keys) {

    /**
     * A key of an issuer.
     *
     * @param id its identifier, as assertions name it
     * @param key the key
     * @param validFrom from when the registry accepts it
     * @param validTo until when (exclusive) the registry accepts it
     */
    public record Key(String id, PublicKey key, Instant validFrom, Instant validTo) {}

    public IdentityIssuer {
        keys = List.copyOf(keys);
    }
}
