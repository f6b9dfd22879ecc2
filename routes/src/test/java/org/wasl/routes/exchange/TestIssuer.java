package org.wasl.routes.exchange;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.registry.IdentityIssuer;

/** An identity issuer in memory, which the registry knows. */
final class TestIssuer {

    private static final URI NAME = URI.create("https://id.example/");
    private static final String KEY = "key-1";

    private final KeyPair pair = TestAuthority.generate();

    IdentityIssuer registered() {
        Instant now = Instant.now();
        return new IdentityIssuer(
                NAME,
                List.of(new IdentityIssuer.Key(
                        KEY, pair.getPublic(), now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)))));
    }

    /**
     * What the issuer asserts of a citizen for one request.
     *
     * @param actor the citizen's opaque identifier
     * @param number the citizen's own national number
     * @param services the services that may be asked; their members are the audience
     */
    String citizen(
            String actor, String number, String txn, String purpose, List<String> services, String inputs, Instant at) {
        String audience = services.stream()
                .map(service -> "\"" + service.substring(0, service.indexOf('/', "JO/GOV/".length())) + "\"")
                .distinct()
                .reduce((one, other) -> one + "," + other)
                .orElseThrow();
        String named = "\"" + String.join("\",\"", services) + "\"";
        return sign("{\"iss\":\"" + NAME + "\",\"sub\":\"" + actor + "\",\"aud\":[" + audience + "],\"iat\":"
                + at.getEpochSecond() + ",\"exp\":" + at.plusSeconds(300).getEpochSecond() + ",\"txn\":\"" + txn
                + "\",\"purpose\":\"" + purpose + "\",\"services\":[" + named + "],\"inputs\":" + inputs
                + ",\"acr\":\"high\",\"actor_kind\":\"CITIZEN\",\"national_number\":\"" + number + "\"}");
    }

    private String sign(String claims) {
        String header = "{\"alg\":\"ES256\",\"kid\":\"" + KEY + "\",\"typ\":\"" + AssertionVerifier.TYPE + "\"}";
        String signed =
                base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
