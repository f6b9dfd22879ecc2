package org.wasl.security.attack;

import static org.wasl.schemas.fault.FaultCode.CONTAINER_ENTRY_EXTRA;
import static org.wasl.schemas.fault.FaultCode.HEADER_INVALID;
import static org.wasl.schemas.fault.FaultCode.SCHEMA_INVALID;
import static org.wasl.schemas.fault.FaultCode.SCHEMA_UNKNOWN;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_PAYLOAD_ALTERED;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_STRUCTURE;
import static org.wasl.security.attack.Attack.Gate.OPENING;
import static org.wasl.security.attack.Attack.Gate.READING;
import static org.wasl.security.attack.Attack.Gate.VERIFYING;
import static org.wasl.security.attack.Forger.utf8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.Parts;

/**
 * Signature wrapping. The eight classical permutations of signed element, forged element and signature are applied at
 * four places: the header's root, the payload's root, the signature, and the signed properties inside its Object.
 */
final class WrappingAttacks {

    private static final int PERMUTATIONS = 8;
    private static final String WRAPPER = "<w:wrapper xmlns:w=\"urn:wasl:attack:wrapper\">";
    private static final Pattern SIGNATURE = Pattern.compile("<ds:Signature .*</ds:Signature>", Pattern.DOTALL);
    private static final Pattern PROPERTIES =
            Pattern.compile("<xades:SignedProperties .*</xades:SignedProperties>", Pattern.DOTALL);

    private WrappingAttacks() {}

    static Stream<Attack> all() {
        List<Attack> all = new ArrayList<>();
        for (int n = 1; n <= PERMUTATIONS; n++) {
            int permutation = n;
            boolean otherRoot = n == 3 || n == 4 || n == 5;
            all.add(opening("XSW" + n + " in the header", HEADER_INVALID, p -> wrapHeader(p, permutation)));
            all.add(Attack.signed(
                    Category.WRAPPING,
                    "XSW" + n + " in the header, signed",
                    OPENING,
                    HEADER_INVALID,
                    p -> wrapHeader(p, permutation)));
            all.add(Attack.onParts(
                    Category.WRAPPING,
                    "XSW" + n + " in the payload",
                    VERIFYING,
                    SIGNATURE_PAYLOAD_ALTERED,
                    p -> wrapPayload(p, permutation)));
            all.add(Attack.signed(
                    Category.WRAPPING,
                    "XSW" + n + " in the payload, signed",
                    READING,
                    otherRoot ? SCHEMA_UNKNOWN : SCHEMA_INVALID,
                    p -> wrapPayload(p, permutation)));
            all.add(Attack.byMember(
                    Category.WRAPPING,
                    "XSW" + n + " of the signature",
                    OPENING,
                    SIGNATURE_STRUCTURE,
                    g -> wrapSignature(g, permutation)));
            all.add(opening(
                    "XSW" + n + " of the signed properties in Object",
                    SIGNATURE_STRUCTURE,
                    p -> wrapProperties(p, permutation)));
        }
        return Stream.concat(all.stream(), others());
    }

