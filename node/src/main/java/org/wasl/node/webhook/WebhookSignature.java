package org.wasl.node.webhook;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.wasl.security.keys.SigningKey;

/**
 * Signs a delivery as an HTTP message by RFC 9421, its body by RFC 9530's {@code Content-Digest}: method, address, digest,
 * media type and request id are covered. The key is named by the SHA-256 of its certificate, as the registry names it.
 */
final class WebhookSignature {

    /** The request whose answer this is: whoever gets it twice knows it by that. */
    static final String REQUEST_ID = "Wasl-Request-Id";

    private static final String COMPONENTS =
            "(\"@method\" \"@target-uri\" \"content-digest\" \"content-type\" \"wasl-request-id\")";
    private static final Map<String, String> ALGORITHMS = Map.of(
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", "ecdsa-p256-sha256",
            "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519", "ed25519",
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "rsa-v1_5-sha256");

    private WebhookSignature() {}

    /** The headers of a signed delivery; empty when the key is of a kind that HTTP signatures do not know. */
    static Optional<Map<String, String>> headers(
            SigningKey key, URI address, String contentType, byte[] body, UUID requestId, Instant created) {
        String algorithm = ALGORITHMS.get(key.algorithm());
        if (algorithm == null) {
            return Optional.empty();
        }
        String digest = "sha-256=:" + base64(sha256(body)) + ":";
        String parameters = COMPONENTS + ";created=" + created.getEpochSecond() + ";keyid=\"" + keyId(key) + "\";alg=\""
                + algorithm + "\"";
        String base = "\"@method\": POST\n"
                + "\"@target-uri\": " + address + "\n"
                + "\"content-digest\": " + digest + "\n"
                + "\"content-type\": " + contentType + "\n"
                + "\"wasl-request-id\": " + requestId + "\n"
                + "\"@signature-params\": " + parameters;
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", contentType);
        headers.put("Content-Digest", digest);
        headers.put(REQUEST_ID, requestId.toString());
        headers.put("Signature-Input", "wasl=" + parameters);
        headers.put("Signature", "wasl=:" + base64(key.sign(base.getBytes(StandardCharsets.UTF_8))) + ":");
        return Optional.of(headers);
    }

    private static String keyId(SigningKey key) {
        try {
            return HexFormat.of().formatHex(sha256(key.certificate().getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate in use has an encoding", e);
        }
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
