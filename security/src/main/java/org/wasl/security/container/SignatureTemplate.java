package org.wasl.security.container;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.wasl.security.crypto.SignatureMethod;

/**
 * {@code META-INF/signatures.xml} as {@link SignatureXml} writes it, cut at what varies from message to message: so that
 * writing is copying, and reading is comparing. What is signed stands in it octet for octet, in its canonical form.
 */
final class SignatureTemplate {

    /** Stands in no template, and in no media type that a header may have. */
    private static final String CUT = "\u0001";

    private static final int PARTS = 8;
    private static final int MAX_KEPT = 64;
    private static final Map<Form, SignatureTemplate> KEPT = new ConcurrentHashMap<>();

    private final List<byte[]> parts;
    private final SignatureMethod method;
    /** Where SignedInfo begins in the first part, and where it ends in the fourth. */
    private final int infoFrom;

    private final int infoTo;
    /** Where SignedProperties begins in the sixth part, and where it ends in the last. */
    private final int propertiesFrom;

    private final int propertiesTo;

    /** What decides the template. */
    private record Form(SignatureMethod method, String mediaType) {}

    /**
     * What stands in a signature that the template wrote; nothing about it is verified. All but the ranges are Base64, as
     * ASCII octets.
     *
     * @param method the signature method
     * @param headerDigest claimed for the header
     * @param payloadDigest claimed for the payload
     * @param propertiesDigest claimed for SignedProperties
     * @param value the signature value
     * @param certificate the certificate in KeyInfo
     * @param signingTime the signing time, as text
     * @param certificateDigest claimed for the certificate
     * @param signedInfo SignedInfo in canonical form
     * @param signedProperties SignedProperties in canonical form
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Filled(
            SignatureMethod method,
            byte[] headerDigest,
            byte[] payloadDigest,
            byte[] propertiesDigest,
            byte[] value,
            byte[] certificate,
            String signingTime,
            byte[] certificateDigest,
            byte[] signedInfo,
            byte[] signedProperties) {}

    private SignatureTemplate(Form form) {
        method = form.method();
        SignatureXml.Variables cut = new SignatureXml.Variables(
                form.method().uri(),
                EntryNames.payloadFor(form.mediaType()),
                form.mediaType(),
                CUT,
                CUT,
                CUT,
                CUT,
                CUT);
        byte[] properties = SignatureXml.signedProperties(cut);
        byte[] info = SignatureXml.signedInfo(cut, CUT);
        String document = new String(SignatureXml.document(cut, properties, info, CUT), StandardCharsets.UTF_8);
        parts = new ArrayList<>(PARTS);
        for (String part : document.split(CUT, -1)) {
            parts.add(part.getBytes(StandardCharsets.UTF_8));
        }
        if (parts.size() != PARTS) {
            throw new IllegalStateException("the template of a signature varies in other places than it should");
        }
        infoFrom = place(0, "<ds:SignedInfo ");
        infoTo = place(3, "</ds:SignedInfo>") + "</ds:SignedInfo>".length();
        propertiesFrom = place(5, "<xades:SignedProperties ");
        propertiesTo = place(7, "</xades:SignedProperties>") + "</xades:SignedProperties>".length();
    }

    private int place(int part, String text) {
        int place = new String(parts.get(part), StandardCharsets.UTF_8).indexOf(text);
        if (place < 0) {
            throw new IllegalStateException("the template of a signature has no " + text);
        }
        return place;
    }

    /** The template for this method and media type. */
    static SignatureTemplate of(SignatureMethod method, String mediaType) {
        Form form = new Form(method, mediaType);
        SignatureTemplate known = KEPT.get(form);
        if (known != null) {
            return known;
        }
        SignatureTemplate made = new SignatureTemplate(form);
        // Media types are the senders' choice: the first few are kept.
        if (KEPT.size() < MAX_KEPT) {
            KEPT.put(form, made);
        }
        return made;
    }

    /** Reads a signature over a payload of this media type, if one of the templates wrote it. */
    static Filled read(byte[] octets, String mediaType) throws NotByTemplate {
        for (SignatureMethod method : SignatureMethod.values()) {
            Optional<Filled> filled = of(method, mediaType).readOwn(octets);
            if (filled.isPresent()) {
                return filled.get();
            }
        }
        throw new NotByTemplate();
    }

    private Optional<Filled> readOwn(byte[] octets) throws NotByTemplate {
        TemplateCursor cursor = new TemplateCursor(octets);
        if (!cursor.passes(parts.get(0))) {
            return Optional.empty();
        }
        byte[] headerDigest = cursor.valueOctets();
        cursor.expect(parts.get(1));
        byte[] payloadDigest = cursor.valueOctets();
        cursor.expect(parts.get(2));
        byte[] propertiesDigest = cursor.valueOctets();
        int third = cursor.position();
        cursor.expect(parts.get(3));
        byte[] value = cursor.valueOctets();
        cursor.expect(parts.get(4));
        byte[] certificate = cursor.valueOctets();
        int fifth = cursor.position();
        cursor.expect(parts.get(5));
        String signingTime = cursor.value();
        cursor.expect(parts.get(6));
        byte[] certificateDigest = cursor.valueOctets();
        int last = cursor.position();
        cursor.expect(parts.get(7));
        cursor.end();
        return Optional.of(new Filled(
                method,
                headerDigest,
                payloadDigest,
                propertiesDigest,
                value,
                certificate,
                signingTime,
                certificateDigest,
                Arrays.copyOfRange(octets, infoFrom, third + infoTo),
                Arrays.copyOfRange(octets, fifth + propertiesFrom, last + propertiesTo)));
    }

    /** SignedProperties in canonical form. */
    byte[] signedProperties(byte[] signingTime, byte[] certificateDigest) {
        byte[] beginning = Arrays.copyOfRange(parts.get(5), propertiesFrom, parts.get(5).length);
        return joined(
                beginning, signingTime, parts.get(6), certificateDigest, Arrays.copyOf(parts.get(7), propertiesTo));
    }

    /** SignedInfo in canonical form: what is signed. */
    byte[] signedInfo(byte[] headerDigest, byte[] payloadDigest, byte[] propertiesDigest) {
        byte[] beginning = Arrays.copyOfRange(parts.get(0), infoFrom, parts.get(0).length);
        return joined(
                beginning,
                headerDigest,
                parts.get(1),
                payloadDigest,
                parts.get(2),
                propertiesDigest,
                Arrays.copyOf(parts.get(3), infoTo));
    }

    /** The document round what was signed. */
    byte[] document(byte[] signedInfo, byte[] value, byte[] certificate, byte[] signedProperties) {
        return joined(
                Arrays.copyOf(parts.get(0), infoFrom),
                signedInfo,
                Arrays.copyOfRange(parts.get(3), infoTo, parts.get(3).length),
                value,
                parts.get(4),
                certificate,
                Arrays.copyOf(parts.get(5), propertiesFrom),
                signedProperties,
                Arrays.copyOfRange(parts.get(7), propertiesTo, parts.get(7).length));
    }

    private static byte[] joined(byte[]... pieces) {
        int length = 0;
        for (byte[] piece : pieces) {
            length += piece.length;
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, joined, at, piece.length);
            at += piece.length;
        }
        return joined;
    }
}
