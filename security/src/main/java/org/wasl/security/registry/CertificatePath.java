package org.wasl.security.registry;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.certificate.AcceptedSignatures;
import org.wasl.security.certificate.ChainStatus;
import org.wasl.security.certificate.PathFinder;
import org.wasl.security.certificate.PathRules;
import org.wasl.security.certificate.PathVerdict;
import org.wasl.security.certificate.RevocationLists;
import org.wasl.security.certificate.RevocationSource;
import org.wasl.security.certificate.StatusVerdict;
import org.wasl.security.crypto.SignatureMethod;

/**
 * Whether a certificate may be relied on: the registry binds it to the member for this use, a path leads to it from an
 * authority that the registry trusts for this use (PKIX), over intermediate authorities that the registry knows for it,
 * its key may do what it is used for, all of the path is in time, and nothing on it is revoked. An authority that
 * declares how it gives status must give it, otherwise its certificates are refused.
 *
 * <p>What does not change with time (signatures, names, constraints) is computed once per certificate and registry.
 * Safe for many threads.
 */
public final class CertificatePath {

    static final int DIGITAL_SIGNATURE = 0;
    static final int KEY_AGREEMENT = 4;
    static final int CERTIFICATE_SIGN = 5;
    static final int CRL_SIGN = 6;

    private static final int MAX_REMEMBERED = 20_000;
    private static final int MAX_PATHS = 4;
    private static final String ANY_PURPOSE = "2.5.29.37.0";
    private static final String DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36";
    private static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    private static final Set<String> TLS_PURPOSES = Set.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");

    private final RevocationSource source;
    private final ChainStatus status = new ChainStatus();

    private volatile Known known = new Known(Authorities.NONE);

    private record Subject(X509Certificate certificate, CertificateUse use) {}

    /** What was found out under one set of authorities. */
    private record Known(Authorities authorities, Map<Subject, List<PathVerdict.Found>> paths) {
        Known(Authorities authorities) {
            this(authorities, new ConcurrentHashMap<>());
        }
    }

    /** Whose certificate it is for, and when: what a check asks beside the certificate itself. */
    private record Claim(String holder, CertificateUse use, Instant at) {

        Reliance refused(FaultCode code, String detail) {
            return new Reliance.Refused(new Fault(code, Stage.VERIFY, holder, detail));
        }
    }

    /** @param lists where revocation lists come from; no responder is asked */
    public CertificatePath(RevocationLists lists) {
        this(RevocationSource.listed(lists));
    }

    /** @param source where the status of certificates comes from */
    public CertificatePath(RevocationSource source) {
        this.source = source;
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
        return reliance(registry, member, use, certificate, at) instanceof Reliance.Refused refused
                ? Optional.of(refused.fault())
                : Optional.empty();
    }

    /** Whether this certificate speaks for this member now, and what shows it. */
    public Reliance reliance(
            Registry registry, MemberId member, CertificateUse use, X509Certificate certificate, Instant at) {
        return reliance(registry, member, use, certificate, at, source);
    }

    /**
     * Whether this certificate speaks for this member, by another source of status: for judging as of then.
     *
     * @param asOfThen where status comes from instead
     */
    public Reliance reliance(
            Registry registry,
            MemberId member,
            CertificateUse use,
            X509Certificate certificate,
            Instant at,
            RevocationSource asOfThen) {
        Claim claim = new Claim(member.toString(), use, at);
        if (use == CertificateUse.MESSAGE) {
            Optional<ShortTermCertificates.Issuer> issuer = ShortTermCertificates.issuer(registry, certificate);
            if (issuer.isPresent()) {
                return issued(registry, member, new Issued(certificate, issuer.get()), claim, asOfThen);
            }
        }
        Optional<Reliance> unbound = binding(registry, certificate, member, claim);
        return unbound.isPresent() ? unbound.get() : reliance(registry, certificate, claim, asOfThen);
    }

    /** Whether this certificate is one of an authority for time-stamps now, and what shows it. It is no member's. */
    public Reliance timeStamps(Registry registry, X509Certificate certificate, Instant at) {
        return timeStamps(registry, certificate, at, source);
    }

    /**
     * Whether this certificate was one of an authority for time-stamps, by another source of status.
     *
     * @param asOfThen where status comes from instead
     */
    public Reliance timeStamps(Registry registry, X509Certificate certificate, Instant at, RevocationSource asOfThen) {
        String holder = certificate.getSubjectX500Principal().getName();
        return reliance(registry, certificate, new Claim(holder, CertificateUse.TIMESTAMP, at), asOfThen);
    }

    private Reliance reliance(Registry registry, X509Certificate certificate, Claim claim, RevocationSource asOfThen) {
        CertificateUse use = claim.use();
        Instant at = claim.at();
        if (!allows(certificate, use)) {
            return claim.refused(FaultCode.CERTIFICATE_USAGE, "the certificate's key usage does not allow " + use);
        }
        if (!inTime(certificate, at)) {
            return claim.refused(FaultCode.CERTIFICATE_EXPIRED, outsideOf(certificate));
        }
        return trusted(registry, certificate, claim, asOfThen);
    }

