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
import java.time.Instant;
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

/** Turns a registry document that follows its schema into records, and gathers what the schema could not say. */
final class RegistryReader {

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final String DEFAULT_METHODS = "GET POST";

    private final List<String> problems = new ArrayList<>();

    /** What was found wrong; the registry is worth nothing unless this is empty. */
    List<String> problems() {
        return problems;
    }

    /** The registry; empty when even its own attributes cannot be read. */
    Optional<Registry> read(Element root) {
        List<TrustAnchor> anchors = each(root, "certificateAuthority", "certificate authority", this::anchor);
        List<Member> members = each(root, "member", "member", this::member);
        List<Agreement> agreements = each(root, "agreement", "agreement", this::agreement);
        try {
            return Optional.of(new Registry(
                    attribute(root, "instance"),
                    Long.parseLong(attribute(root, "version")),
                    Instant.parse(attribute(root, "issued")),
                    Instant.parse(attribute(root, "expires")),
                    anchors,
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
            try {
                found.add(reader.apply(element));
            } catch (IllegalArgumentException | DateTimeException e) {
                String label = optional(element, "id")
                        .or(() -> optional(element, "code"))
                        .or(() -> optional(element, "name"))
                        .orElse("number " + place);
                problems.add(what + " " + label + ": " + e.getMessage());
            }
        }
        return found;
    }

    private TrustAnchor anchor(Element element) {
        URI crl = optional(element, "crl").map(URI::create).orElse(null);
        return new TrustAnchor(CertificateUse.valueOf(attribute(element, "use")), certificate(element), crl);
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
                each(element, "subsystem", "subsystem of " + id, subsystem -> subsystem(id, subsystem)));
    }

    private RegisteredCertificate registeredCertificate(Element element) {
        return new RegisteredCertificate(
                CertificateUse.valueOf(attribute(element, "use")),
                certificate(element),
                Instant.parse(attribute(element, "validFrom")),
                Instant.parse(attribute(element, "validTo")),
                optional(element, "compromisedFrom").map(Instant::parse).orElse(null));
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
                Arrays.stream(BLANKS.split(optional(element, "methods").orElse(DEFAULT_METHODS)))
                        .collect(Collectors.toSet()));
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
        Optional<Integer> quota = children(element, "quota").stream()
                .map(limit -> Integer.valueOf(attribute(limit, "perMinute")))
                .findFirst();
        return new Agreement(
                attribute(element, "id"),
                SubsystemId.parse(attribute(element, "consumer")),
                ServiceId.parse(attribute(element, "service")),
                purposes,
                children(element, "actor").stream()
                        .map(actor -> ActorKind.valueOf(attribute(actor, "kind")))
                        .collect(Collectors.toSet()),
                children(element, "release").stream()
                        .map(release -> attribute(release, "path"))
                        .toList(),
                quota.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                Instant.parse(attribute(element, "validFrom")),
                Instant.parse(attribute(element, "validTo")));
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

    private static X509Certificate certificate(Element element) {
        String text = BLANKS.matcher(element.getTextContent()).replaceAll("");
        byte[] der = Base64.getDecoder().decode(text);
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
