package org.wasl.security.container;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.certificate.RevocationSource;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Reliance;
import org.wasl.security.registry.ShortTermCertificates;

/**
 * Finds the certificate that a message carries in the registry, and asks whether it may be relied on. What a message
 * carries is compared with what the registry holds, and that is used. Only where the registry lets members issue
 * short-term certificates themselves, one that it does not hold is read, and believed by the path that leads to it.
 */
final class CertificateTrust {

    private final CertificatePath path;

    CertificateTrust(CertificatePath path) {
        this.path = path;
    }

    /**
     * A certificate that may be relied on.
     *
     * @param certificate the certificate
     * @param evidence what showed that it was not revoked
     */
    record Relied(X509Certificate certificate, List<RevocationEvidence> evidence) {}

    /**
     * The registered message certificate of these octets.
     *
     * @param octets the certificate as the message carries it
     * @param member whose it must be
     * @param at when it must be valid
     * @param asOfThen where its status comes from; empty: from where it comes now
     */
    Relied messageCertificate(
            byte[] octets, Registry registry, MemberId member, Instant at, Optional<RevocationSource> asOfThen)
            throws Refusal {
        X509Certificate certificate = registry.certificate(octets)
                .or(() -> ShortTermCertificates.find(registry, octets))
                .orElseThrow(() -> Refusal.verifying(
                        FaultCode.CERTIFICATE_UNKNOWN, "the certificate is not registered for the sender's member"));
        Reliance reliance = asOfThen.isPresent()
                ? path.reliance(registry, member, CertificateUse.MESSAGE, certificate, at, asOfThen.get())
                : path.reliance(registry, member, CertificateUse.MESSAGE, certificate, at);
        if (reliance instanceof Reliance.Refused refused) {
            throw Refusal.verifying(refused.fault().code(), refused.fault().detail());
        }
        return new Relied(certificate, ((Reliance.Relied) reliance).evidence());
    }

    /** Why what this member signs with this certificate would not be believed; empty when it would be. */
    Optional<Fault> refusal(Registry registry, MemberId member, X509Certificate certificate, Instant at) {
        return path.refusal(registry, member, CertificateUse.MESSAGE, certificate, at);
    }
}
