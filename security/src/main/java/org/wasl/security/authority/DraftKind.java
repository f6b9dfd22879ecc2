package org.wasl.security.authority;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What stands in a draft and can be changed by itself. */
public enum DraftKind {
    /** Known by its identifier. */
    MEMBER("member", List.of("name", "node", "certificate", "noteKey", "subsystem"), Map.of("node", "id")),
    /** A node of a member: {@code JO/GOV/CSPD/node-2}. */
    NODE("node", List.of(), Map.of()),
    /** Added to a member, afterwards known by its fingerprint. */
    CERTIFICATE("certificate", List.of(), Map.of()),
    /** Added to a member, afterwards known by its fingerprint. */
    NOTE_KEY("noteKey", List.of(), Map.of()),
    /** Known by its identifier. */
    SUBSYSTEM("subsystem", List.of("name", "service"), Map.of()),
    /** Known by its identifier. */
    SERVICE("service", List.of("name", "parameter"), Map.of()),
    /** A parameter of a service: {@code JO/GOV/CSPD/registry/person-record/v1/nationalNumber}. */
    PARAMETER("parameter", List.of(), Map.of()),
    /** Known by its identifier. */
    AGREEMENT(
            "agreement",
            List.of("purpose", "actor", "release", "quota", "hours"),
            Map.of("purpose", "code", "actor", "kind", "release", "path", "hours", "zone")),
    /** Added for a use, afterwards known by its fingerprint. */
    TRUST_ANCHOR("certificateAuthority", List.of(), Map.of()),
    /** Added for a use, afterwards known by its fingerprint. */
    INTERMEDIATE_AUTHORITY("intermediateAuthority", List.of(), Map.of()),
    /** Known by its URI; comes with its first key. */
    IDENTITY_ISSUER("identityIssuer", List.of("key"), Map.of()),
    /** Added to an identity issuer, afterwards known by its fingerprint. */
    ISSUER_KEY("key", List.of(), Map.of()),
    /** Known by the other instance. */
    FEDERATION("federation", List.of("authority", "member"), Map.of("member", "id")),
    /** Known as {@code policy}: there is one. */
    EVIDENCE(
            "evidence",
            List.of("witnessing", "timeStamping", "witness"),
            Map.of("witnessing", "quorum", "timeStamping", "address")),
    /** A witness that is no member, known by its name; comes with its key. */
    WITNESS("witness", List.of(), Map.of());

    private final String element;
    private final List<String> order;
    private final Map<String, String> children;

    DraftKind(String element, List<String> order, Map<String, String> children) {
        this.element = element;
        this.order = order;
        this.children = children;
    }

    /** The kind of this name: lower case, with hyphens. */
    public static Optional<DraftKind> named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(name))
                .findFirst();
    }

    /** Its name on the command line. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its name in the schema. */
    String element() {
        return element;
    }

    /** What may stand in it, in the schema's order. */
    List<String> order() {
        return order;
    }

    /** What can be said of it in elements of their own, each with the attribute that names one. */
    Map<String, String> children() {
        return children;
    }

    /** Whether its content is a certificate or key. */
    boolean binary() {
        return switch (this) {
            case CERTIFICATE, NOTE_KEY, TRUST_ANCHOR, INTERMEDIATE_AUTHORITY, ISSUER_KEY -> true;
            default -> false;
        };
    }
}
