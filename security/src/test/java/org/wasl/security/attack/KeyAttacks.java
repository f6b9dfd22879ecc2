package org.wasl.security.attack;

import static org.wasl.schemas.fault.FaultCode.SIGNATURE_ALGORITHM;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_STRUCTURE;
import static org.wasl.security.attack.Attack.Gate.OPENING;
import static org.wasl.security.attack.Attack.Gate.VERIFYING;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.wasl.security.container.Parts;

/** Keys that are used as what they are not, keys that are too weak, and keys that come with the message. */
final class KeyAttacks {

    private KeyAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(secrets(), mismatches(), weak(), keyInfo()).flatMap(s -> s);
    }

    /** The public key is public: whoever takes it for a shared secret believes anybody. */
    private static Stream<Attack> secrets() {
        Map<String, Function<Ground, byte[]>> secrets = new LinkedHashMap<>();
        secrets.put("the encoded public key", g -> g.portal().getPublic().getEncoded());
        secrets.put(
                "the public point",
                g -> ((ECPublicKey) g.portal().getPublic()).getW().getAffineX().toByteArray());
        secrets.put("the certificate", g -> Forger.encoded(g.portalKey().certificate()));
        return secrets.entrySet().stream().flatMap(secret -> Stream.of("sha1", "sha256")
                .map(hash -> new Attack(
                        Category.KEYS,
                        "HMAC-" + hash + " with " + secret.getKey(),
                        Attack.By.OUTSIDER,
                        OPENING,
                        SIGNATURE_ALGORITHM,
                        ground -> hmac(ground, hash, secret.getValue().apply(ground)))));
    }

    private static Attempt hmac(Ground ground, String hash, byte[] secret) {
        Parts parts = ground.parts();
        String uri = (hash.equals("sha1") ? Terms.DS : Terms.DS_MORE) + "hmac-" + hash;
        parts.replace(Terms.SIGNATURES, Terms.ECDSA_SHA256, uri);
        parts.replace(Terms.PAYLOAD, Ground.NUMBER, "9990000002");
        Forger.redigest(parts);
        Forger.authenticate(parts, secret, "Hmac" + hash);
        return ground.attempt(parts.zip());
    }

    /** The certificate is right, the method is another key's. */
    private static Stream<Attack> mismatches() {
        String ed25519 = "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519";
        return Stream.of(
                registered("an RSA method with the EC key", "EC", Terms.RSA_SHA256, "SHA256withECDSAinP1363Format"),
                registered("an Ed25519 method with the EC key", "EC", ed25519, "SHA256withECDSAinP1363Format"),
                registered("an EC method with an RSA key", "RSA-3072", Terms.ECDSA_SHA256, "SHA256withRSA"),
                registered("an Ed25519 method with an RSA key", "RSA-3072", ed25519, "SHA256withRSA"),
                registered("an EC method with an Ed25519 key", "Ed25519", Terms.ECDSA_SHA256, "Ed25519"),
                registered("an RSA method with an Ed25519 key", "Ed25519", Terms.RSA_SHA256, "Ed25519"));
    }

    /** The registry itself has the weak key: the method still does not take it. */
    private static Stream<Attack> weak() {
        return Stream.of(
                registered("RSA of 1,024 bits", "RSA-1024", Terms.RSA_SHA256, "SHA256withRSA"),
                registered("RSA of 2,048 bits", "RSA-2048", Terms.RSA_SHA256, "SHA256withRSA"),
                unusable("RSA with the exponent 3", g -> rsa(g, 3)),
                registered("the curve P-384", "EC-secp384r1", Terms.ECDSA_SHA256, "SHA256withECDSAinP1363Format"),
                registered("the curve P-521", "EC-secp521r1", Terms.ECDSA_SHA256, "SHA256withECDSAinP1363Format"),
                registered("the curve secp256k1", "EC-secp256k1", Terms.ECDSA_SHA256, "SHA256withPLAIN-ECDSA"),
                registered("the curve P-192", "EC-secp192r1", Terms.ECDSA_SHA256, "SHA256withPLAIN-ECDSA"),
                registered("the curve P-224", "EC-secp224r1", Terms.ECDSA_SHA256, "SHA256withPLAIN-ECDSA"),
                registered(
                        "the curve brainpoolP256r1", "EC-brainpoolP256r1", Terms.ECDSA_SHA256, "SHA256withPLAIN-ECDSA"),
                registered("a DSA key", "DSA-1024", Terms.ECDSA_SHA256, "SHA256withDSAinP1363Format"));
    }

    private static Attack registered(String name, String keyType, String uri, String algorithm) {
        return Attack.byMember(Category.KEYS, name, VERIFYING, SIGNATURE_ALGORITHM, ground -> {
            KeyPair pair = ground.key(keyType);
            X509Certificate certificate = ground.certificate(pair);
            Parts parts = ground.parts();
            if (!uri.equals(Terms.ECDSA_SHA256)) {
                parts.replace(Terms.SIGNATURES, Terms.ECDSA_SHA256, uri);
            }
            Forger.certificate(parts, certificate);
            Forger.redigest(parts);
            Forger.sign(parts, pair, algorithm);
            return ground.attempt(parts.zip(), certificate);
        });
    }

    /** Of these keys there is no private half at hand: they are refused before the value is looked at. */
    private static Attack unusable(String name, Function<Ground, PublicKey> key) {
        return Attack.byMember(Category.KEYS, name, VERIFYING, SIGNATURE_ALGORITHM, ground -> {
            X509Certificate certificate = ground.world().authority.issue("PORTAL messages", key.apply(ground), 365);
            Parts parts = ground.parts();
            parts.replace(Terms.SIGNATURES, Terms.ECDSA_SHA256, Terms.RSA_SHA256);
            Forger.certificate(parts, certificate);
            Forger.redigest(parts);
            return ground.attempt(parts.zip(), certificate);
        });
    }

    /** An honest modulus under another exponent. */
    private static PublicKey rsa(Ground ground, int exponent) {
        try {
            BigInteger modulus = ((RSAPublicKey) ground.key("RSA-3072").getPublic()).getModulus();
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(exponent)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Keys that the message brings along: KeyInfo is one certificate and nothing else. */
    private static Stream<Attack> keyInfo() {
        List<String> instead = List.of(
                "<ds:KeyName>portal</ds:KeyName>",
                "<ds:RetrievalMethod URI=\"http://127.0.0.1:9/key\"></ds:RetrievalMethod>",
                "<ds:RetrievalMethod URI=\"file:///etc/hostname\"></ds:RetrievalMethod>",
                "<ds:RetrievalMethod URI=\"#KeyInfo\"></ds:RetrievalMethod>",
                "<dsig11:KeyInfoReference xmlns:dsig11=\"http://www.w3.org/2009/xmldsig11#\" URI=\"http://127.0.0.1:9/\">"
                        + "</dsig11:KeyInfoReference>",
                "<dsig11:DEREncodedKeyValue xmlns:dsig11=\"http://www.w3.org/2009/xmldsig11#\">AAAA</dsig11:DEREncodedKeyValue>",
                "<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue>"
                        + "</ds:KeyValue>",
                "<ds:PGPData></ds:PGPData>",
                "<ds:MgmtData>x</ds:MgmtData>",
                "<ds:X509Data><ds:X509SKI>AAAA</ds:X509SKI></ds:X509Data>",
                "<ds:X509Data><ds:X509SubjectName>CN=PORTAL</ds:X509SubjectName></ds:X509Data>");
        Stream<Attack> replaced = instead.stream()
                .flatMap(info -> Stream.of(
                        structure("KeyInfo with " + start(info), t -> t.replace("<ds:KeyInfo>", "<ds:KeyInfo>" + info)),
                        structure(
                                "KeyInfo is " + start(info),
                                t -> t.replaceAll(
                                        "<ds:X509Data>.*</ds:X509Data>",
                                        java.util.regex.Matcher.quoteReplacement(info)))));
        return Stream.concat(
                replaced,
                Stream.of(
                        structure("no KeyInfo", t -> t.replaceAll("<ds:KeyInfo>.*</ds:KeyInfo>", "")),
                        structure("two KeyInfo", t -> t.replaceAll("(<ds:KeyInfo>.*</ds:KeyInfo>)", "$1$1")),
                        structure("two X509Data", t -> t.replaceAll("(<ds:X509Data>.*</ds:X509Data>)", "$1$1")),
                        structure(
                                "a CRL beside the certificate",
                                t -> t.replace("</ds:X509Data>", "<ds:X509CRL>AAAA</ds:X509CRL></ds:X509Data>"))));
    }

    private static String start(String info) {
        return info.replaceAll("xmlns:dsig11=\"[^\"]*\" ?", "").replaceFirst("(<[^>]*>).*", "$1")
                + (info.contains("SKI") ? " SKI" : "")
                + (info.contains("Subject") ? " subject" : "");
    }

    private static Attack structure(String name, UnaryOperator<String> change) {
        return Attack.onParts(Category.KEYS, name, OPENING, SIGNATURE_STRUCTURE, p -> p.text(Terms.SIGNATURES, change));
    }
}
