package org.wasl.security.assertion;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wasl.schemas.fault.FaultCode;

/**
 * A JSON Web Signature in compact form (RFC 7515), taken apart strictly; nothing is believed yet.
 *
 * @param algorithm how it is signed, one of ours
 * @param keyId the key's identifier within its issuer
 * @param claims what it says
 * @param signed the octets that are signed
 * @param signature the signature
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CompactJws(
        SignatureAlgorithm algorithm, String keyId, Map<String, Object> claims, byte[] signed, byte[] signature) {

    /** How long an assertion may be. */
    static final int MAX_CHARACTERS = 8192;

    /** The type of an assertion, so that no access token or other JWT of the issuer passes for one (RFC 8725, 3.11). */
    static final String TYPE = "wasl-assertion+jwt";

    private static final int MAX_HEADER_CHARACTERS = 1024;
    /** Bounds the depth, too. Claims of an assertion have a handful. */
    private static final int MAX_STRUCTURES = 32;

    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)");
    private static final Set<String> HEADER = Set.of("alg", "kid", "typ");

    static CompactJws read(String compact) throws Refusal {
        if (compact.length() > MAX_CHARACTERS) {
            throw new Refusal(
                    FaultCode.ASSERTION_MALFORMED, "an assertion has at most " + MAX_CHARACTERS + " characters");
        }
        Matcher parts = FORM.matcher(compact);
        if (!parts.matches() || parts.group(1).length() > MAX_HEADER_CHARACTERS) {
            throw new Refusal(
                    FaultCode.ASSERTION_MALFORMED, "an assertion is a JSON Web Signature in its compact form");
        }
        Map<String, Object> header = object(decoded(parts.group(1)));
        // First of all: what algorithm the sender would like decides nothing beyond this list.
        String name = header.get("alg") instanceof String text ? text : "";
        SignatureAlgorithm algorithm = SignatureAlgorithm.named(name)
                .orElseThrow(
                        () -> new Refusal(FaultCode.ASSERTION_ALGORITHM, "the algorithm is not ES256, EdDSA or RS256"));
        if (!HEADER.equals(header.keySet())) {
            throw new Refusal(FaultCode.ASSERTION_HEADER, "the header holds alg, kid and typ and nothing else");
        }
        if (!TYPE.equals(header.get("typ"))) {
            throw new Refusal(FaultCode.ASSERTION_HEADER, "the type is not " + TYPE);
        }
        if (!(header.get("kid") instanceof String keyId)) {
            throw new Refusal(FaultCode.ASSERTION_HEADER, "the kid is not a text");
        }
        return new CompactJws(
                algorithm,
                keyId,
                object(decoded(parts.group(2))),
                compact.substring(0, parts.end(2)).getBytes(StandardCharsets.US_ASCII),
                decoded(parts.group(3)));
    }

    /** Java's decoder ignores trailing bits, so that several texts would stand for the same octets. */
    private static byte[] decoded(String part) throws Refusal {
        try {
            byte[] octets = Base64.getUrlDecoder().decode(part);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(octets).equals(part)) {
                return octets;
            }
        } catch (IllegalArgumentException notBase64) {
            throw new Refusal(FaultCode.ASSERTION_MALFORMED, "a part of the assertion is not base64url");
        }
        throw new Refusal(FaultCode.ASSERTION_MALFORMED, "a part of the assertion is not base64url as it is written");
    }

    private static Map<String, Object> object(byte[] octets) throws Refusal {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
            // Gson takes a list of pairs for an object, too.
            if (!text.startsWith("{")) {
                throw new Refusal(FaultCode.ASSERTION_MALFORMED, "a part of the assertion is not a JSON object");
            }
            if (text.chars().filter(c -> c == '{' || c == '[').count() <= MAX_STRUCTURES) {
                return JSONObjectUtils.parse(text);
            }
        } catch (CharacterCodingException | ParseException notJson) {
            throw new Refusal(FaultCode.ASSERTION_MALFORMED, "a part of the assertion is not a JSON object in UTF-8");
        }
        throw new Refusal(FaultCode.ASSERTION_MALFORMED, "a part of the assertion has too many objects or arrays");
    }
}
