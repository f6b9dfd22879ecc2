package org.wasl.security.registry;

import static org.wasl.security.registry.RegistryElements.attribute;
import static org.wasl.security.registry.RegistryElements.children;
import static org.wasl.security.registry.RegistryElements.flag;
import static org.wasl.security.registry.RegistryElements.optional;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;

/** Turns a registry document that follows its schema into records, and gathers what the schema could not say. */
final class RegistryReader {

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final String DEFAULT_METHODS = "GET POST";

    private final List<String> problems = new ArrayList<>();

    private final List<Agreement> agreements = new ArrayList<>();

    /**
     * Reads an agreement before the rest, so that a country's need not be in memory as a document.
     *
     * @return whether it was one
     */
    boolean takeAgreement(Element section) {
        if (!RegistryXml.NAMESPACE.equals(section.getNamespaceURI()) || !"agreement".equals(section.getLocalName())) {
            return false;
        }
        read(section, "agreement", agreements.size() + 1, this::agreement).ifPresent(agreements::add);
        return true;
    }

    /** What was found wrong; the registry is worth nothing unless this is empty. */
    List<String> problems() {
        return problems;
    }

    /** The registry; empty when even its own attributes cannot be read. */
    Optional<Registry> read(Element root) {
        Trusted trusted = new Trusted(
                each(root, "certificateAuthority", "certificate authority", RegistryReader::anchor),
                each(root, "intermediateAuthority", "intermediate authority", RegistryReader::anchor),
                each(root, "identityIssuer", "identity issuer", this::issuer),
                each(root, "federation", "federation", RegistryReader::federation));
        List<Member> members = each(root, "member", "member", this::member);
        agreements.addAll(each(root, "agreement", "agreement", this::agreement));
        try {
            return Optional.of(new Registry(
                    attribute(root, "instance"),
                    Long.parseLong(attribute(root, "version")),
                    Instant.parse(attribute(root, "issued")),
                    Instant.parse(attribute(root, "expires")),
                    optional(root, "grace").map(Duration::parse).orElse(Duration.ZERO),
                    trusted,
                    evidence(root),
                    members,
                    agreements));
        } catch (IllegalArgumentException | DateTimeException e) {
            problems.add("the registry's version or dates are out of range");
            return Optional.empty();
        }
    }

    /** Reads each child; one that cannot be read is named by its identifier, or its place, and left out. */
    private <T> List<T> each(Element parent, String name, String what, Function<Element, T> reader) {
        List<T> found = new ArrayList<>();
        int place = 0;
        for (Element element : children(parent, name)) {
            place++;
            read(element, what, place, reader).ifPresent(found::add);
        }
        return found;
    }

