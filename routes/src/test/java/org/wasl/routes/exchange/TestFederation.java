package org.wasl.routes.exchange;

import java.net.URI;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.certificate.RevocationLists;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.keys.DecryptionKey;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.keys.SigningKey;
import org.wasl.security.registry.ActorRule;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Parameter;
import org.wasl.security.registry.Quota;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;
import org.wasl.security.registry.Subsystem;
import org.wasl.security.registry.TrustAnchor;
import org.wasl.security.registry.Trusted;

/** A small registry: the portal asks civil status, and has no agreement on vehicles. */
public final class TestFederation implements MemberKeys {

    public static final MemberId CSPD = MemberId.parse("JO/GOV/CSPD");
    public static final MemberId DVLD = MemberId.parse("JO/GOV/DVLD");
    public static final MemberId PORTAL = MemberId.parse("JO/GOV/PORTAL");
    public static final SubsystemId WEB = PORTAL.subsystem("web");
    public static final SubsystemId LICENSING = DVLD.subsystem("licensing");
    public static final SubsystemId REGISTRY = CSPD.subsystem("registry");
    static final ServiceId LIFE_STATUS = REGISTRY.service("life-status", 1);
    static final ServiceId DEED = REGISTRY.service("deed", 1);
    /** Told under agreements that a test adds. */
    public static final ServiceId DEATH = REGISTRY.service("death", 1);

    static final ServiceId BIRTH = REGISTRY.service("birth", 1);
    static final ServiceId MISSED = REGISTRY.service("missed-events", 1);
    static final ServiceId VEHICLE = DVLD.subsystem("vehicles").service("vehicle-record", 1);
    public static final String NODE = "node1";
    private static final URI REVOCATIONS = URI.create("http://pki.test/tls.crl");
    static final String CIVIL = "urn:wasl:civil:1";

    final TestIssuer issuer = new TestIssuer();
    private final TestAuthority authority = new TestAuthority();
    private final Map<MemberId, TestAuthority.Key> keys = new LinkedHashMap<>();
    private final Map<MemberId, List<X509Certificate>> tls = new LinkedHashMap<>();
    private final CertificatePath path = new CertificatePath((RevocationLists) () -> revocations());
    private volatile List<X509CRL> revocations = List.of(authority.revocations(List.of()));
    private final Map<MemberId, List<DecryptionKey>> encryption = new LinkedHashMap<>();
    private final Set<MemberId> listsNoEncryption = new HashSet<>();
    private boolean confidential;
    private List<String> nodes = List.of(NODE);
    private volatile Registry registry;

    public TestFederation() {
        for (MemberId member : List.of(CSPD, DVLD, PORTAL)) {
            keys.put(member, authority.key(member));
            encryption.put(member, new ArrayList<>(List.of(authority.encryptionKey(member))));
        }
        registry = build(1, Instant.now().plus(Duration.ofDays(1)), List.of(agreement()));
    }

    public TestAuthority authority() {
        return authority;
    }

    public Registry registry() {
        return registry;
    }

    TestAuthority.Key key(MemberId member) {
        return keys.get(member);
    }

    /** The same registry with other agreements. */
    void agreements(List<Agreement> agreements) {
        registry = build(registry.version() + 1, registry.expires(), agreements);
    }

    /** The same registry, in which these hear of deaths too, and may ask what they missed. */
    public void hearsOfDeaths(SubsystemId... subscribers) {
        List<Agreement> agreements = new ArrayList<>(registry.agreements());
        for (SubsystemId subscriber : subscribers) {
            agreements.add(agreement(subscriber, DEATH, List.of("death/person", "death/occurredOn")));
            agreements.add(agreement(subscriber, MISSED, List.of("missed")));
        }
        agreements(agreements);
    }

    /** The same registry, in which this one hears of births, encrypted. */
    void hearsOfBirthsInConfidence(SubsystemId subscriber) {
        Agreement like = agreement(subscriber, BIRTH, List.of("birth"));
        List<Agreement> agreements = new ArrayList<>(registry.agreements());
        agreements.add(new Agreement(
                like.id(),
                like.consumer(),
                like.service(),
                like.purposes(),
                like.actors(),
                like.released(),
                like.quota(),
                null,
                true,
                like.validFrom(),
                like.validTo(),
                null,
                null));
        agreements(agreements);
    }

