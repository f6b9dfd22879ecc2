package org.wasl.security.certificate;

import java.security.cert.X509Certificate;
import java.util.List;

/** What looking for a path of trust found. */
public sealed interface PathVerdict {

    /**
     * A path that holds.
     *
     * @param chain the certificate itself first, then those of the authorities above it, without the anchor
     * @param anchor the authority that is trusted
     */
    record Found(List<X509Certificate> chain, X509Certificate anchor) implements PathVerdict {

        public Found {
            chain = List.copyOf(chain);
        }

        /** The authority that issued the certificate at this place of the chain. */
        public X509Certificate issuer(int place) {
            return place + 1 < chain.size() ? chain.get(place + 1) : anchor;
        }
    }

    /**
     * No path holds.
     *
     * @param reason why the last one that was tried does not; for people
     */
    record None(String reason) implements PathVerdict {}
}