    private <T> Optional<T> read(Element element, String what, int place, Function<Element, T> reader) {
        try {
            return Optional.of(reader.apply(element));
        } catch (IllegalArgumentException | DateTimeException e) {
            String label = optional(element, "id")
                    .or(() -> optional(element, "code"))
                    .or(() -> optional(element, "name"))
                    .orElse("number " + place);
            problems.add(what + " " + label + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private static TrustAnchor anchor(Element element) {
        return new TrustAnchor(
                CertificateUse.valueOf(attribute(element, "use")),
                certificate(element),
                optional(element, "crl").map(URI::create).orElse(null),
                optional(element, "ocsp").map(URI::create).orElse(null));
    }

    private IdentityIssuer issuer(Element element) {
        URI uri = URI.create(attribute(element, "uri"));
        return new IdentityIssuer(uri, each(element, "key", "key of " + uri, RegistryReader::issuerKey));
    }

    private static IdentityIssuer.Key issuerKey(Element element) {
        return new IdentityIssuer.Key(
                attribute(element, "kid"),
                PublicKeys.read(octets(element)),
                Instant.parse(attribute(element, "validFrom")),
                Instant.parse(attribute(element, "validTo")));
    }

    private static Federation federation(Element element) {
        return new Federation(
                attribute(element, "instance"),
                certificate(children(element, "authority").get(0)),
                children(element, "member").stream()
                        .map(member -> MemberId.parse(attribute(member, "id")))
                        .collect(Collectors.toSet()));
    }

    private @Nullable EvidencePolicy evidence(Element root) {
        Optional<Element> found = children(root, "evidence").stream().findFirst();
        if (found.isEmpty()) {
            return null;
        }
        Element element = found.get();
        return new EvidencePolicy(
                each(element, "witnessing", "witnessing", RegistryReader::witnessing).stream()
                        .findFirst(),
                each(element, "timeStamping", "time-stamping", RegistryReader::timeStamping).stream()
                        .findFirst(),
                each(element, "witness", "witness", RegistryReader::witness));
    }

    private static EvidencePolicy.Witnessing witnessing(Element element) {
        return new EvidencePolicy.Witnessing(
                Integer.parseInt(attribute(element, "quorum")),
                Duration.parse(attribute(element, "alarmAfter")),
                Duration.parse(attribute(element, "refuseAfter")));
    }

    private static EvidencePolicy.TimeStamping timeStamping(Element element) {
        return new EvidencePolicy.TimeStamping(
                URI.create(attribute(element, "address")),
                Duration.parse(attribute(element, "every")),
                Duration.parse(attribute(element, "alarmAfter")),
                Duration.parse(attribute(element, "refuseAfter")));
    }

    private static EvidencePolicy.Witness witness(Element element) {
        return new EvidencePolicy.Witness(
                attribute(element, "name"),
                PublicKeys.read(octets(element)),
                URI.create(attribute(element, "address")),
                Instant.parse(attribute(element, "validFrom")),
                Instant.parse(attribute(element, "validTo")),
                optional(element, "compromisedFrom").map(Instant::parse).orElse(null));
    }

    private Member member(Element element) {
        MemberId id = MemberId.parse(attribute(element, "id"));
        return new Member(
                id,
                label(element),
                children(element, "node").stream()
                        .map(node -> attribute(node, "id"))
                        .toList(),
                each(element, "certificate", "certificate of " + id, this::registeredCertificate),
                each(element, "noteKey", "note key of " + id, RegistryReader::noteKey),
                each(element, "subsystem", "subsystem of " + id, subsystem -> subsystem(id, subsystem)));
    }

    private static NoteKey noteKey(Element element) {
        return new NoteKey(
                NoteKey.Use.valueOf(attribute(element, "use")),
                attribute(element, "name"),
                PublicKeys.read(octets(element)),
                Instant.parse(attribute(element, "validFrom")),
                Instant.parse(attribute(element, "validTo")),
                optional(element, "compromisedFrom").map(Instant::parse).orElse(null),
                optional(element, "address").map(URI::create).orElse(null));
    }

    private RegisteredCertificate registeredCertificate(Element element) {
        return new RegisteredCertificate(
                CertificateUse.valueOf(attribute(element, "use")),
                certificate(element),
                Instant.parse(attribute(element, "validFrom")),
                Instant.parse(attribute(element, "validTo")),
                optional(element, "compromisedFrom").map(Instant::parse).orElse(null),
                optional(element, "longestLife").map(Duration::parse).orElse(null));
    }

    private Subsystem subsystem(MemberId member, Element element) {
        SubsystemId id = member.subsystem(attribute(element, "code"));
        return new Subsystem(
                id, label(element), each(element, "service", "service of " + id, service -> service(id, service)));
    }

    private Service service(SubsystemId subsystem, Element element) {
        ServiceId id = subsystem.service(attribute(element, "code"), Integer.parseInt(attribute(element, "version")));
        return new Service(
                id,
                label(element),
                each(element, "parameter", "parameter of " + id, RegistryReader::parameter),
                attribute(element, "namespace"),
                attribute(element, "schemaVersion"),
                flag(element, "confidential", false),
                optional(element, "ownerField").orElse(null),
                Arrays.stream(BLANKS.split(optional(element, "methods").orElse(DEFAULT_METHODS)))
                        .collect(Collectors.toSet()),
                optional(element, "retention").map(Duration::parse).orElse(null),
                optional(element, "serviceLevel").map(Duration::parse).orElse(null),
                optional(element, "kind").map(Service.Kind::valueOf).orElse(Service.Kind.REQUEST));
    }

    private static Parameter parameter(Element element) {
        return new Parameter(
                attribute(element, "name"),
                flag(element, "required", true),
                pattern(element),
                flag(element, "subject", false));
    }

    private static @Nullable Pattern pattern(Element element) {
        if (!element.hasAttribute("pattern")) {
            return null;
        }
        try {
            return BoundedPattern.compile(element.getAttribute("pattern"));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("its pattern is not accepted: " + e.getDescription(), e);
        }
    }

    private Agreement agreement(Element element) {
        Map<String, Set<String>> purposes = new HashMap<>();
        for (Element purpose : children(element, "purpose")) {
            purposes.computeIfAbsent(attribute(purpose, "code"), code -> new HashSet<>())
                    .add(attribute(purpose, "legalBasis"));
        }
        purposes.replaceAll((code, bases) -> Set.copyOf(bases));
        return new Agreement(
                attribute(element, "id"),
                SubsystemId.parse(attribute(element, "consumer")),
                ServiceId.parse(attribute(element, "service")),
                purposes,
                children(element, "actor").stream()
                        .map(RegistryReader::actorRule)
                        .toList(),
                children(element, "release").stream()
                        .map(release -> attribute(release, "path"))
                        .toList(),
                quota(element),
                children(element, "hours").stream()
                        .map(RegistryReader::hours)
                        .findFirst()
                        .orElse(null),
                flag(element, "confidential", false),
                Instant.parse(attribute(element, "validFrom")),
                Instant.parse(attribute(element, "validTo")),
                optional(element, "withdrawn").map(Instant::parse).orElse(null),
                optional(element, "embargo").map(Duration::parse).orElse(null));
    }

    private static ActorRule actorRule(Element element) {
        return new ActorRule(
                ActorKind.valueOf(attribute(element, "kind")),
                optional(element, "subject").map(SubjectScope::valueOf).orElse(SubjectScope.ANY),
                optional(element, "assertion").filter("REQUIRED"::equals).isPresent(),
                optional(element, "assurance").map(AssuranceLevel::valueOf).orElse(AssuranceLevel.LOW));
    }

    private static Quota quota(Element agreement) {
        List<Element> quotas = children(agreement, "quota");
        if (quotas.isEmpty()) {
            return Quota.UNLIMITED;
        }
        return new Quota(count(quotas.get(0), "perMinute"), count(quotas.get(0), "perDay"));
    }

    private static OptionalInt count(Element element, String name) {
        return optional(element, name)
                .map(value -> OptionalInt.of(Integer.parseInt(value)))
                .orElseGet(OptionalInt::empty);
    }

    private static OpeningHours hours(Element element) {
        return new OpeningHours(
                ZoneId.of(attribute(element, "zone")),
                children(element, "open").stream()
                        .map(open -> new OpeningHours.Open(
                                Arrays.stream(BLANKS.split(attribute(open, "days")))
                                        .map(DayOfWeek::valueOf)
                                        .collect(Collectors.toSet()),
                                LocalTime.parse(attribute(open, "from")),
                                LocalTime.parse(attribute(open, "to"))))
                        .toList());
    }

    private Label label(Element element) {
        Map<String, String> names = new HashMap<>();
        children(element, "name").forEach(name -> names.put(attribute(name, "lang"), name.getTextContent()));
        String arabic = names.get("ar");
        String english = names.get("en");
        if (arabic == null || english == null) {
            throw new IllegalArgumentException("it needs a name in Arabic and one in English");
        }
        return new Label(arabic, english);
    }

    private static byte[] octets(Element element) {
        return Base64.getDecoder()
                .decode(BLANKS.matcher(element.getTextContent()).replaceAll(""));
    }

    private static X509Certificate certificate(Element element) {
        byte[] der = octets(element);
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            // The factory also takes PEM and stops at the certificate's end: only the exact octets are a certificate.
            if (!Arrays.equals(certificate.getEncoded(), der)) {
                throw new IllegalArgumentException("more than one certificate's DER");
            }
            return certificate;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("its certificate cannot be parsed", e);
        }
    }
}
