package org.wasl.security.assertion;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wasl.security.registry.IdentityIssuer;

/** An identity issuer that signs whatever a test wants it to. */
final class TestIssuer {

    static final URI NAME = URI.create("https://id.example/");

    private final KeyPair pair;
    private final String algorithm;
    private final String jcaName;
    private final String keyId;

    private TestIssuer(String algorithm, String jcaName, KeyPair pair, String keyId) {
        this.algorithm = algorithm;
        this.jcaName = jcaName;
        this.pair = pair;
        this.keyId = keyId;
    }

    static TestIssuer ofP256() {
        return new TestIssuer("ES256", "SHA256withECDSAinP1363Format", pair("EC", 256), "key-1");
    }

    static TestIssuer ofEd25519() {
        return new TestIssuer("EdDSA", "Ed25519", pair("Ed25519", 255), "key-1");
    }

    static TestIssuer ofRsa(int bits) {
        return new TestIssuer("RS256", "SHA256withRSA", pair("RSA", bits), "key-1");
    }

    private static KeyPair pair(String type, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    KeyPair pair() {
        return pair;
    }

    /** As the registry has it. */
    IdentityIssuer registered(Instant at) {
        return registered(at.minus(Duration.ofDays(1)), at.plus(Duration.ofDays(1)));
    }

    IdentityIssuer registered(Instant from, Instant to) {
        return new IdentityIssuer(NAME, List.of(new IdentityIssuer.Key(keyId, pair.getPublic(), from, to)));
    }

    Map<String, Object> header() {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", algorithm);
        header.put("kid", keyId);
        header.put("typ", AssertionVerifier.TYPE);
        return header;
    }

    String sign(Map<String, Object> claims) {
        return sign(header(), claims);
    }

    String sign(Map<String, Object> header, Map<String, Object> claims) {
        try {
            Signature signature = Signature.getInstance(jcaName);
            signature.initSign(pair.getPrivate());
            String signed = unsigned(header, claims);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String unsigned(Map<String, Object> header, Map<String, Object> claims) {
        return base64(JSONObjectUtils.toJSONString(header)) + "." + base64(JSONObjectUtils.toJSONString(claims));
    }

    static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    static String base64(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