    /** A message certificate that the registry does not list, and the registered key in whose name it was issued. */
    private record Issued(X509Certificate certificate, ShortTermCertificates.Issuer issuer) {}

    /**
     * Whether a member's own short-term certificate may be relied on: its issuer may be, as of the same instant, and is of
     * the same member; it is as it must be; and a path leads to it over that very issuer. Its own status nobody gives.
     */
    private Reliance issued(Registry registry, MemberId member, Issued issued, Claim claim, RevocationSource asOfThen) {
        MemberId owner = issued.issuer().member();
        if (!owner.equals(member)) {
            return claim.refused(FaultCode.CERTIFICATE_OTHER_MEMBER, "it was issued by the key of " + owner);
        }
        X509Certificate above = issued.issuer().certificate().certificate();
        Reliance issuer = reliance(registry, member, CertificateUse.MESSAGE_ISSUER, above, claim.at(), asOfThen);
        if (issuer instanceof Reliance.Refused refused) {
            String detail = "its issuer: " + refused.fault().detail();
            return claim.refused(refused.fault().code(), detail);
        }
        X509Certificate certificate = issued.certificate();
        Optional<SoundCertificates.Sound> known = registry.sound().find(certificate);
        if (known.isEmpty()) {
            Optional<String> broken = ShortTermCertificates.broken(certificate, issued.issuer());
            if (broken.isPresent()) {
                return claim.refused(FaultCode.CERTIFICATE_USAGE, broken.get());
            }
        }
        if (!inTime(certificate, claim.at())) {
            return claim.refused(FaultCode.CERTIFICATE_EXPIRED, outsideOf(certificate));
        }
        if (known.isPresent() && inTime(known.get().path(), claim.at())) {
            return issuer;
        }
        PathVerdict path =
                ShortTermCertificates.path(known(registry).authorities(), certificate, issued.issuer(), claim.at());
        Optional<String> none = path instanceof PathVerdict.Found found
                ? weakness(found)
                : Optional.of(((PathVerdict.None) path).reason());
        if (none.isPresent()) {
            return claim.refused(FaultCode.CERTIFICATE_UNTRUSTED, "its issuer's key did not issue it: " + none.get());
        }
        registry.sound().keep(new SoundCertificates.Sound(certificate, issued.issuer(), (PathVerdict.Found) path));
        return issuer;
    }

    private static String outsideOf(X509Certificate certificate) {
        return "it is valid from " + certificate.getNotBefore().toInstant() + " to "
                + certificate.getNotAfter().toInstant();
    }

    private static Optional<Reliance> binding(
            Registry registry, X509Certificate certificate, MemberId member, Claim claim) {
        Optional<RegisteredCertificate> registered = registry.certificate(member, claim.use(), certificate);
        if (registered.isEmpty()) {
            Optional<MemberId> owner = registry.owner(certificate);
            if (owner.isPresent() && !owner.get().equals(member)) {
                return Optional.of(
                        claim.refused(FaultCode.CERTIFICATE_OTHER_MEMBER, "it is registered for " + owner.get()));
            }
            return Optional.of(
                    owner.isPresent()
                            ? claim.refused(FaultCode.CERTIFICATE_USAGE, "it is not registered for use " + claim.use())
                            : claim.refused(FaultCode.CERTIFICATE_UNKNOWN, "it is not in the registry"));
        }
        RegisteredCertificate entry = registered.get();
        Instant at = claim.at();
        if (entry.compromisedFrom() != null && !at.isBefore(entry.compromisedFrom())) {
            String detail = "the registry holds it for compromised since " + entry.compromisedFrom();
            return Optional.of(claim.refused(FaultCode.CERTIFICATE_REVOKED, detail));
        }
        if (at.isBefore(entry.validFrom()) || !at.isBefore(entry.validTo())) {
            String detail = "the registry accepts it from " + entry.validFrom() + " to " + entry.validTo();
            return Optional.of(claim.refused(FaultCode.CERTIFICATE_EXPIRED, detail));
        }
        return Optional.empty();
    }

