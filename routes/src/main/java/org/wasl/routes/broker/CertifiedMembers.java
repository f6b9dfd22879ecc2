package org.wasl.routes.broker;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.wasl.schemas.identifier.MemberId;

/** Finds the member for which a client certificate speaks. */
@FunctionalInterface
public interface CertifiedMembers {

    /**
     * The member whose TLS certificate this is: registered, trusted, in time and not revoked; else empty.
     *
     * @param certificate as the TLS handshake proved it
     * @param now when it is used
     */
    Optional<MemberId> member(X509Certificate certificate, Instant now);
}