    private static Stream<Attack> others() {
        return Stream.of(
                signatures("the signature twice", t -> t.replaceAll("(?s)(<ds:Signature .*</ds:Signature>)", "$1$1")),
                Attack.byMember(
                        Category.WRAPPING,
                        "a stranger's signature before the genuine one",
                        OPENING,
                        SIGNATURE_STRUCTURE,
                        g -> sibling(g, true)),
                Attack.byMember(
                        Category.WRAPPING,
                        "a stranger's signature after the genuine one",
                        OPENING,
                        SIGNATURE_STRUCTURE,
                        g -> sibling(g, false)),
                signatures("a signature inside Object", t -> inObject(t, SIGNATURE)),
                signatures("a signature inside KeyInfo", t -> {
                    Matcher found = SIGNATURE.matcher(t);
                    return found.find() ? t.replace("<ds:KeyInfo>", "<ds:KeyInfo>" + found.group()) : t;
                }),
                signatures(
                        "an empty Object before", t -> t.replace("<ds:Object>", "<ds:Object></ds:Object><ds:Object>")),
                signatures(
                        "an Object with the properties' id",
                        t -> t.replace("<ds:Object>", "<ds:Object Id=\"SignedProperties\">")),
                signatures(
                        "the signature carries the properties' id",
                        t -> t.replace("Id=\"Signature\"", "Id=\"SignedProperties\"")),
                signatures(
                        "unsigned properties",
                        t -> t.replace(
                                "</xades:SignedProperties>",
                                "</xades:SignedProperties><xades:UnsignedProperties></xades:UnsignedProperties>")),
                signatures(
                        "the signature is the root",
                        t -> t.replaceAll("^<asic:XAdESSignatures[^>]*>|</asic:XAdESSignatures>$", "")),
                opening(
                        "a second file of signatures",
                        CONTAINER_ENTRY_EXTRA,
                        p -> p.add("META-INF/signatures2.xml", p.octets(Terms.SIGNATURES))),
                opening(
                        "an enveloped signature in the header",
                        HEADER_INVALID,
                        p -> p.text(
                                Terms.HEADER,
                                t -> t.replace("</env:header>", element(p, SIGNATURE) + "</env:header>"))),
                Attack.signed(
                        Category.WRAPPING,
                        "an enveloped signature in the payload",
                        READING,
                        SCHEMA_INVALID,
                        p -> p.text(
                                Terms.PAYLOAD,
                                t -> t.replace("</env:payload>", element(p, SIGNATURE) + "</env:payload>"))),
                manifest(
                        "references in a Manifest, where nobody checks them",
                        "http://www.w3.org/2000/09/xmldsig#Manifest"),
                manifest("references in an Object without a type", ""));
    }

    private static Attack opening(String name, FaultCode code, Consumer<Parts> change) {
        return Attack.onParts(Category.WRAPPING, name, OPENING, code, change);
    }

    private static Attack signatures(String name, UnaryOperator<String> change) {
        return opening(name, SIGNATURE_STRUCTURE, p -> p.text(Terms.SIGNATURES, change));
    }

    private static void wrapHeader(Parts parts, int permutation) {
        String signature = element(parts, SIGNATURE);
        parts.text(Terms.HEADER, t -> arrange(permutation, t, t.replace("GENERAL_CLEARANCE", "COURT_CASE"), signature));
    }

    private static void wrapPayload(Parts parts, int permutation) {
        String signature = element(parts, SIGNATURE);
        parts.text(Terms.PAYLOAD, t -> arrange(permutation, t, t.replace(Ground.NUMBER, "9990000002"), signature));
    }

    private static void wrapProperties(Parts parts, int permutation) {
        String signature = element(parts, SIGNATURE);
        String original = element(parts, PROPERTIES);
        String evil = original.replaceAll("<xades:SigningTime>....", "<xades:SigningTime>1999");
        parts.replace(Terms.SIGNATURES, original, arrange(permutation, original, evil, signature));
    }

    /** A stranger's own signature over a payload of his own, arranged with the genuine one. */
    private static Attempt wrapSignature(Ground ground, int permutation) {
        Parts forged = forged(ground);
        String evil = element(forged, SIGNATURE);
        forged.octets(Terms.SIGNATURES, ground.parts().octets(Terms.SIGNATURES));
        String original = element(forged, SIGNATURE);
        forged.replace(Terms.SIGNATURES, original, arrange(permutation, original, evil, original));
        return ground.attempt(forged.zip());
    }

    private static Attempt sibling(Ground ground, boolean first) {
        Parts forged = forged(ground);
        String evil = element(forged, SIGNATURE);
        forged.octets(Terms.SIGNATURES, ground.parts().octets(Terms.SIGNATURES));
        String original = element(forged, SIGNATURE);
        forged.replace(Terms.SIGNATURES, original, first ? evil + original : original + evil);
        return ground.attempt(forged.zip());
    }

