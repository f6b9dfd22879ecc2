package org.wasl.security.attack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.wasl.security.container.Parts;

/**
 * Signs by hand what the product would never sign: digests are computed anew for whatever the entries now hold, and the
 * text of SignedInfo is signed as it stands. An attack that changes SignedInfo keeps it in canonical form.
 */
final class Forger {

    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final Pattern SIGNED_INFO = Pattern.compile("<ds:SignedInfo .*?</ds:SignedInfo>", Pattern.DOTALL);
    private static final Pattern PROPERTIES =
            Pattern.compile("<xades:SignedProperties .*</xades:SignedProperties>", Pattern.DOTALL);

    private Forger() {}

    /** Makes every digest right again that the signature still names. */
    static void redigest(Parts parts) {
        redigest(parts, "SHA-256");
    }

    static void redigest(Parts parts, String algorithm) {
        String text = parts.text(Terms.SIGNATURES);
        text = reference(text, Terms.HEADER, digest(algorithm, parts.octets(Terms.HEADER)));
        text = reference(text, Terms.PAYLOAD, digest(algorithm, parts.octets(Terms.PAYLOAD)));
        Matcher properties = PROPERTIES.matcher(text);
        if (properties.find()) {
            text = reference(text, "#SignedProperties", digest(algorithm, utf8(properties.group())));
        }
        parts.octets(Terms.SIGNATURES, utf8(text));
    }

    private static String reference(String text, String uri, String digest) {
        String value = "(URI=\"" + Pattern.quote(uri) + "\"[^>]*>(?:(?!</ds:Reference>).)*?<ds:DigestValue>)[^<]*";
        return Pattern.compile(value, Pattern.DOTALL).matcher(text).replaceFirst("$1" + digest);
    }

    /** Signs SignedInfo as it stands, by the product's own algorithm. */
    static void sign(Parts parts, KeyPair key) {
        sign(parts, key, "SHA256withECDSAinP1363Format");
    }

    /** Signs SignedInfo as it stands, by any algorithm. */
    static void sign(Parts parts, KeyPair key, String algorithm) {
        try {
            Signature signature = signature(algorithm);
            signature.initSign(key.getPrivate());
            signature.update(signedInfo(parts));
            byte[] value = signature.sign();
            value(parts, algorithm.endsWith("SHA256withECDSAinP1363Format") ? lower(value) : value);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Authenticates SignedInfo by a secret that is none. */
    static void authenticate(Parts parts, byte[] secret, String algorithm) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            value(parts, mac.doFinal(signedInfo(parts)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] signedInfo(Parts parts) {
        Matcher found = SIGNED_INFO.matcher(parts.text(Terms.SIGNATURES));
        if (!found.find()) {
            throw new AssertionError("there is nothing to sign");
        }
        return utf8(found.group());
    }

    static byte[] value(Parts parts) {
        String text = parts.text(Terms.SIGNATURES);
        String before = "<ds:SignatureValue Id=\"SignatureValue\">";
        int from = text.indexOf(before) + before.length();
        return Base64.getDecoder().decode(text.substring(from, text.indexOf('<', from)));
    }

    static void value(Parts parts, byte[] value) {
        set(parts, "<ds:SignatureValue Id=\"SignatureValue\">", base64(value));
    }

    /** Puts another certificate into KeyInfo. */
    static void keyInfo(Parts parts, byte[] certificate) {
        set(parts, "<ds:X509Certificate>", base64(certificate));
    }

    /** Puts another certificate into KeyInfo and into the signed properties. */
    static void certificate(Parts parts, X509Certificate certificate) {
        byte[] octets = encoded(certificate);
        keyInfo(parts, octets);
        String text = parts.text(Terms.SIGNATURES);
        String digest = "(<xades:CertDigest>.*?<ds:DigestValue[^>]*>)[^<]*";
        parts.octets(
                Terms.SIGNATURES,
                utf8(Pattern.compile(digest).matcher(text).replaceFirst("$1" + digest("SHA-256", octets))));
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    static String digest(String algorithm, byte[] octets) {
        try {
            return base64(MessageDigest.getInstance(algorithm).digest(octets));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void set(Parts parts, String tag, String value) {
        String text = parts.text(Terms.SIGNATURES);
        int from = text.indexOf(tag) + tag.length();
        int to = text.indexOf('<', from);
        parts.octets(Terms.SIGNATURES, utf8(text.substring(0, from) + value + text.substring(to)));
    }

    private static Signature signature(String algorithm) throws GeneralSecurityException {
        try {
            return Signature.getInstance(algorithm);
        } catch (GeneralSecurityException e) {
            return Signature.getInstance(algorithm, BOUNCY_CASTLE);
        }
    }

    private static byte[] lower(byte[] value) {
        return org.wasl.security.crypto.SignatureMethod.ECDSA_P256_SHA256.wellFormed(value);
    }
}
