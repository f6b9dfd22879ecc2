package org.wasl.security.attack;

import static org.wasl.schemas.fault.FaultCode.HEADER_INVALID;
import static org.wasl.schemas.fault.FaultCode.SCHEMA_INVALID;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_STRUCTURE;
import static org.wasl.schemas.fault.FaultCode.XML_FORBIDDEN_NODE;
import static org.wasl.schemas.fault.FaultCode.XML_LIMIT;
import static org.wasl.schemas.fault.FaultCode.XML_MALFORMED;
import static org.wasl.security.attack.Attack.Gate.OPENING;
import static org.wasl.security.attack.Attack.Gate.READING;
import static org.wasl.security.attack.Forger.utf8;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.Parts;

/** XML that two programs read differently, or that one cannot read without harm. */
final class XmlShapeAttacks {

    private static final int MIB = 1024 * 1024;

    private XmlShapeAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(comments(), cdata(), namespaces(), floods(), large(), texts())
                .flatMap(s -> s);
    }

    private static Stream<Attack> comments() {
        return Stream.of(
                        each(
                                "a comment inside a value",
                                XML_FORBIDDEN_NODE,
                                t -> Documents.afterFirstText(t, "<!---->x")),
                        each(
                                "a comment at the end of a value",
                                XML_FORBIDDEN_NODE,
                                t -> Documents.afterFirstText(t, "<!-- -->")),
                        each("a comment between elements", XML_FORBIDDEN_NODE, t -> Documents.inside(t, "<!-- -->")),
                        each("a comment before the root", XML_FORBIDDEN_NODE, t -> "<!-- -->" + t),
                        each("a comment after the root", XML_FORBIDDEN_NODE, t -> t + "<!-- -->"),
                        each(
                                "an instruction inside a value",
                                XML_FORBIDDEN_NODE,
                                t -> Documents.afterFirstText(t, "<?a b?>")),
                        each(
                                "an instruction between elements",
                                XML_FORBIDDEN_NODE,
                                t -> Documents.inside(t, "<?a b?>")),
                        each("an instruction before the root", XML_FORBIDDEN_NODE, t -> "<?a b?>" + t),
                        each("an instruction after the root", XML_FORBIDDEN_NODE, t -> t + "<?a b?>"),
                        each("a comment that does not end", XML_MALFORMED, t -> Documents.inside(t, "<!-- ")),
                        each("two hyphens in a comment", XML_MALFORMED, t -> Documents.inside(t, "<!-- -- -->")))
                .flatMap(s -> s);
    }

    private static Stream<Attack> cdata() {
        return Stream.of(
                header(
                        "CDATA for a value that is none",
                        HEADER_INVALID,
                        t -> t.replace("REQUEST", "<![CDATA[QUESTION]]>")),
                header("CDATA between elements", HEADER_INVALID, t -> Documents.inside(t, "<![CDATA[x]]>")),
                signatures(
                        "CDATA round a digest",
                        t -> t.replaceFirst("<ds:DigestValue>([^<]*)", "<ds:DigestValue><![CDATA[$1]]>")),
                signatures("an empty CDATA section", t -> Documents.afterFirstText(t, "<![CDATA[]]>")),
                signatures(
                        "a character by reference",
                        t -> t.replaceFirst("=</ds:DigestValue>", "&#61;</ds:DigestValue>")),
                signatures(
                        "a line end by reference", t -> t.replaceFirst("</ds:DigestValue>", "&#10;</ds:DigestValue>")));
    }

    private static Stream<Attack> namespaces() {
        return Stream.of(
                header(
                        "another namespace",
                        HEADER_INVALID,
                        t -> t.replace("urn:wasl:envelope:1", "urn:wasl:envelope:2")),
                header("no namespace", HEADER_INVALID, t -> t.replace("env:", "")
                        .replaceFirst(" xmlns:env=\"[^\"]*\"", "")),
                header(
                        "a namespace redefined inside",
                        HEADER_INVALID,
                        t -> t.replace("<env:kind>", "<env:kind xmlns:env=\"urn:x\">")),
                header(
                        "a default namespace inside",
                        HEADER_INVALID,
                        t -> t.replace("<env:kind>REQUEST</env:kind>", "<kind xmlns=\"urn:x\">REQUEST</kind>")),
                header("a prefix that nothing declares", XML_MALFORMED, t -> Documents.inside(t, "<u:x></u:x>")),
                header("a prefix declared empty", XML_MALFORMED, t -> Documents.attribute(t, "xmlns:u=\"\"")),
                header("the prefix xml for another", XML_MALFORMED, t -> Documents.attribute(t, "xmlns:xml=\"urn:x\"")),
                header(
                        "the prefix xmlns declared",
                        XML_MALFORMED,
                        t -> Documents.attribute(t, "xmlns:xmlns=\"urn:x\"")),
                header("an attribute twice", XML_MALFORMED, t -> Documents.attribute(t, "version=\"1.0\"")),
                header(
                        "an attribute twice by two prefixes",
                        XML_MALFORMED,
                        t -> Documents.attribute(t, "xmlns:u=\"urn:x\" xmlns:v=\"urn:x\" u:a=\"1\" v:a=\"2\"")),
                header(
                        "a foreign attribute",
                        HEADER_INVALID,
                        t -> Documents.attribute(t, "xmlns:u=\"urn:x\" u:a=\"1\"")),
                header("xml:base", HEADER_INVALID, t -> Documents.attribute(t, "xml:base=\"http://127.0.0.1:9/\"")),
                header("xml:id", HEADER_INVALID, t -> Documents.attribute(t, "xml:id=\"SignedProperties\"")),
                signatures(
                        "another namespace for the root", t -> t.replace("http://uri.etsi.org/02918/v1.2.1#", "urn:x")),
                signatures("another namespace for XAdES", t -> t.replace("http://uri.etsi.org/01903/v1.3.2#", "urn:x")),
                signatures(
                        "the namespace of XML signatures 1.1",
                        t -> t.replace("xmlns:ds=\"" + Terms.DS, "xmlns:ds=\"http://www.w3.org/2009/xmldsig11#")),
                signatures("another prefix", t -> t.replace("ds:", "dsig:").replace("xmlns:ds=", "xmlns:dsig=")),
                signatures(
                        "a declaration more on SignedInfo",
                        t -> t.replace("<ds:SignedInfo ", "<ds:SignedInfo xmlns:u=\"urn:x\" ")),
                signatures("a declaration more on the root", t -> Documents.attribute(t, "xmlns:u=\"urn:x\"")),
                signatures(
                        "a relative namespace (CVE-2025-66567 class)", t -> Documents.attribute(t, "xmlns:u=\"x/y\"")),
                signatures(
                        "xml:space on SignedInfo",
                        t -> t.replace("<ds:SignedInfo ", "<ds:SignedInfo xml:space=\"preserve\" ")),
                signatures("white space", t -> t.replace("<ds:KeyInfo>", "\n<ds:KeyInfo>")),
                signatures("carriage returns", t -> t.replace("<ds:KeyInfo>", "&#13;<ds:KeyInfo>")),
                signatures("other quotes", t -> t.replace("Id=\"SignatureValue\"", "Id='SignatureValue'")),
                signatures("an empty-element tag", t -> t.replaceFirst("></ds:DigestMethod>", "/>")),
                signatures(
                        "attributes in another order",
                        t -> t.replaceAll("(Id=\"reference-header\") (URI=\"header.xml\")", "$2 $1")),
                signatures("an XML declaration", t -> "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + t),
                signatures("a byte order mark", t -> "\ufeff" + t),
                signatures("an attribute more", t -> t.replace("<ds:KeyInfo>", "<ds:KeyInfo Id=\"k\">")),
                signatures(
                        "an element more",
                        t -> t.replace("</ds:KeyInfo>", "<u:x xmlns:u=\"urn:x\"></u:x></ds:KeyInfo>")),
                signatures("an empty document", t -> "<x></x>"));
    }

    private static Stream<Attack> floods() {
        return Stream.of(
                        each("elements sixty-five deep", XML_LIMIT, t -> Documents.inside(t, nested(70))),
                        each("elements two thousand deep", XML_LIMIT, t -> Documents.inside(t, nested(2_000))),
                        each("elements that do not end", XML_LIMIT, t -> Documents.inside(t, "<a>".repeat(4_000))),
                        each("sixty-five attributes", XML_LIMIT, t -> Documents.attribute(t, attributes(65))),
                        each("a thousand attributes", XML_LIMIT, t -> Documents.attribute(t, attributes(1_000))),
                        each("a name that begins with a colon", XML_MALFORMED, t -> Documents.inside(t, "<:a></:a>")),
                        each(
                                "a name of a thousand characters",
                                XML_LIMIT,
                                t -> Documents.inside(t, empty("a".repeat(1_000)))),
                        each(
                                "an attribute's name of a thousand characters",
                                XML_LIMIT,
                                t -> Documents.attribute(t, "a".repeat(1_000) + "=\"\"")))
                .flatMap(s -> s);
    }

    /** As large as a payload may be, and signed by a member. */
    private static Stream<Attack> large() {
        return Stream.of(
                query(
                        "a quarter of a million parameters",
                        SCHEMA_INVALID,
                        "<env:parameter name=\"a\">b</env:parameter>".repeat(230_000)),
                query("two million empty elements", SCHEMA_INVALID, "<a/>".repeat(2 * MIB)),
                query("seven hundred thousand names", SCHEMA_INVALID, names(700_000)),
                query("a million attributes", XML_LIMIT, ("<a " + attributes(60) + "/>").repeat(17_000)),
                payload("nine mebibytes of text", XML_LIMIT, t -> Documents.afterFirstText(t, "a".repeat(9 * MIB))),
                payload(
                        "nine mebibytes in one attribute",
                        XML_LIMIT,
                        t -> Documents.attribute(t, "a=\"" + "a".repeat(9 * MIB) + "\"")),
                payload(
                        "nine mebibytes of blanks in a tag",
                        XML_LIMIT,
                        t -> Documents.attribute(t, " ".repeat(9 * MIB))),
                payload("nine mebibytes of a name", XML_LIMIT, t -> Documents.inside(t, "<" + "a".repeat(9 * MIB))),
                payload(
                        "nine mebibytes in a comment",
                        XML_LIMIT,
                        t -> Documents.inside(t, "<!--" + "a".repeat(9 * MIB) + "-->")),
                payload(
                        "three mebibytes of blanks",
                        SCHEMA_INVALID,
                        t -> Documents.inside(t, " ".repeat(3 * MIB) + "<x></x>")),
                payload(
                        "two million references",
                        XML_LIMIT,
                        t -> Documents.afterFirstText(t, "&#97;".repeat(2_000_000 - 500))),
                payload("ten mebibytes of brackets", XML_MALFORMED, t -> "<".repeat(10 * MIB - 10)),
                payload("ten mebibytes of zeros", FaultCode.XML_ENCODING, t -> "\0".repeat(10 * MIB)),
                payload(
                        "a thousand fines and one",
                        SCHEMA_INVALID,
                        t -> record(t, "fines", "<traffic:fine></traffic:fine>".repeat(1_001))),
                payload(
                        "as many elements as may be of a valid record, wrong at its end",
                        SCHEMA_INVALID,
                        t -> record(t, "vehicles", vehicles() + "<traffic:wrong></traffic:wrong>")),
                payload(
                        "more elements than may be of a valid record",
                        XML_LIMIT,
                        t -> record(
                                t,
                                "vehicles",
                                vehicles().replace("<traffic:lien>", "<traffic:lien xmlns:a=\"urn:x\">"))));
    }

    private static String record(String payload, String name, String inside) {
        return payload.substring(0, payload.indexOf("<env:query>")) + "<traffic:" + name
                + " xmlns:traffic=\"urn:wasl:traffic:1\">" + inside + "</traffic:" + name + "></env:payload>";
    }

    /** As many elements as the schema allows. */
    private static String vehicles() {
        String vehicle = "<traffic:vehicle>"
                + "<traffic:owner></traffic:owner>".repeat(64)
                + "<traffic:restriction></traffic:restriction>".repeat(64)
                + "<traffic:lien></traffic:lien>".repeat(64)
                + "</traffic:vehicle>";
        return vehicle.repeat(100);
    }

    /** Values that would be something else in a log, a shell, a path or a query. */
    private static Stream<Attack> texts() {
        return Stream.of(
                        "a line end\n",
                        "a carriage return&#13;",
                        "a tab\t",
                        "a quote'",
                        "${jndi:ldap://127.0.0.1:9/a}",
                        "&lt;script&gt;",
                        "'; DROP TABLE message; --",
                        "\u202e",
                        "\u0000".replace("\u0000", "&#x85;"))
                .map(text -> header(
                        "a correlation id with " + printable(text),
                        HEADER_INVALID,
                        t -> t.replace(">track-1<", ">" + text + "<")));
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static String nested(int depth) {
        return "<a>".repeat(depth) + "</a>".repeat(depth);
    }

    private static String attributes(int count) {
        return IntStream.range(0, count).mapToObj(i -> "a" + i + "=\"\"").collect(Collectors.joining(" "));
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "<a" + i + "/>").collect(Collectors.joining());
    }

    private static String empty(String name) {
        return "<" + name + "></" + name + ">";
    }

    private static Stream<Attack> each(String what, FaultCode code, UnaryOperator<String> change) {
        return Documents.each(Category.XML_SHAPE, what, code, t -> utf8(change.apply(t)));
    }

    private static Attack header(String name, FaultCode code, UnaryOperator<String> change) {
        return Attack.signed(Category.XML_SHAPE, "header: " + name, OPENING, code, p -> p.text(Terms.HEADER, change));
    }

    private static Attack signatures(String name, UnaryOperator<String> change) {
        return Attack.onParts(
                Category.XML_SHAPE,
                "signatures: " + name,
                OPENING,
                SIGNATURE_STRUCTURE,
                p -> p.text(Terms.SIGNATURES, change));
    }

    private static Attack query(String name, FaultCode code, String inside) {
        return payload(name, code, t -> t.replace("</env:query>", inside + "</env:query>"));
    }

    private static Attack payload(String name, FaultCode code, UnaryOperator<String> change) {
        Consumer<Parts> apply = p -> p.text(Terms.PAYLOAD, change);
        return Attack.signed(Category.XML_SHAPE, "payload: " + name, READING, code, apply);
    }
}
