package org.wasl.security.registry;

import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.MemberId;

/**
 * Whether a certificate may be relied on: the registry binds it to the member for this use, it was issued by an
 * authority that the registry trusts for this use (PKIX), its key may sign, it is in time, and it is not revoked. An
 * authority that declares a revocation list must have a current one at hand, otherwise its certificates are refused.
 *
 * <p>What does not change with time (signature, names, constraints) is computed once per certificate and authority.
 * Safe for many threads.
 */
public final class CertificatePath {

    static final int DIGITAL_SIGNATURE = 0;
    static final int CERTIFICATE_SIGN = 5;
    static final int CRL_SIGN = 6;

    private static final int MAX_REMEMBERED = 20_000;
    private static final String NO_REVOCATION_AVAILABLE = "2.5.29.56";
    private static final String ANY_PURPOSE = "2.5.29.37.0";
    private static final String DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36";
    private static final Set<String> TLS_PURPOSES = Set.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");

    private final RevocationLists revocationLists;
    private final Map<Link, Boolean> links = new ConcurrentHashMap<>();

    private record Link(X509Certificate certificate, X509Certificate issuer) {}

    /** @param revocationLists where revocation lists come from */
    public CertificatePath(RevocationLists revocationLists) {
        this.revocationLists = revocationLists;
    }

    /**
     * Why this certificate does not speak for this member; empty when it does.
     *
     * @param registry the registry in force
     * @param member whose certificate it claims to be
     * @param use what it is used for
     * @param certificate the certificate
     * @param at when it is used
     */
    public Optional<Fault> refusal(
            Registry registry, MemberId member, CertificateUse use, X509Certificate certificate, Instant at) {
        return bindingRefusal(registry, member, use, certificate, at)
                .or(() -> refusal(registry.anchors(), use, certificate, at, member.toString()));
    }

    /**
     * Why no path of trust leads to this certificate for this use; empty when one does. Does not ask whose it is.
     *
     * @param anchors the authorities to start from
     * @param leg whom to name in the fault
     */
    public Optional<Fault> refusal(
            List<TrustAnchor> anchors, CertificateUse use, X509Certificate certificate, Instant at, String leg) {
        if (!maySign(certificate, use)) {
            return fault(FaultCode.CERTIFICATE_USAGE, leg, "the certificate's key usage does not allow " + use);
        }
        for (TrustAnchor anchor : anchors) {
            if (anchor.use() == use && linked(certificate, anchor.certificate())) {
                return timeRefusal(certificate, anchor.certificate(), at, leg)
                        .or(() -> revocationRefusal(certificate, anchor, at, leg));
            }
        }
        return fault(FaultCode.CERTIFICATE_UNTRUSTED, leg, "no " + use + " authority of the registry issued it");
    }

    private static Optional<Fault> bindingRefusal(
            Registry registry, MemberId member, CertificateUse use, X509Certificate certificate, Instant at) {
        Optional<RegisteredCertificate> registered = registry.certificate(member, use, certificate);
        if (registered.isEmpty()) {
            Optional<MemberId> owner = registry.owner(certificate);
            if (owner.isPresent() && !owner.get().equals(member)) {
                return fault(
                        FaultCode.CERTIFICATE_OTHER_MEMBER, member.toString(), "it is registered for " + owner.get());
            }
            return owner.isPresent()
                    ? fault(FaultCode.CERTIFICATE_USAGE, member.toString(), "it is not registered for use " + use)
                    : fault(FaultCode.CERTIFICATE_UNKNOWN, member.toString(), "it is not in the registry");
        }
        RegisteredCertificate entry = registered.get();
        if (entry.compromisedFrom() != null && !at.isBefore(entry.compromisedFrom())) {
            String detail = "the registry holds it for compromised since " + entry.compromisedFrom();
            return fault(FaultCode.CERTIFICATE_REVOKED, member.toString(), detail);
        }
        if (at.isBefore(entry.validFrom()) || !at.isBefore(entry.validTo())) {
            String detail = "the registry accepts it from " + entry.validFrom() + " to " + entry.validTo();
            return fault(FaultCode.CERTIFICATE_EXPIRED, member.toString(), detail);
        }
        return Optional.empty();
    }