    private static boolean allows(X509Certificate certificate, CertificateUse use) {
        if (use == CertificateUse.MESSAGE_ISSUER) {
            return ShortTermCertificates.mayIssue(certificate);
        }
        boolean[] usage = certificate.getKeyUsage();
        int needed = use == CertificateUse.ENCRYPTION ? KEY_AGREEMENT : DIGITAL_SIGNATURE;
        if (usage == null || !usage[needed] || certificate.getBasicConstraints() >= 0) {
            return false;
        }
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return switch (use) {
                case TLS -> purposes != null && purposes.stream().anyMatch(TLS_PURPOSES::contains);
                // RFC 3161, 2.3: that purpose, and no other.
                case TIMESTAMP -> purposes != null && purposes.equals(List.of(TIME_STAMPING));
                case ENCRYPTION -> purposes == null || purposes.contains(ANY_PURPOSE);
                case MESSAGE, CHECKPOINT ->
                    purposes == null || purposes.contains(ANY_PURPOSE) || purposes.contains(DOCUMENT_SIGNING);
                // No certificate stands behind a witness's key; issuers are judged above.
                case WITNESS, MESSAGE_ISSUER -> false;
            };
        } catch (CertificateException e) {
            // An extension that cannot be read allows nothing.
            return false;
        }
    }

    private Reliance trusted(Registry registry, X509Certificate certificate, Claim claim, RevocationSource asOfThen) {
        Known now = known(registry);
        Authorities.Pool pool = now.authorities().pool(claim.use());
        Subject subject = new Subject(certificate, claim.use());
        List<PathVerdict.Found> paths = now.paths().getOrDefault(subject, List.of());
        Optional<PathVerdict.Found> path =
                paths.stream().filter(found -> inTime(found, claim.at())).findFirst();
        if (path.isEmpty()) {
            PathVerdict verdict = PathFinder.find(
                    certificate, pool.intermediates(), pool.anchors(), PathRules.withoutRevocation(claim.at()));
            if (!(verdict instanceof PathVerdict.Found found)) {
                return untrusted(certificate, pool, claim, ((PathVerdict.None) verdict).reason());
            }
            Optional<String> weak = weakness(found);
            if (weak.isPresent()) {
                return claim.refused(FaultCode.CERTIFICATE_UNTRUSTED, weak.get());
            }
            if (paths.size() < MAX_PATHS) {
                // Only what a path leads to is remembered: not all of these are registered.
                now.paths()
                        .computeIfAbsent(subject, s -> new CopyOnWriteArrayList<>())
                        .add(found);
            }
            path = Optional.of(found);
        }
        StatusVerdict verdict = status.check(path.get(), pool::declared, asOfThen, claim.at());
        if (verdict instanceof StatusVerdict.Revoked revoked) {
            return claim.refused(FaultCode.CERTIFICATE_REVOKED, revoked.detail());
        }
        if (verdict instanceof StatusVerdict.Unknown unknown) {
            return claim.refused(FaultCode.CERTIFICATE_STATUS_UNKNOWN, unknown.detail());
        }
        return new Reliance.Relied(((StatusVerdict.Good) verdict).evidence());
    }

    /** No path now; when there is one at the certificate's own beginning, it is an authority's time that is up. */
    private static Reliance untrusted(X509Certificate certificate, Authorities.Pool pool, Claim claim, String reason) {
        PathRules then = PathRules.withoutRevocation(certificate.getNotBefore().toInstant());
        boolean once =
                PathFinder.find(certificate, pool.intermediates(), pool.anchors(), then) instanceof PathVerdict.Found;
        return once
                ? claim.refused(FaultCode.CERTIFICATE_EXPIRED, "its authority's certificate is outside its validity")
                : claim.refused(
                        FaultCode.CERTIFICATE_UNTRUSTED,
                        "no " + claim.use() + " authority of the registry stands behind it: " + reason);
    }

    /**
     * PKIX asks nothing of the strength of keys and signatures; we do. The certificate's own key is judged by whoever
     * uses it, together with the algorithm that it is used with.
     */
    private static Optional<String> weakness(PathVerdict.Found path) {
        for (int place = 0; place < path.chain().size(); place++) {
            X509Certificate link = path.chain().get(place);
            if (!AcceptedSignatures.contains(link.getSigAlgOID())) {
                return Optional.of("its path has a signature by an algorithm that is not accepted");
            }
            if (place > 0 && SignatureMethod.forKey(link.getPublicKey()).isEmpty()) {
                return Optional.of("its path has an authority's key of a kind or length that is not accepted");
            }
        }
        return Optional.empty();
    }

    /** Of how many certificates a path is remembered. */
    int remembered() {
        return known.paths().size();
    }

    private Known known(Registry registry) {
        Known now = known;
        Authorities authorities = now.authorities().isOf(registry) ? now.authorities() : Authorities.of(registry);
        if (!authorities.equals(now.authorities()) || now.paths().size() > MAX_REMEMBERED) {
            now = new Known(authorities);
            known = now;
        }
        return now;
    }

    private static boolean inTime(PathVerdict.Found path, Instant at) {
        return inTime(path.anchor(), at) && path.chain().stream().allMatch(link -> inTime(link, at));
    }

    private static boolean inTime(X509Certificate certificate, Instant at) {
        return !at.isBefore(certificate.getNotBefore().toInstant())
                && !at.isAfter(certificate.getNotAfter().toInstant());
    }
}
