package org.wasl.node.identity;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
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

    /**
     * Why this TLS certificate speaks for no member now: that it is registered for none, or why the one for which it is
     * registered may not be relied on, which may pass, such as a status that nobody could tell; empty when it does speak
     * for one.
     */
    public Optional<FaultCode> refusal(X509Certificate certificate, Instant now) {
        Registry current = registry.get();
        Optional<MemberId> owner = current.owner(certificate);
        return owner.isEmpty()
                ? Optional.of(FaultCode.CERTIFICATE_UNKNOWN)
                : path.refusal(current, owner.get(), CertificateUse.TLS, certificate, now)
                        .map(Fault::code);
    }
}