    /** A container that anybody can make: another payload, a key of his own, its own certificate in KeyInfo. */
    static Parts forged(Ground ground) {
        Parts parts = ground.parts();
        parts.replace(Terms.PAYLOAD, Ground.NUMBER, "9990000002");
        Forger.certificate(parts, ground.certificate(ground.key("EC")));
        Forger.redigest(parts);
        Forger.sign(parts, ground.key("EC"));
        return parts;
    }

    /** SignedInfo refers to an Object that lists the files with digests of other files: core validation does not look. */
    private static Attack manifest(String name, String type) {
        return Attack.byMember(Category.WRAPPING, name, OPENING, SIGNATURE_STRUCTURE, ground -> {
            Parts parts = ground.parts();
            String text = parts.text(Terms.SIGNATURES);
            Matcher files = Pattern.compile("<ds:Reference Id=\"reference-header\".*?</ds:Reference>"
                            + "<ds:Reference Id=\"reference-payload\".*?</ds:Reference>")
                    .matcher(text);
            if (!files.find()) {
                throw new AssertionError("the format has changed");
            }
            String manifest = "<ds:Manifest xmlns:ds=\"" + Terms.DS + "\" Id=\"m\">" + files.group() + "</ds:Manifest>";
            String reference = "<ds:Reference" + (type.isEmpty() ? "" : " Type=\"" + type + "\"") + " URI=\"#m\">"
                    + "<ds:Transforms><ds:Transform Algorithm=\"" + Terms.EXCLUSIVE_C14N
                    + "\"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm=\"" + Terms.SHA256
                    + "\"></ds:DigestMethod><ds:DigestValue>" + Forger.digest("SHA-256", utf8(manifest))
                    + "</ds:DigestValue></ds:Reference>";
            parts.octets(
                    Terms.SIGNATURES,
                    utf8(text.replace(files.group(), reference)
                            .replace("<ds:Object>", "<ds:Object>" + manifest + "</ds:Object><ds:Object>")));
            parts.replace(Terms.PAYLOAD, Ground.NUMBER, "9990000002");
            Forger.sign(parts, ground.portal());
            return ground.attempt(parts.zip());
        });
    }

    /** The n-th permutation of XSW. */
    private static String arrange(int n, String original, String evil, String signature) {
        return switch (n) {
            case 1 -> atEnd(evil, wrap(original));
            case 2 -> atStart(evil, wrap(original));
            case 3 -> wrap(evil + original);
            case 4 -> wrap(original + evil);
            case 5 -> wrap(atEnd(evil, signature) + original);
            case 6 ->
                atEnd(evil, signature.replace("<ds:Object>", "<ds:Object>" + original + "</ds:Object><ds:Object>"));
            case 7 -> atStart(original, wrap(evil));
            case 8 -> atEnd(evil, "<ds:Object xmlns:ds=\"" + Terms.DS + "\">" + original + "</ds:Object>");
            default -> throw new AssertionError("there are eight");
        };
    }

    private static String wrap(String text) {
        return WRAPPER + text + "</w:wrapper>";
    }

    private static String atStart(String element, String inner) {
        int at = element.indexOf('>') + 1;
        return element.substring(0, at) + inner + element.substring(at);
    }

    private static String atEnd(String element, String inner) {
        int at = element.lastIndexOf("</");
        return element.substring(0, at) + inner + element.substring(at);
    }

    private static String inObject(String text, Pattern pattern) {
        Matcher found = pattern.matcher(text);
        return found.find()
                ? text.replace("<ds:Object>", "<ds:Object>" + found.group() + "</ds:Object><ds:Object>")
                : text;
    }

    private static String element(Parts parts, Pattern pattern) {
        Matcher found = pattern.matcher(parts.text(Terms.SIGNATURES));
        if (!found.find()) {
            throw new AssertionError("the format has changed");
        }
        return found.group();
    }
}
