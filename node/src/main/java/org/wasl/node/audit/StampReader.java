package org.wasl.node.audit;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.wasl.security.certificate.PathFinder;
import org.wasl.security.certificate.PathRules;
import org.wasl.security.certificate.PathVerdict;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.TrustAnchor;
import org.wasl.security.timestamp.TimeStampVerdict;
import org.wasl.security.timestamp.TimeStampVerifier;

/** Reads a time-stamp token with the path that leads to its signer, as a bundle hands both out. Safe for many threads. */
final class StampReader {

    private final TimeStampVerifier verifier;

    /** @param path decides on certificates of whose status the token says nothing */
    StampReader(CertificatePath path) {
        this.verifier = new TimeStampVerifier(path);
    }

    /**
     * A time-stamp that holds.
     *
     * @param at the time that it states
     * @param chain its signer's certificate and the authorities above, without the anchor
     * @param anchor the registry's time-stamping authority at the end
     */
    record Stamp(Instant at, List<X509Certificate> chain, X509Certificate anchor) {

        Stamp {
            chain = List.copyOf(chain);
        }
    }

    /** The stamp over these octets; empty when the token is none, or nobody of the registry's stands behind it. */
    Optional<Stamp> read(byte[] token, byte[] octets, Registry registry) {
        if (!(verifier.verify(token, octets, registry) instanceof TimeStampVerdict.Proven proven)) {
            return Optional.empty();
        }
        return PathFinder.find(
                                proven.certificate(),
                                of(registry.trusted().intermediates()),
                                of(registry.anchors()),
                                PathRules.withoutRevocation(proven.at()))
                        instanceof PathVerdict.Found found
                ? Optional.of(new Stamp(proven.at(), found.chain(), found.anchor()))
                : Optional.empty();
    }

    private static List<X509Certificate> of(List<TrustAnchor> authorities) {
        return authorities.stream()
                .filter(authority -> authority.use() == CertificateUse.TIMESTAMP)
                .map(TrustAnchor::certificate)
                .toList();
    }
}
