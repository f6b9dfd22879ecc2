package org.wasl.node.identity;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Registry;

/** Finds the member to which the registry binds a TLS certificate; nothing in the certificate itself is believed. */
public final class MemberCertificates {

    private final CurrentRegistry registry;
    private final CertificatePath path;

    public MemberCertificates(CurrentRegistry registry, CertificatePath path) {
        this.registry = registry;
        this.path = path;
    }

    /** The member whose TLS certificate this is, now: registered, trusted, in time, not revoked; else empty. */
    public Optional<MemberId> member(X509Certificate certificate, Instant now) {
        Registry current = registry.get();
        return current.owner(certificate)
                .filter(member -> path.refusal(current, member, CertificateUse.TLS, certificate, now)
                        .isEmpty());
    }
}