    private static boolean maySign(X509Certificate certificate, CertificateUse use) {
        boolean[] usage = certificate.getKeyUsage();
        if (usage == null || !usage[DIGITAL_SIGNATURE] || certificate.getBasicConstraints() >= 0) {
            return false;
        }
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            if (use == CertificateUse.TLS) {
                return purposes != null && purposes.stream().anyMatch(TLS_PURPOSES::contains);
            }
            return purposes == null || purposes.contains(ANY_PURPOSE) || purposes.contains(DOCUMENT_SIGNING);
        } catch (CertificateException e) {
            // An extension that cannot be read allows nothing.
            return false;
        }
    }

    private boolean linked(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        if (links.size() > MAX_REMEMBERED) {
            links.clear();
        }
        return links.computeIfAbsent(new Link(certificate, issuer), CertificatePath::validate);
    }

    private static boolean validate(Link link) {
        try {
            CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(link.certificate()));
            PKIXParameters parameters =
                    new PKIXParameters(Set.of(new java.security.cert.TrustAnchor(link.issuer(), null)));
            // Time and revocation are asked at every use; here the path is judged as of the certificate's own start.
            parameters.setDate(link.certificate().getNotBefore());
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX").validate(path, parameters);
            return true;
        } catch (CertPathValidatorException | CertificateException e) {
            return false;
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("this JDK cannot validate certificate paths", e);
        }
    }

    private static Optional<Fault> timeRefusal(
            X509Certificate certificate, X509Certificate issuer, Instant at, String leg) {
        if (!inTime(certificate, at)) {
            String detail = "it is valid from " + certificate.getNotBefore().toInstant() + " to "
                    + certificate.getNotAfter().toInstant();
            return fault(FaultCode.CERTIFICATE_EXPIRED, leg, detail);
        }
        return inTime(issuer, at)
                ? Optional.empty()
                : fault(FaultCode.CERTIFICATE_EXPIRED, leg, "its authority's certificate is outside its validity");
    }

    private static boolean inTime(X509Certificate certificate, Instant at) {
        return !at.isBefore(certificate.getNotBefore().toInstant())
                && !at.isAfter(certificate.getNotAfter().toInstant());
    }

    private Optional<Fault> revocationRefusal(X509Certificate certificate, TrustAnchor anchor, Instant at, String leg) {
        if (anchor.crl() == null || certificate.getExtensionValue(NO_REVOCATION_AVAILABLE) != null) {
            return Optional.empty();
        }
        Optional<X509CRL> found = revocationLists.signedBy(anchor.certificate());
        if (found.isEmpty()) {
            return fault(FaultCode.CERTIFICATE_STATUS_UNKNOWN, leg, "its authority's revocation list is not at hand");
        }
        X509CRL list = found.get();
        // Without a next update nobody could tell an old list from a new one.
        if (list.getNextUpdate() == null || !at.isBefore(list.getNextUpdate().toInstant())) {
            String detail =
                    "its authority's revocation list of " + list.getThisUpdate().toInstant() + " is out of date";
            return fault(FaultCode.CERTIFICATE_STATUS_UNKNOWN, leg, detail);
        }
        X509CRLEntry entry = list.getRevokedCertificate(certificate.getSerialNumber());
        if (entry != null && !at.isBefore(entry.getRevocationDate().toInstant())) {
            return fault(
                    FaultCode.CERTIFICATE_REVOKED,
                    leg,
                    "it was revoked at " + entry.getRevocationDate().toInstant());
        }
        return Optional.empty();
    }

    private static Optional<Fault> fault(FaultCode code, String leg, String detail) {
        return Optional.of(new Fault(code, Stage.VERIFY, leg, detail));
    }
}
