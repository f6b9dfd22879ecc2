package org.wasl.security.attack;

import static org.wasl.schemas.fault.FaultCode.SIGNATURE_ALGORITHM;
import static org.wasl.security.attack.Attack.Gate.OPENING;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.wasl.security.container.Parts;

/**
 * Every other algorithm that XML signatures have a name for. Where the platform knows it, a member signs with it in
 * earnest, so that only the list of allowed names stands in the way.
 */
final class AlgorithmAttacks {

    private static final String MORE_2007 = "http://www.w3.org/2007/05/xmldsig-more#";
    private static final String MORE_2021 = "http://www.w3.org/2021/04/xmldsig-more#";
    private static final String DSIG11 = "http://www.w3.org/2009/xmldsig11#";

    private AlgorithmAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(
                        signed("EC", elliptic()),
                        signed("RSA-3072", rsa()),
                        signed("DSA-1024", dsa()),
                        unsigned(),
                        digests(),
                        canonicalisations(),
                        transforms())
                .flatMap(s -> s);
    }

    /** Names of signature methods, and what the platform calls them. */
    private static Map<String, String> elliptic() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(Terms.DS_MORE + "ecdsa-sha1", "SHA1withECDSAinP1363Format");
        names.put(Terms.DS_MORE + "ecdsa-sha224", "SHA224withECDSAinP1363Format");
        names.put(Terms.DS_MORE + "ecdsa-sha384", "SHA384withECDSAinP1363Format");
        names.put(Terms.DS_MORE + "ecdsa-sha512", "SHA512withECDSAinP1363Format");
        names.put(MORE_2007 + "ecdsa-ripemd160", "RIPEMD160withPLAIN-ECDSA");
        names.put(MORE_2021 + "ecdsa-sha3-256", "SHA3-256withPLAIN-ECDSA");
        return names;
    }

    private static Map<String, String> rsa() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(Terms.DS + "rsa-sha1", "SHA1withRSA");
        names.put(Terms.DS_MORE + "rsa-md5", "MD5withRSA");
        names.put(Terms.DS_MORE + "rsa-sha224", "SHA224withRSA");
        names.put(Terms.DS_MORE + "rsa-sha384", "SHA384withRSA");
        names.put(Terms.DS_MORE + "rsa-sha512", "SHA512withRSA");
        names.put(Terms.DS_MORE + "rsa-ripemd160", "RIPEMD160withRSA");
        names.put(MORE_2007 + "sha1-rsa-MGF1", "SHA1withRSAandMGF1");
        names.put(MORE_2007 + "sha256-rsa-MGF1", "SHA256withRSAandMGF1");
        names.put(MORE_2007 + "sha512-rsa-MGF1", "SHA512withRSAandMGF1");
        names.put(MORE_2007 + "rsa-pss", "SHA256withRSAandMGF1");
        return names;
    }

    private static Map<String, String> dsa() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(Terms.DS + "dsa-sha1", "SHA1withDSAinP1363Format");
        names.put(DSIG11 + "dsa-sha256", "SHA256withDSAinP1363Format");
        return names;
    }

    private static Stream<Attack> signed(String keyType, Map<String, String> names) {
        return names.entrySet().stream()
                .map(algorithm -> Attack.byMember(
                        Category.ALGORITHMS,
                        "signature by " + algorithm.getKey(),
                        OPENING,
                        SIGNATURE_ALGORITHM,
                        ground -> {
                            boolean own = keyType.equals("EC");
                            KeyPair pair = own ? ground.portal() : ground.key(keyType);
                            X509Certificate certificate =
                                    own ? ground.portalKey().certificate() : ground.certificate(pair);
                            Parts parts = ground.parts();
                            parts.replace(Terms.SIGNATURES, Terms.ECDSA_SHA256, algorithm.getKey());
                            Forger.certificate(parts, certificate);
                            Forger.redigest(parts);
                            Forger.sign(parts, pair, algorithm.getValue());
                            return ground.attempt(parts.zip(), certificate);
                        }));
    }

    /** Names under which nothing need be computed. */
    private static Stream<Attack> unsigned() {
        List<String> names = List.of(
                "",
                "none",
                "http://www.w3.org/2000/09/xmldsig#none",
                Terms.DS + "hmac-sha1",
                Terms.DS_MORE + "hmac-md5",
                Terms.DS_MORE + "hmac-sha224",
                Terms.DS_MORE + "hmac-sha256",
                Terms.DS_MORE + "hmac-sha384",
                Terms.DS_MORE + "hmac-sha512",
                Terms.DS_MORE + "hmac-ripemd160",
                MORE_2021 + "eddsa-ed448",
                MORE_2021 + "xmss-sha2-10-256",
                "http://www.w3.org/2001/04/xmldsig-more/rsa-sha256",
                "HTTP://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
                "http://www.w3.org/2001/04/xmldsig-more#ECDSA-SHA256",
                "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256 ",
                "https://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
                "ecdsa-sha256",
                "1.2.840.10045.4.3.2");
        return Stream.concat(
                names.stream()
                        .map(name -> attack("signature by '" + name + "'", t -> t.replace(Terms.ECDSA_SHA256, name))),
                Stream.of(
                        attack(
                                "signature by no name",
                                t -> t.replace(
                                        "<ds:SignatureMethod Algorithm=\"" + Terms.ECDSA_SHA256 + "\">",
                                        "<ds:SignatureMethod>")),
                        attack(
                                "a truncated HMAC",
                                t -> t.replace(
                                        Terms.ECDSA_SHA256 + "\">",
                                        Terms.DS + "hmac-sha1\"><ds:HMACOutputLength>8</ds:HMACOutputLength>")),
                        attack(
                                "two signature methods, the forbidden one second",
                                t -> t.replace(
                                        "</ds:SignatureMethod>",
                                        "</ds:SignatureMethod><ds:SignatureMethod Algorithm=\"" + Terms.DS
                                                + "hmac-sha1\"></ds:SignatureMethod>")),
                        attack(
                                "an algorithm where none belongs",
                                t -> t.replace("<ds:Object>", "<ds:Object Algorithm=\"" + Terms.DS + "sha1\">"))));
    }

    private static Stream<Attack> digests() {
        Map<String, String> known = new LinkedHashMap<>();
        known.put(Terms.DS + "sha1", "SHA-1");
        known.put(Terms.DS_MORE + "md5", "MD5");
        known.put(Terms.DS_MORE + "sha224", "SHA-224");
        known.put(Terms.DS_MORE + "sha384", "SHA-384");
        known.put("http://www.w3.org/2001/04/xmlenc#sha512", "SHA-512");
        known.put(MORE_2007 + "sha3-256", "SHA3-256");
        Stream<Attack> computed = known.entrySet().stream()
                .map(digest -> Attack.byMember(
                        Category.ALGORITHMS, "digests by " + digest.getKey(), OPENING, SIGNATURE_ALGORITHM, ground -> {
                            Parts parts = ground.parts();
                            parts.replace(Terms.SIGNATURES, Terms.SHA256, digest.getKey());
                            Forger.redigest(parts, digest.getValue());
                            Forger.sign(parts, ground.portal());
                            return ground.attempt(parts.zip());
                        }));
        Stream<Attack> named = Stream.of(
                        "",
                        "none",
                        "http://www.w3.org/2001/04/xmlenc#ripemd160",
                        "http://www.w3.org/2001/04/XMLENC#SHA256")
                .map(name -> attack(
                        "one digest by '" + name + "'",
                        t -> t.replaceFirst(java.util.regex.Pattern.quote(Terms.SHA256), name)));
        return Stream.concat(computed, named);
    }

    private static Stream<Attack> canonicalisations() {
        return Stream.of(
                        "",
                        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
                        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
                        "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
                        "http://www.w3.org/2006/12/xml-c14n11",
                        "http://www.w3.org/2006/12/xml-c14n11#WithComments",
                        "http://www.w3.org/2010/xml-c14n2",
                        "http://santuario.apache.org/c14n/physical",
                        "http://127.0.0.1:9/c14n")
                .map(name -> attack(
                        "canonicalisation by '" + name + "'",
                        t -> t.replaceFirst(
                                "<ds:CanonicalizationMethod Algorithm=\"[^\"]*\"",
                                "<ds:CanonicalizationMethod Algorithm=\"" + name + "\"")));
    }

    private static Stream<Attack> transforms() {
        return Stream.of(
                        "http://www.w3.org/TR/1999/REC-xslt-19991116",
                        "http://www.w3.org/TR/1999/REC-xpath-19991116",
                        "http://www.w3.org/2002/06/xmldsig-filter2",
                        "http://www.w3.org/TR/2001/WD-xptr-20010108",
                        "http://www.w3.org/2002/07/decrypt#XML",
                        "http://www.w3.org/2002/07/decrypt#Binary",
                        Terms.DS + "base64",
                        Terms.DS + "enveloped-signature",
                        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
                        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#STR-Transform")
                .flatMap(name -> Stream.of(
                        attack(
                                "the properties' transform is " + name,
                                t -> t.replaceFirst(
                                        "<ds:Transform Algorithm=\"[^\"]*\"",
                                        "<ds:Transform Algorithm=\"" + name + "\"")),
                        attack(
                                "the header's transform is " + name,
                                t -> t.replace(
                                        "URI=\"header.xml\">",
                                        "URI=\"header.xml\"><ds:Transforms><ds:Transform Algorithm=\"" + name
                                                + "\"></ds:Transform></ds:Transforms>"))));
    }

    private static Attack attack(String name, UnaryOperator<String> change) {
        return Attack.signed(
                Category.ALGORITHMS, name, OPENING, SIGNATURE_ALGORITHM, p -> p.text(Terms.SIGNATURES, change));
    }
}
