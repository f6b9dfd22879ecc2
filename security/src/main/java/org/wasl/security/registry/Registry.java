package org.wasl.security.registry;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;

/** One version of the registry, as the authority signed it; immutable, indexed for the hot path. */
public final class Registry {

    private final String instance;
    private final long version;
    private final Instant issued;
    private final Instant expires;
    private final Duration grace;
    private final Trusted trusted;
    private final @Nullable EvidencePolicy evidence;
    private final Map<MemberId, Member> members;
    private final Map<SubsystemId, Subsystem> subsystems = new HashMap<>();
    private final Map<ServiceId, Service> services = new HashMap<>();
    private final List<Agreement> agreements;
    private final Map<ConsumerAndService, List<Agreement>> agreementsByUse = new HashMap<>();
    private final Map<X509Certificate, MemberId> owners = new HashMap<>();
    private final CertificateIndex certificates = new CertificateIndex();
    private final Map<ShortTermCertificates.IssuingKey, ShortTermCertificates.Issuer> messageIssuers = new HashMap<>();
    /** What was found out about certificates that it does not list; it holds under this version only. */
    private final SoundCertificates sound = new SoundCertificates();

    /** Also when it is by a key that no certificate can name. */
    private final boolean hasMessageIssuers;

    private record ConsumerAndService(SubsystemId consumer, ServiceId service) {}

    /**
     * @param instance the instance it is for
     * @param version its version, from 1; it only goes up
     * @param issued when it was signed
     * @param expires until when it may be relied on; there is no grace
     */
    public Registry(
            String instance,
            long version,
            Instant issued,
            Instant expires,
            List<TrustAnchor> anchors,
            Collection<Member> members,
            List<Agreement> agreements) {
        this(instance, version, issued, expires, Duration.ZERO, Trusted.anchors(anchors), members, agreements);
    }

    /**
     * @param instance the instance it is for
     * @param version its version, from 1; it only goes up
     * @param issued when it was signed
     * @param expires until when it may be relied on without a word
     * @param grace for how long after that exchanges still go on, and say so
     * @param trusted whom it trusts beyond its members
     */
    public Registry(
            String instance,
            long version,
            Instant issued,
            Instant expires,
            Duration grace,
            Trusted trusted,
            Collection<Member> members,
            List<Agreement> agreements) {
        this(instance, version, issued, expires, grace, trusted, null, members, agreements);
    }

    /**
     * @param instance the instance it is for
     * @param version its version, from 1; it only goes up
     * @param issued when it was signed
     * @param expires until when it may be relied on without a word
     * @param grace for how long after that exchanges still go on, and say so
     * @param trusted whom it trusts beyond its members
     * @param evidence what logs must have from others; null when it asks for nothing
     */
    public Registry(
            String instance,
            long version,
            Instant issued,
            Instant expires,
            Duration grace,
            Trusted trusted,
            @Nullable EvidencePolicy evidence,
            Collection<Member> members,
            List<Agreement> agreements) {
        this.instance = instance;
        this.version = version;
        this.issued = issued;
        this.expires = expires;
        this.grace = grace;
        this.trusted = trusted;
        this.evidence = evidence;
        Map<MemberId, Member> sorted = new TreeMap<>();
        members.forEach(member -> sorted.put(member.id(), member));
        // In order for whoever lists them, by hash for whoever looks one up.
        this.members = new LinkedHashMap<>(sorted);
        this.agreements = List.copyOf(agreements);
        for (Member member : members) {
            for (RegisteredCertificate registered : member.certificates()) {
                owners.put(registered.certificate(), member.id());
                certificates.add(registered.certificate());
                if (registered.use() == CertificateUse.MESSAGE_ISSUER) {
                    ShortTermCertificates.IssuingKey.of(registered.certificate())
                            .ifPresent(key -> messageIssuers.putIfAbsent(
                                    key, new ShortTermCertificates.Issuer(member.id(), registered)));
                }
            }
            for (Subsystem subsystem : member.subsystems()) {
                subsystems.put(subsystem.id(), subsystem);
                subsystem.services().forEach(service -> services.put(service.id(), service));
            }
        }
        hasMessageIssuers = members.stream()
                .flatMap(member -> member.certificates().stream())
                .anyMatch(registered -> registered.use() == CertificateUse.MESSAGE_ISSUER);
        for (Agreement agreement : this.agreements) {
            agreementsByUse
                    .computeIfAbsent(
                            new ConsumerAndService(agreement.consumer(), agreement.service()), k -> new ArrayList<>())
                    .add(agreement);
        }
    }

