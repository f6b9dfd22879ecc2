package org.wasl.bench.exchange;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.CertificateOrder;
import org.wasl.security.authority.CertificateProfile;
import org.wasl.security.authority.Pki;
import org.wasl.security.keys.HeldKey;
import org.wasl.security.keys.KeyCustody;
import org.wasl.security.keys.KeyTerms;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.keys.ShortTermMemberKeys;
import org.wasl.security.keys.ShortTermTerms;
import org.wasl.security.keys.StoredMemberKeys;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.TrustAnchor;
import org.wasl.security.registry.Trusted;

/** Members' keys behind a limit, and their right to issue short-term certificates. */
public final class SlowKeys implements AutoCloseable {

    private static final Duration ISSUER_VALIDITY = Duration.ofDays(365);
    private static final Duration LIFE = Duration.ofHours(4);
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final SigningMode mode;
    private final KeyCustody custody;
    private final Map<MemberId, RegisteredCertificate> rights = new HashMap<>();
    private final Deque<Runnable> opened = new ArrayDeque<>();
    private final List<LimitedToken> tokens = new ArrayList<>();

    /**
     * @param mode what the keys sign
     * @param custody where members' keys are made
     */
    public SlowKeys(SigningMode mode, KeyCustody custody) {
        this.mode = mode;
        this.custody = custody;
    }

    /**
     * Lets members issue certificates for themselves, as an authority would: with an authority for it, its responder, and
     * an entry with the longest life.
     *
     * @param status where the responders are; null when nothing is to be asked
     */
    public Registry grant(Registry registry, Pki pki, @Nullable URI status, MemberId... members)
            throws IOException, GeneralSecurityException {
        String authority = pki.init(CertificateUse.MESSAGE_ISSUER, registry.instance());
        for (MemberId member : members) {
            HeldKey key = custody.generate(member, CertificateUse.MESSAGE_ISSUER);
            var certificate = pki.issue(
                    authority,
                    new CertificateOrder(
                            CertificateProfile.MESSAGE_ISSUER,
                            member.toString(),
                            member.member() + " issues",
                            key.certificate().getPublicKey(),
                            List.of(),
                            ISSUER_VALIDITY));
            custody.certify(key, List.of(certificate));
            rights.put(
                    member,
                    new RegisteredCertificate(
                            CertificateUse.MESSAGE_ISSUER,
                            certificate,
                            certificate.getNotBefore().toInstant(),
                            certificate.getNotAfter().toInstant(),
                            null,
                            LIFE));
        }
        List<TrustAnchor> anchors = new ArrayList<>(registry.anchors());
        anchors.add(new TrustAnchor(
                CertificateUse.MESSAGE_ISSUER,
                pki.certificate(authority),
                null,
                status == null ? null : status.resolve("ocsp/" + authority)));
        return granted(registry, anchors);
    }

    private Registry granted(Registry registry, List<TrustAnchor> anchors) {
        List<Member> all = new ArrayList<>();
        for (Member member : registry.members()) {
            List<RegisteredCertificate> certificates = new ArrayList<>(member.certificates());
            RegisteredCertificate right = rights.get(member.id());
            if (right != null) {
                certificates.add(right);
            }
            all.add(new Member(
                    member.id(), member.name(), member.nodes(), certificates, member.noteKeys(), member.subsystems()));
        }
        Trusted old = registry.trusted();
        return new Registry(
                registry.instance(),
                registry.version(),
                registry.issued(),
                registry.expires(),
                registry.grace(),
                new Trusted(anchors, old.intermediates(), old.issuers(), old.federations()),
                registry.evidence().orElse(null),
                all,
                registry.agreements());
    }

    /** One node's keys, behind a limit of its own. */
    public MemberKeys keys(CurrentRegistry registry, MemberId member) throws IOException, GeneralSecurityException {
        LimitedToken token = new LimitedToken(custody, SigningMode.TOKEN_PER_SECOND);
        tokens.add(token);
        StoredMemberKeys stored = StoredMemberKeys.open(
                token,
                Set.of(member),
                registry,
                new KeyTerms(false, List.of(), LOOK, Duration.ZERO),
                Clock.systemUTC());
        opened.push(stored::close);
        if (mode == SigningMode.EVERY_MESSAGE) {
            return stored;
        }
        ShortTermMemberKeys shortTerm = ShortTermMemberKeys.open(
                stored, registry, new ShortTermTerms(Set.of(member), LIFE, LOOK), Clock.systemUTC());
        opened.push(shortTerm::close);
        return shortTerm;
    }

    /** How often the limited keys signed, all nodes together. */
    long signatures() {
        return tokens.stream().mapToLong(LimitedToken::signatures).sum();
    }

    @Override
    public void close() {
        opened.forEach(Runnable::run);
    }
}
