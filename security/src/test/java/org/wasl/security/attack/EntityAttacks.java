package org.wasl.security.attack;

import static org.wasl.schemas.fault.FaultCode.HEADER_INVALID;
import static org.wasl.schemas.fault.FaultCode.SCHEMA_INVALID;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_STRUCTURE;
import static org.wasl.schemas.fault.FaultCode.XML_DOCTYPE;
import static org.wasl.schemas.fault.FaultCode.XML_FORBIDDEN_NODE;
import static org.wasl.schemas.fault.FaultCode.XML_MALFORMED;
import static org.wasl.security.attack.Forger.utf8;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Documents that want more read than stands in them, or that grow when read. */
final class EntityAttacks {

    private static final String XSI = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" ";
    private static final String XINCLUDE = "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" ";

    private EntityAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(doctypes(), instances(), inclusions()).flatMap(s -> s);
    }

    private static Stream<Attack> doctypes() {
        String quadratic = "<!ENTITY a \"" + "a".repeat(4_000) + "\">";
        return Stream.of(
                        doctype("an empty DOCTYPE", ""),
                        doctype("an internal entity", "[<!ENTITY a \"b\">]"),
                        used("billion laughs", laughs(), "&l9;"),
                        used("quadratic blow-up", "[" + quadratic + "]", "&a;".repeat(1_000)),
                        used("an entity of itself", "[<!ENTITY a \"&a;\">]", "&a;"),
                        used("an external entity: a file", "[<!ENTITY a SYSTEM \"file:///etc/hostname\">]", "&a;"),
                        used("an external entity: a folder", "[<!ENTITY a SYSTEM \"file:///etc/\">]", "&a;"),
                        used("an external entity: http", "[<!ENTITY a SYSTEM \"http://127.0.0.1:9/\">]", "&a;"),
                        used("an external entity: jar", "[<!ENTITY a SYSTEM \"jar:http://127.0.0.1:9/a!/b\">]", "&a;"),
                        used("an external entity: PUBLIC", "[<!ENTITY a PUBLIC \"a\" \"http://127.0.0.1:9/\">]", "&a;"),
                        used("an external entity: never-ending", "[<!ENTITY a SYSTEM \"file:///dev/zero\">]", "&a;"),
                        used(
                                "an unparsed entity",
                                "[<!NOTATION n SYSTEM \"n\"><!ENTITY a SYSTEM \"file:///etc/hostname\" NDATA n>]",
                                ""),
                        doctype("a parameter entity", "[<!ENTITY % a SYSTEM \"http://127.0.0.1:9/\"> %a;]"),
                        doctype(
                                "a parameter entity that leaks a file",
                                "[<!ENTITY % f SYSTEM \"file:///etc/hostname\"><!ENTITY % e \"<!ENTITY &#37; s SYSTEM"
                                        + " 'http://127.0.0.1:9/?%f;'>\"> %e; %s;]"),
                        doctype("an external DTD", "SYSTEM \"http://127.0.0.1:9/a.dtd\""),
                        doctype("an external DTD in a file", "SYSTEM \"file:///etc/hostname\""),
                        doctype("a public DTD", "PUBLIC \"-//W3C//DTD XHTML 1.0//EN\" \"http://127.0.0.1:9/x\""),
                        doctype("attributes by default", "[<!ATTLIST x Id CDATA \"SignedProperties\">]"),
                        doctype("ids by declaration", "[<!ATTLIST x Id ID #IMPLIED>]"),
                        each("DOCTYPE after a comment", XML_FORBIDDEN_NODE, t -> "<!-- --><!DOCTYPE x>" + t),
                        each("DOCTYPE in lower case", XML_MALFORMED, t -> "<!doctype x>" + t),
                        each("DOCTYPE after the root", XML_MALFORMED, t -> t + "<!DOCTYPE x>"),
                        each("an entity that nothing declares", XML_MALFORMED, t -> Documents.afterFirstText(t, "&a;")),
                        each("an HTML entity", XML_MALFORMED, t -> Documents.afterFirstText(t, "&nbsp;")))
                .flatMap(s -> s);
    }

    private static Stream<Attack> instances() {
        return Stream.of(
                        schema("xsi:schemaLocation", XSI + "xsi:schemaLocation=\"urn:x http://127.0.0.1:9/x.xsd\""),
                        schema(
                                "xsi:schemaLocation in a file",
                                XSI + "xsi:schemaLocation=\"urn:wasl:envelope:1 file:///etc/hostname\""),
                        schema(
                                "xsi:noNamespaceSchemaLocation",
                                XSI + "xsi:noNamespaceSchemaLocation=\"http://127.0.0.1:9/x.xsd\""),
                        schema(
                                "xsi:type",
                                XSI + "xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xsi:type=\"xs:anyType\""),
                        schema("xsi:nil", XSI + "xsi:nil=\"true\""))
                .flatMap(s -> s);
    }

    private static Stream<Attack> inclusions() {
        return Stream.of(
                        include("XInclude of a file", "href=\"file:///etc/hostname\" parse=\"text\"/>"),
                        include("XInclude over the network", "href=\"http://127.0.0.1:9/\"/>"),
                        include("XInclude of the document itself", "href=\"\" xpointer=\"element(/1)\"/>"),
                        each(
                                "a style sheet",
                                XML_FORBIDDEN_NODE,
                                t -> "<?xml-stylesheet href=\"http://127.0.0.1:9/a.xsl\" type=\"text/xsl\"?>" + t),
                        each(
                                "a catalogue",
                                XML_FORBIDDEN_NODE,
                                t -> "<?oasis-xml-catalog catalog=\"http://127.0.0.1:9/catalog.xml\"?>" + t))
                .flatMap(s -> s);
    }

    private static String laughs() {
        StringBuilder text = new StringBuilder("[<!ENTITY l0 \"lol\">");
        for (int i = 1; i <= 9; i++) {
            text.append("<!ENTITY l")
                    .append(i)
                    .append(" \"")
                    .append(("&l" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        return text.append(']').toString();
    }

    private static Stream<Attack> doctype(String what, String declaration) {
        return used(what, declaration, "");
    }

    private static Stream<Attack> used(String what, String declaration, String reference) {
        return each(
                what, XML_DOCTYPE, t -> "<!DOCTYPE x " + declaration + ">" + Documents.afterFirstText(t, reference));
    }

    private static Stream<Attack> schema(String what, String attributes) {
        return Documents.each(
                Category.ENTITIES,
                what,
                HEADER_INVALID,
                SIGNATURE_STRUCTURE,
                SCHEMA_INVALID,
                t -> utf8(Documents.attribute(t, attributes)));
    }

    private static Stream<Attack> include(String what, String attributes) {
        return Documents.each(
                Category.ENTITIES,
                what,
                HEADER_INVALID,
                SIGNATURE_STRUCTURE,
                SCHEMA_INVALID,
                t -> utf8(Documents.inside(t, XINCLUDE + attributes)));
    }

    private static Stream<Attack> each(
            String what, org.wasl.schemas.fault.FaultCode code, UnaryOperator<String> change) {
        return Documents.each(Category.ENTITIES, what, code, t -> utf8(change.apply(t)));
    }
}
