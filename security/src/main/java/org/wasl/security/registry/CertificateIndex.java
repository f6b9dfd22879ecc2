package org.wasl.security.registry;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The certificates of one registry, found by their octets: what comes from outside is neither read for it nor kept. Filled
 * by one thread, then asked by many.
 */
final class CertificateIndex {

    /** By the hash of their octets, and not by copies of them: a large registry has tens of thousands. */
    private final Map<Integer, List<X509Certificate>> byHash = new HashMap<>();

    void add(X509Certificate certificate) {
        byHash.merge(
                Arrays.hashCode(octets(certificate)),
                List.of(certificate),
                (known, added) -> known.contains(certificate)
                        ? known
                        : Stream.concat(known.stream(), added.stream()).toList());
    }

    /** The one that has exactly these octets. */
    Optional<X509Certificate> find(byte[] octets) {
        for (X509Certificate candidate : byHash.getOrDefault(Arrays.hashCode(octets), List.of())) {
            if (Arrays.equals(octets(candidate), octets)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** A certificate's octets (DER). */
    static byte[] octets(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read has no encoding", e);
        }
    }
}
