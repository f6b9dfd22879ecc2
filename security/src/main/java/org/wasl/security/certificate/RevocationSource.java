package org.wasl.security.certificate;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the status of certificates comes from. Safe for many threads. */
public interface RevocationSource {

    /**
     * What the issuer's responder says of this certificate.
     *
     * @param certificate the certificate
     * @param issuer its issuer's certificate
     * @param responder the responder's address, as the registry has it; null when it has none
     * @param at when the certificate is relied on
     * @return the answer; empty when responders are not asked here, so that revocation lists decide instead
     */
    Optional<OcspAnswer> ask(X509Certificate certificate, X509Certificate issuer, @Nullable URI responder, Instant at);

    /** The revocation lists at hand. */
    RevocationLists lists();

    /** A source that has these lists and asks no responder: for looking at things where there is no network. */
    static RevocationSource listed(RevocationLists lists) {
        return new ListedRevocation(lists);
    }
}