    /** The same registry with other agreements: what would hold if it were signed so. */
    public Registry with(List<Agreement> others) {
        return new Registry(instance, version, issued, expires, grace, trusted, evidence, members.values(), others);
    }

    /** The same registry with other dates: for trying out a draft, whose dates mean nothing. */
    public Registry between(Instant begin, Instant end) {
        return new Registry(instance, version, begin, end, grace, trusted, evidence, members.values(), agreements);
    }

    public String instance() {
        return instance;
    }

    public long version() {
        return version;
    }

    public Instant issued() {
        return issued;
    }

    public Instant expires() {
        return expires;
    }

    /** For how long after its expiry exchanges still go on, and say so. */
    public Duration grace() {
        return grace;
    }

    /** Whom it trusts beyond its members. */
    public Trusted trusted() {
        return trusted;
    }

    /** What logs must have from others; empty when it asks for nothing. */
    public Optional<EvidencePolicy> evidence() {
        return Optional.ofNullable(evidence);
    }

    /** The keys whose cosignatures it takes, members' and others', past, present and to come. */
    public List<RegisteredWitness> witnesses() {
        List<RegisteredWitness> found = new ArrayList<>();
        for (Member member : members.values()) {
            for (NoteKey key : member.noteKeys()) {
                if (key.use() == NoteKey.Use.WITNESS) {
                    found.add(new RegisteredWitness(
                            key.name(),
                            key.key(),
                            key.address(),
                            member.id(),
                            key.validFrom(),
                            key.validTo(),
                            key.compromisedFrom()));
                }
            }
        }
        if (evidence != null) {
            for (EvidencePolicy.Witness witness : evidence.witnesses()) {
                found.add(new RegisteredWitness(
                        witness.name(),
                        witness.key(),
                        witness.address(),
                        null,
                        witness.validFrom(),
                        witness.validTo(),
                        witness.compromisedFrom()));
            }
        }
        return List.copyOf(found);
    }

    public List<TrustAnchor> anchors() {
        return trusted.anchors();
    }

    public Collection<Member> members() {
        return members.values();
    }

    public List<Agreement> agreements() {
        return agreements;
    }

    public Optional<Member> member(MemberId id) {
        return Optional.ofNullable(members.get(id));
    }

    public Optional<Subsystem> subsystem(SubsystemId id) {
        return Optional.ofNullable(subsystems.get(id));
    }

    public Optional<Service> service(ServiceId id) {
        return Optional.ofNullable(services.get(id));
    }

    /** The member that this certificate is registered for, whatever its use; a certificate has one owner only. */
    public Optional<MemberId> owner(X509Certificate certificate) {
        return Optional.ofNullable(owners.get(certificate));
    }

    /** The registered certificate that has exactly these octets, whosever it is and whatever its use. */
    public Optional<X509Certificate> certificate(byte[] octets) {
        return certificates.find(octets);
    }

    /** Whether any member may issue message certificates, in time or not. */
    boolean hasMessageIssuers() {
        return hasMessageIssuers;
    }

    /** The registered key that a certificate names as its issuer's, in time or not. */
    Optional<ShortTermCertificates.Issuer> messageIssuer(ShortTermCertificates.IssuingKey key) {
        return Optional.ofNullable(messageIssuers.get(key));
    }

    /** The short-term certificates that were found to be as they must be under this version. */
    SoundCertificates sound() {
        return sound;
    }

    /** The entry of this certificate for this member and use, whether in time or not. */
    public Optional<RegisteredCertificate> certificate(
            MemberId member, CertificateUse use, X509Certificate certificate) {
        return member(member).stream()
                .flatMap(found -> found.certificates().stream())
                .filter(registered ->
                        registered.use() == use && registered.certificate().equals(certificate))
                .findFirst();
    }

    /** The agreements between this consumer and this service, in force or not. */
    public List<Agreement> agreements(SubsystemId consumer, ServiceId service) {
        return agreementsByUse.getOrDefault(new ConsumerAndService(consumer, service), List.of());
    }
}