    /** The same registry, in which every member has these nodes. */
    void nodes(List<String> ids) {
        nodes = ids;
        registry = build(registry.version() + 1, registry.expires(), registry.agreements());
    }

    /** The same registry with no agreement. */
    public void withoutAgreements() {
        agreements(List.of());
    }

    /** The same registry with another expiry. */
    void expires(Instant expires) {
        registry = build(registry.version() + 1, expires, registry.agreements());
    }

    /** The same registry without the vehicles, as before they joined. */
    void withoutVehicles() {
        Registry now = registry;
        registry = new Registry(
                now.instance(),
                now.version() + 1,
                now.issued(),
                now.expires(),
                now.anchors(),
                now.members().stream()
                        .map(member -> new Member(
                                member.id(),
                                member.name(),
                                member.nodes(),
                                member.certificates(),
                                member.subsystems().stream()
                                        .filter(subsystem -> !subsystem.id().equals(VEHICLE.subsystem()))
                                        .toList()))
                        .toList(),
                now.agreements());
    }

    /** The same registry, in which this member's certificates count for nothing any more. */
    void compromised(MemberId member) {
        Registry now = registry;
        registry = new Registry(
                now.instance(),
                now.version() + 1,
                now.issued(),
                now.expires(),
                now.anchors(),
                now.members().stream()
                        .map(one -> one.id().equals(member) ? compromised(one) : one)
                        .toList(),
                now.agreements());
    }

    private static Member compromised(Member member) {
        List<RegisteredCertificate> certificates = member.certificates().stream()
                .map(of -> new RegisteredCertificate(
                        of.use(), of.certificate(), of.validFrom(), of.validTo(), of.validFrom()))
                .toList();
        return new Member(member.id(), member.name(), member.nodes(), certificates, member.subsystems());
    }

    /** The same registry, which expires then but states a grace. */
    void grace(Instant expires, Duration grace) {
        Registry now = registry;
        registry = new Registry(
                now.instance(),
                now.version() + 1,
                now.issued(),
                expires,
                grace,
                now.trusted(),
                now.members(),
                now.agreements());
    }

    /** The same registry, in which civil status' service is confidential, or not. */
    void confidential(boolean whether) {
        confidential = whether;
        registry = build(registry.version() + 1, registry.expires(), registry.agreements());
    }

    /** The same registry without this member's encryption certificates. */
    void withoutEncryption(MemberId member) {
        listsNoEncryption.add(member);
        registry = build(registry.version() + 1, registry.expires(), registry.agreements());
    }

    /** The same registry with a further encryption certificate of this member. */
    DecryptionKey rotate(MemberId member) {
        DecryptionKey next = authority.encryptionKey(member);
        encryption.get(member).add(next);
        registry = build(registry.version() + 1, registry.expires(), registry.agreements());
        return next;
    }

    /** The member gives up its first key and its certificate: what was encrypted to it cannot be read any more. */
    void drop(MemberId member) {
        encryption.get(member).remove(0);
        registry = build(registry.version() + 1, registry.expires(), registry.agreements());
    }

    DecryptionKey encryptionKey(MemberId member) {
        return encryption.get(member).get(0);
    }

    /** The same registry with a client certificate for this member. */
    public void tls(MemberId member, X509Certificate certificate) {
        tls.computeIfAbsent(member, m -> new ArrayList<>()).add(certificate);
        registry = build(registry.version() + 1, registry.expires(), registry.agreements());
    }

    /** The same registry without client certificates for this member. */
    public void withdrawTls(MemberId member) {
        tls.remove(member);
        registry = build(registry.version() + 1, registry.expires(), registry.agreements());
    }

    private List<X509CRL> revocations() {
        return revocations;
    }

    /** Revokes this certificate; the registry says nothing of it. */
    public void revoke(X509Certificate certificate) {
        revocations = List.of(authority.revocations(List.of(certificate)));
    }

    /** The member whose client certificate this is. */
    public Optional<MemberId> certified(X509Certificate certificate, Instant now) {
        Registry current = registry;
        return current.owner(certificate)
                .filter(member -> path.refusal(current, member, CertificateUse.TLS, certificate, now)
                        .isEmpty());
    }

    /** The member's message certificate, which opens no connection. */
    public X509Certificate messageCertificate(MemberId member) {
        return keys.get(member).certificate();
    }

    public java.security.KeyPair messagePair(MemberId member) {
        return keys.get(member).pair();
    }

