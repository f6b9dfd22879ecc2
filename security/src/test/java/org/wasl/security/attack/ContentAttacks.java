package org.wasl.security.attack;

import static org.wasl.schemas.fault.FaultCode.HEADER_INVALID;
import static org.wasl.schemas.fault.FaultCode.REQUEST_PARAMETER;
import static org.wasl.schemas.fault.FaultCode.SCHEMA_INVALID;
import static org.wasl.schemas.fault.FaultCode.SCHEMA_UNKNOWN;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_HEADER_ALTERED;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_INVALID;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_PAYLOAD_ALTERED;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_PROPERTIES_ALTERED;
import static org.wasl.security.attack.Attack.Gate.OPENING;
import static org.wasl.security.attack.Attack.Gate.READING;
import static org.wasl.security.attack.Attack.Gate.VERIFYING;
import static org.wasl.security.attack.Forger.utf8;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.Parts;

/** What is said is changed, by an outsider or by the member that signs it. */
final class ContentAttacks {

    private ContentAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(altered(), exchanged(), payloads()).flatMap(s -> s);
    }

    private static Stream<Attack> altered() {
        return Stream.of(
                payload("another person", t -> t.replace(Ground.NUMBER, "9990000002")),
                payload("another salt", t -> t.replaceFirst("salt=\"..", "salt=\"ab")),
                payload("a line end at the end", t -> t + "\n"),
                payload("a byte order mark", t -> "\ufeff" + t),
                payload("an XML declaration", t -> "<?xml version=\"1.0\"?>" + t),
                payload("the same by reference", t -> t.replace(Ground.NUMBER, "&#57;990000001")),
                payload("the same in CDATA", t -> t.replace(Ground.NUMBER, "<![CDATA[" + Ground.NUMBER + "]]>")),
                payload("emptied", t -> ""),
                header("another purpose", t -> t.replace("GENERAL_CLEARANCE", "COURT_CASE")),
                header("another correlation id", t -> t.replace(">track-1<", ">track-2<")),
                header("a later expiry", t -> t.replaceAll("<env:expires>....", "<env:expires>2999")),
                header("another assurance", t -> t.replace("assurance=\"HIGH\"", "assurance=\"LOW\"")),
                header("a line end at the end", t -> t + "\n"),
                header("white space in a tag", t -> t.replace("</env:header>", "</env:header >")),
                header("other quotes", t -> t.replace("version=\"1.0\"", "version='1.0'")),
                Attack.onParts(
                        Category.CONTENT,
                        "header: emptied",
                        OPENING,
                        FaultCode.XML_MALFORMED,
                        p -> p.octets(Terms.HEADER, new byte[0])),
                Attack.onParts(
                        Category.CONTENT,
                        "the signing time",
                        VERIFYING,
                        SIGNATURE_PROPERTIES_ALTERED,
                        p -> p.text(
                                Terms.SIGNATURES,
                                t -> t.replaceAll("<xades:SigningTime>....", "<xades:SigningTime>1999"))),
                Attack.onParts(
                        Category.CONTENT,
                        "a digest of the properties",
                        VERIFYING,
                        SIGNATURE_PROPERTIES_ALTERED,
                        p -> p.text(
                                Terms.SIGNATURES,
                                t -> t.replaceAll(
                                        "(<xades:CertDigest>.*?<ds:DigestValue[^>]*>)[^<]*",
                                        "$1" + Forger.digest("SHA-256", new byte[1])))),
                Attack.onParts(Category.CONTENT, "the payload with its digest", VERIFYING, SIGNATURE_INVALID, p -> {
                    p.replace(Terms.PAYLOAD, Ground.NUMBER, "9990000002");
                    Forger.redigest(p);
                }),
                Attack.onParts(Category.CONTENT, "the header with its digest", VERIFYING, SIGNATURE_INVALID, p -> {
                    p.replace(Terms.HEADER, "GENERAL_CLEARANCE", "COURT_CASE");
                    Forger.redigest(p);
                }));
    }

    /** Parts of two genuine messages of the same member. */
    private static Stream<Attack> exchanged() {
        return Stream.of(
                other("another message's payload", SIGNATURE_PAYLOAD_ALTERED, (p, o) -> swap(p, o, Terms.PAYLOAD)),
                other("another message's header", SIGNATURE_HEADER_ALTERED, (p, o) -> swap(p, o, Terms.HEADER)),
                other("another message's signature", SIGNATURE_HEADER_ALTERED, (p, o) -> swap(p, o, Terms.SIGNATURES)),
                other("another message's header and payload", SIGNATURE_HEADER_ALTERED, (p, o) -> {
                    swap(p, o, Terms.HEADER);
                    swap(p, o, Terms.PAYLOAD);
                }),
                other("another message's payload and signature", SIGNATURE_HEADER_ALTERED, (p, o) -> {
                    swap(p, o, Terms.PAYLOAD);
                    swap(p, o, Terms.SIGNATURES);
                }),
                other("another message's header and signature", SIGNATURE_PAYLOAD_ALTERED, (p, o) -> {
                    swap(p, o, Terms.HEADER);
                    swap(p, o, Terms.SIGNATURES);
                }),
                other("another message's value", SIGNATURE_INVALID, (p, o) -> Forger.value(p, Forger.value(o))));
    }

    private static void swap(Parts parts, Parts other, String name) {
        byte[] octets = other.octets(name);
        if (Arrays.equals(octets, parts.octets(name))) {
            throw new AssertionError("the two messages share " + name);
        }
        parts.octets(name, octets);
    }

    /** Payloads that a member signed, and that say what a request cannot say. */
    private static Stream<Attack> payloads() {
        String record =
                "<civil:person xmlns:civil=\"urn:wasl:civil:1\"><civil:status>ALIVE</civil:status></civil:person>";
        return Stream.of(
                signed(
                        "a parameter twice",
                        REQUEST_PARAMETER,
                        t -> t.replaceAll("(<env:parameter .*</env:parameter>)", "$1$1")),
                signed("two queries", SCHEMA_INVALID, t -> t.replaceAll("(<env:query>.*</env:query>)", "$1$1")),
                signed("nothing inside", SCHEMA_INVALID, t -> t.replaceAll("<env:query>.*</env:query>", "")),
                signed("a record in a request", SCHEMA_INVALID, t -> t.replaceAll("<env:query>.*</env:query>", record)),
                signed(
                        "a query and a record",
                        SCHEMA_INVALID,
                        t -> t.replace("</env:payload>", record + "</env:payload>")),
                signed(
                        "an element of no schema",
                        SCHEMA_INVALID,
                        t -> t.replaceAll("<env:query>.*</env:query>", "<u:x xmlns:u=\"urn:x\"></u:x>")),
                signed(
                        "a header for a payload",
                        SCHEMA_INVALID,
                        t -> "<env:header xmlns:env=\"urn:wasl:envelope:1\"></env:header>"),
                signed("a root of no schema", SCHEMA_UNKNOWN, t -> "<x></x>"),
                signed(
                        "another version's namespace",
                        SCHEMA_UNKNOWN,
                        t -> t.replace("urn:wasl:envelope:1", "urn:wasl:envelope:9")),
                signed("no salt", SCHEMA_INVALID, t -> t.replaceFirst(" salt=\"[^\"]*\"", "")),
                signed("a short salt", SCHEMA_INVALID, t -> t.replaceFirst("salt=\"..", "salt=\"")),
                signed("a foreign attribute", SCHEMA_INVALID, t -> t.replaceFirst(" salt=", " a=\"b\" salt=")),
                signed("a parameter without a name", SCHEMA_INVALID, t -> t.replace(" name=\"nationalNumber\"", "")),
                signed(
                        "a parameter's name of another alphabet",
                        SCHEMA_INVALID,
                        t -> t.replace("nationalNumber", "nationalNumb\u0435r")),
                signed(
                        "a value of ten thousand characters",
                        SCHEMA_INVALID,
                        t -> t.replace(Ground.NUMBER, "9".repeat(10_000))),
                signed(
                        "thirty-three parameters",
                        SCHEMA_INVALID,
                        t -> t.replace(
                                "</env:query>",
                                "<env:parameter name=\"a\">b</env:parameter>".repeat(33) + "</env:query>")),
                signed("text beside the query", SCHEMA_INVALID, t -> t.replace("<env:query>", "x<env:query>")),
                signed(
                        "a fault in a request",
                        SCHEMA_INVALID,
                        t -> t.replaceAll(
                                "<env:query>.*</env:query>",
                                "<fault:fault xmlns:fault=\"urn:wasl:fault:1\"></fault:fault>")),
                Attack.byMember(
                        Category.PAYLOADS, "octets that are no XML", READING, FaultCode.XML_MALFORMED, ground -> {
                            Parts parts = ground.parts();
                            parts.octets(Terms.PAYLOAD, utf8("%PDF-1.7"));
                            Forger.redigest(parts);
                            Forger.sign(parts, ground.portal());
                            return ground.attempt(parts.zip());
                        }),
                Attack.onParts(
                        Category.PAYLOADS,
                        "a payload.bin that the header does not announce",
                        OPENING,
                        HEADER_INVALID,
                        ContentAttacks::renamePayload));
    }

    private static void renamePayload(Parts parts) {
        byte[] payload = parts.octets(Terms.PAYLOAD);
        byte[] signatures = parts.octets(Terms.SIGNATURES);
        parts.remove(Terms.PAYLOAD)
                .remove(Terms.SIGNATURES)
                .add("payload.bin", payload)
                .add(Terms.SIGNATURES, signatures);
    }

    private static Attack payload(String name, UnaryOperator<String> change) {
        return Attack.onParts(
                Category.CONTENT,
                "payload: " + name,
                VERIFYING,
                SIGNATURE_PAYLOAD_ALTERED,
                p -> p.text(Terms.PAYLOAD, change));
    }

    private static Attack header(String name, UnaryOperator<String> change) {
        return Attack.onParts(
                Category.CONTENT,
                "header: " + name,
                VERIFYING,
                SIGNATURE_HEADER_ALTERED,
                p -> p.text(Terms.HEADER, change));
    }

    private static Attack other(String name, FaultCode code, BiConsumer<Parts, Parts> change) {
        return new Attack(Category.CONTENT, name, Attack.By.OUTSIDER, VERIFYING, code, ground -> {
            Parts parts = ground.parts();
            change.accept(parts, Parts.of(ground.another()));
            return ground.attempt(parts.zip());
        });
    }

    private static Attack signed(String name, FaultCode code, UnaryOperator<String> change) {
        return Attack.signed(Category.PAYLOADS, name, READING, code, p -> p.text(Terms.PAYLOAD, change));
    }
}
