package org.wasl.security.attack;

import static org.wasl.schemas.fault.FaultCode.SIGNATURE_ALGORITHM;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_NOT_COVERED;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_STRUCTURE;
import static org.wasl.security.attack.Attack.Gate.OPENING;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.wasl.schemas.fault.FaultCode;

/** References that say something else than the three that there must be; each signed by a member's own key. */
final class ReferenceAttacks {

    private static final String FILE = "file:///etc/hostname";

    /** What stands in the place of {@code header.xml}. */
    private static final List<String> URIS = List.of(
            "",
            "#",
            "#xpointer(/)",
            "#xpointer(id('SignedProperties'))",
            "#Signature",
            "#SignatureValue",
            "file:header.xml",
            FILE,
            "http://127.0.0.1:9/header.xml",
            "https://127.0.0.1:9/header.xml",
            "ftp://127.0.0.1:9/header.xml",
            "ldap://127.0.0.1:9/header.xml",
            "jar:file:///etc/hostname!/header.xml",
            "data:text/plain,header",
            "urn:header.xml",
            "cid:header.xml",
            "netdoc:///etc/hostname",
            "//127.0.0.1/header.xml",
            "\\\\127.0.0.1\\header.xml",
            "header%2Exml",
            "%68eader.xml",
            "header.xml%00",
            "./header.xml",
            "../header.xml",
            "/header.xml",
            "META-INF/../header.xml",
            "META-INF/header.xml",
            "HEADER.XML",
            "Header.xml",
            "header.xml ",
            " header.xml",
            "header.xml#",
            "header.xml#xpointer(/)",
            "header.xml?x",
            "header.xml/",
            "payload.xml",
            "mimetype",
            "META-INF/manifest.xml",
            "META-INF/signatures.xml",
            "ｈeader.xml",
            "hea\u0308der.xml");

    private ReferenceAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(uris(), others(), properties()).flatMap(s -> s);
    }

    private static Stream<Attack> uris() {
        return URIS.stream()
                .map(uri -> signed(
                        "the header's reference is to '" + uri + "'",
                        SIGNATURE_NOT_COVERED,
                        t -> t.replace("URI=\"header.xml\"", "URI=\"" + uri + "\"")));
    }

    private static Stream<Attack> properties() {
        return Stream.of(
                        "",
                        "#",
                        "#xpointer(/)",
                        "#xpointer(id('SignedProperties'))",
                        "#signedproperties",
                        "#SignatureValue",
                        "SignedProperties",
                        FILE)
                .map(uri -> signed(
                        "the properties' reference is to '" + uri + "'",
                        SIGNATURE_NOT_COVERED,
                        t -> t.replace("URI=\"#SignedProperties\"", "URI=\"" + uri + "\"")));
    }

    private static Stream<Attack> others() {
        String another = "<ds:Reference URI=\"other.xml\"><ds:DigestMethod Algorithm=\"" + Terms.SHA256
                + "\"></ds:DigestMethod><ds:DigestValue>" + Forger.digest("SHA-256", new byte[1])
                + "</ds:DigestValue></ds:Reference>";
        String header = "<ds:Reference Id=\"reference-header\".*?</ds:Reference>";
        String payload = "<ds:Reference Id=\"reference-payload\".*?</ds:Reference>";
        String properties = "<ds:Reference Type=.*?</ds:Reference>";
        return Stream.of(
                signed(
                        "the header's reference has no URI",
                        SIGNATURE_NOT_COVERED,
                        t -> t.replace(" URI=\"header.xml\"", "")),
                signed(
                        "the header twice",
                        SIGNATURE_NOT_COVERED,
                        t -> t.replace("URI=\"payload.xml\"", "URI=\"header.xml\"")),
                signed(
                        "header and payload change places",
                        SIGNATURE_NOT_COVERED,
                        t -> t.replaceAll("(" + header + ")(" + payload + ")", "$2$1")),
                signed(
                        "a fourth reference",
                        SIGNATURE_NOT_COVERED,
                        t -> t.replace("</ds:SignedInfo>", another + "</ds:SignedInfo>")),
                signed(
                        "a hundred references",
                        SIGNATURE_NOT_COVERED,
                        t -> t.replace("</ds:SignedInfo>", another.repeat(97) + "</ds:SignedInfo>")),
                signed("no reference to the payload", SIGNATURE_NOT_COVERED, t -> t.replaceAll(payload, "")),
                signed("no reference to the header", SIGNATURE_NOT_COVERED, t -> t.replaceAll(header, "")),
                signed("no reference to the properties", SIGNATURE_NOT_COVERED, t -> t.replaceAll(properties, "")),
                signed(
                        "no reference at all",
                        SIGNATURE_NOT_COVERED,
                        t -> t.replaceAll(header + "|" + payload + "|" + properties, "")),
                signed(
                        "the payload's reference goes over the network",
                        SIGNATURE_NOT_COVERED,
                        t -> t.replace("URI=\"payload.xml\"", "URI=\"http://127.0.0.1:9/payload.xml\"")),
                signed(
                        "the properties' reference has another type",
                        SIGNATURE_NOT_COVERED,
                        t -> t.replace("01903#SignedProperties", "01903#Other")),
                signed(
                        "a reference of type Manifest",
                        SIGNATURE_STRUCTURE,
                        t -> t.replace(
                                "Id=\"reference-header\" URI",
                                "Id=\"reference-header\" Type=\"" + Terms.DS + "Manifest\" URI")),
                signed(
                        "a reference of another id",
                        SIGNATURE_STRUCTURE,
                        t -> t.replace("Id=\"reference-header\"", "Id=\"header\"")),
                signed("a transform of the header", SIGNATURE_NOT_COVERED, t -> transform(t, Terms.EXCLUSIVE_C14N)),
                signed(
                        "an enveloped-signature transform",
                        SIGNATURE_ALGORITHM,
                        t -> transform(t, Terms.DS + "enveloped-signature")),
                signed(
                        "a Base64 transform of the header",
                        SIGNATURE_ALGORITHM,
                        t -> transform(t, Terms.DS + "base64")));
    }

    private static String transform(String text, String algorithm) {
        return text.replace(
                "URI=\"header.xml\">",
                "URI=\"header.xml\"><ds:Transforms><ds:Transform Algorithm=\"" + algorithm
                        + "\"></ds:Transform></ds:Transforms>");
    }

    private static Attack signed(String name, FaultCode code, UnaryOperator<String> change) {
        return Attack.signed(Category.REFERENCES, name, OPENING, code, p -> p.text(Terms.SIGNATURES, change));
    }
}