    /** What the portal and licensing may ask. */
    static Agreement agreement() {
        return agreement(WEB, LIFE_STATUS, List.of("lifeStatus/status"));
    }

    static Agreement agreement(SubsystemId consumer, ServiceId service, List<String> released) {
        return new Agreement(
                consumer.code() + "-" + service.code(),
                consumer,
                service,
                Map.of("GENERAL_CLEARANCE", Set.of("JO-BYLAW-CLEARANCE")),
                List.of(ActorRule.unconditional(ActorKind.CITIZEN), ActorRule.unconditional(ActorKind.SYSTEM)),
                released,
                Quota.UNLIMITED,
                null,
                false,
                Instant.now().minus(Duration.ofDays(1)),
                Instant.now().plus(Duration.ofDays(1)),
                null,
                null);
    }

    private Registry build(long version, Instant expires, List<Agreement> agreements) {
        return new Registry(
                "JO",
                version,
                Instant.now().minus(Duration.ofHours(1)),
                expires,
                Duration.ZERO,
                new Trusted(
                        List.of(
                                new TrustAnchor(CertificateUse.MESSAGE, authority.certificate(), null),
                                new TrustAnchor(CertificateUse.TLS, authority.certificate(), REVOCATIONS),
                                new TrustAnchor(CertificateUse.ENCRYPTION, authority.certificate(), null)),
                        List.of(),
                        List.of(issuer.registered()),
                        List.of()),
                List.of(
                        member(
                                CSPD,
                                new Subsystem(
                                        REGISTRY,
                                        label("registry"),
                                        List.of(
                                                service(LIFE_STATUS),
                                                service(DEED),
                                                eventType(DEATH),
                                                eventType(BIRTH),
                                                missed()))),
                        member(
                                DVLD,
                                new Subsystem(VEHICLE.subsystem(), label("vehicles"), List.of(service(VEHICLE))),
                                new Subsystem(LICENSING, label("licensing"), List.of())),
                        member(PORTAL, new Subsystem(WEB, label("web"), List.of()))),
                agreements);
    }

    private Member member(MemberId id, Subsystem... subsystems) {
        List<RegisteredCertificate> certificates = new ArrayList<>();
        certificates.add(registered(CertificateUse.MESSAGE, keys.get(id).certificate()));
        tls.getOrDefault(id, List.of()).forEach(c -> certificates.add(registered(CertificateUse.TLS, c)));
        if (!listsNoEncryption.contains(id)) {
            encryption
                    .get(id)
                    .forEach(key -> certificates.add(registered(CertificateUse.ENCRYPTION, key.certificate())));
        }
        return new Member(id, label(id.member()), nodes, certificates, List.of(subsystems));
    }

    private static RegisteredCertificate registered(CertificateUse use, X509Certificate certificate) {
        return new RegisteredCertificate(
                use,
                certificate,
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                null);
    }

    private Service service(ServiceId id) {
        return new Service(
                id,
                label(id.code()),
                List.of(new Parameter("nationalNumber", true, Pattern.compile("[0-9]{10}"), true)),
                id.equals(DEED) ? Service.DOCUMENTS : CIVIL,
                "1.0",
                confidential && id.equals(LIFE_STATUS),
                null,
                Set.of("GET"),
                null);
    }

    private static Service eventType(ServiceId id) {
        return new Service(
                id,
                label(id.code()),
                List.of(),
                "urn:wasl:event:1",
                "1.0",
                false,
                id.code() + "/person",
                Set.of("GET"),
                null,
                null,
                Service.Kind.EVENT);
    }

    private static Service missed() {
        return new Service(
                MISSED,
                label("missed"),
                List.of(new Parameter("after", true, Pattern.compile("[0-9]{1,15}"), false)),
                "urn:wasl:event:1",
                "1.0",
                Set.of("GET"));
    }

    private static Label label(String name) {
        return new Label(name, name);
    }

    @Override
    public Optional<SigningKey> messageKey(MemberId member) {
        return Optional.ofNullable(keys.get(member));
    }

    @Override
    public Optional<DecryptionKey> decryptionKey(String certificateDigest) {
        return encryption.values().stream()
                .flatMap(List::stream)
                .filter(key -> digest(key.certificate()).equals(certificateDigest))
                .findFirst();
    }

    private static String digest(X509Certificate certificate) {
        try {
            return CryptoProvider.chosen().sha256Hex(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Set<MemberId> members() {
        return keys.keySet();
    }
}
