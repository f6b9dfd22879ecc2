package org.wasl.security.assertion;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.registry.IdentityIssuer;

/** Each way in which an assertion can be worth nothing has its own code. */
class AssertionVerifierTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String NUMBER = "9870000001";
    private static final ServiceId SERVICE = ServiceId.parse("JO/GOV/CSPD/registry/life-status/v1");
    private static final TestIssuer ISSUER = TestIssuer.ofP256();
    private static final List<IdentityIssuer> REGISTERED = List.of(ISSUER.registered(NOW));

    private final AssertionVerifier verifier = new AssertionVerifier(ClaimNames.DEFAULT);

    @Test
    void verify_whenMadeForThisRequest_verified() {
        AssertionVerdict verdict = verify(ISSUER.sign(claims()));

        assertThat(verdict).isInstanceOfSatisfying(AssertionVerdict.Verified.class, verified -> {
            assertThat(verified.assertion().issuer()).isEqualTo(TestIssuer.NAME);
            assertThat(verified.assertion().actorId()).isEqualTo("person-1");
            assertThat(verified.assertion().kind()).isEqualTo(ActorKind.CITIZEN);
            assertThat(verified.assertion().assurance()).isEqualTo(AssuranceLevel.SUBSTANTIAL);
            assertThat(verified.assertion().nationalNumber()).isEqualTo(NUMBER);
            assertThat(verified.assertion().mandate()).isNull();
            assertThat(verified.assertion().expires()).isEqualTo(NOW.plusSeconds(300));
        });
    }

    @Test
    void verify_whenEd25519OrStrongRsa_verified() {
        for (TestIssuer other : List.of(TestIssuer.ofEd25519(), TestIssuer.ofRsa(3072))) {
            assertThat(verify(other.sign(claims()), List.of(other.registered(NOW)), NOW))
                    .isInstanceOf(AssertionVerdict.Verified.class);
        }
    }

    @Test
    void verify_whenHighS_verified() {
        // RFC 7518 knows no lower s; half of an honest issuer's signatures have the higher one.
        String assertion = ISSUER.sign(claims());
        int dot = assertion.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(assertion.substring(dot + 1));
        BigInteger order = ((ECPublicKey) ISSUER.pair().getPublic()).getParams().getOrder();
        BigInteger s = order.subtract(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)));
        byte[] value = s.toByteArray();
        Arrays.fill(signature, 32, 64, (byte) 0);
        int skipped = Math.max(0, value.length - 32);
        System.arraycopy(value, skipped, signature, 64 - (value.length - skipped), value.length - skipped);

        assertThat(verify(assertion.substring(0, dot + 1) + TestIssuer.base64(signature)))
                .isInstanceOf(AssertionVerdict.Verified.class);
    }

    @Test
    void verify_whenMandateOfTheRepresentedParty_verifiedWithIt() {
        String assertion = ISSUER.sign(
                claims(claims -> claims.put("mandate", Map.of("party", "party-7", "national_number", "9870000002"))));

        assertThat(verifier.verify(
                        assertion,
                        REGISTERED,
                        new AssertedRequest(
                                "txn-1",
                                SERVICE,
                                "GENERAL_CLEARANCE",
                                actor(assertion),
                                "party-7",
                                Map.of("nationalNumber", NUMBER)),
                        NOW))
                .isInstanceOfSatisfying(AssertionVerdict.Verified.class, verified -> assertThat(
                                verified.assertion().mandate())
                        .isEqualTo(new Mandate("party-7", "9870000002")));
    }

    @Test
    void verify_whenMandateButNoRepresentedParty_refused() {
        assertRefused(
                claims(claims -> claims.put("mandate", Map.of("party", "party-7", "national_number", "9870000002"))),
                FaultCode.ASSERTION_MANDATE);
    }

    @Test
    void verify_whenRepresentedPartyWithoutMandate_refused() {
        String assertion = ISSUER.sign(claims());
        assertCode(
                verifier.verify(
                        assertion,
                        REGISTERED,
                        new AssertedRequest(
                                "txn-1",
                                SERVICE,
                                "GENERAL_CLEARANCE",
                                actor(assertion),
                                "party-7",
                                Map.of("nationalNumber", NUMBER)),
                        NOW),
                FaultCode.ASSERTION_MANDATE);
    }

    @Test
    void check_whenNoneCame_absentUnlessTheHeaderNamesOne() {
        assertThat(verifier.check(null, REGISTERED, request(actor(null)), NOW))
                .isInstanceOf(AssertionVerdict.Absent.class);
        assertCode(verifier.check(null, REGISTERED, request(actor("anything")), NOW), FaultCode.ASSERTION_MISSING);
    }

    @Test
    void verify_whenHeaderNamesAnother_refused() {
        String assertion = ISSUER.sign(claims());
        for (Actor actor : List.of(actor(null), actor(assertion + "A"))) {
            assertCode(verifier.verify(assertion, REGISTERED, request(actor), NOW), FaultCode.ASSERTION_ALTERED);
        }
    }

    @Test
    void verify_whenClaimsAltered_refused() {
        String[] parts = ISSUER.sign(claims()).split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String altered = claims.replace(NUMBER, "9870000002");
        assertThat(altered).isNotEqualTo(claims);
        assertCode(verify(parts[0] + "." + TestIssuer.base64(altered) + "." + parts[2]), FaultCode.ASSERTION_SIGNATURE);
    }

    @Test
    void verify_whenSignatureFlipped_refused() {
        String assertion = ISSUER.sign(claims());
        int dot = assertion.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(assertion.substring(dot + 1));
        signature[10] ^= 1;
        assertCode(
                verify(assertion.substring(0, dot + 1) + TestIssuer.base64(signature)), FaultCode.ASSERTION_SIGNATURE);
        assertCode(
                verify(assertion.substring(0, dot + 1) + TestIssuer.base64(new byte[64])),
                FaultCode.ASSERTION_SIGNATURE);
        assertCode(verify(assertion.substring(0, dot + 1) + "AA"), FaultCode.ASSERTION_SIGNATURE);
    }

    @Test
    void verify_whenAlgorithmNone_refused() {
        Map<String, Object> header = ISSUER.header();
        header.put("alg", "none");
        assertCode(verify(TestIssuer.unsigned(header, claims()) + ".AA"), FaultCode.ASSERTION_ALGORITHM);
        assertCode(verify(TestIssuer.unsigned(header, claims()) + "."), FaultCode.ASSERTION_MALFORMED);
    }

    @Test
    void verify_whenHmacWithThePublicKey_refused() throws GeneralSecurityException {
        Map<String, Object> header = ISSUER.header();
        header.put("alg", "HS256");
        String signed = TestIssuer.unsigned(header, claims());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(ISSUER.pair().getPublic().getEncoded(), "HmacSHA256"));
        byte[] value = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
        assertCode(verify(signed + "." + TestIssuer.base64(value)), FaultCode.ASSERTION_ALGORITHM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PS256", "ES384", "RS1", "es256", "HS512", "ES256K"})
    void verify_whenAlgorithmNotListed_refused(String algorithm) {
        Map<String, Object> header = ISSUER.header();
        header.put("alg", algorithm);
        assertCode(verify(ISSUER.sign(header, claims())), FaultCode.ASSERTION_ALGORITHM);
    }

    @Test
    void verify_whenAlgorithmDoesNotFitTheKey_refused() {
        TestIssuer rsa = TestIssuer.ofRsa(3072);
        assertCode(verify(rsa.sign(claims())), FaultCode.ASSERTION_ALGORITHM);
    }

    @Test
    void verify_whenRsaKeyIsWeak_refused() {
        TestIssuer weak = TestIssuer.ofRsa(2048);
        assertCode(verify(weak.sign(claims()), List.of(weak.registered(NOW)), NOW), FaultCode.ASSERTION_ALGORITHM);
    }

    @Test
    void verify_whenKeyIsEmbedded_refused() {
        TestIssuer attacker = TestIssuer.ofP256();
        ECKey key = new ECKey.Builder(Curve.P_256, (ECPublicKey) attacker.pair().getPublic()).build();
        Map<String, Object> forbidden = new LinkedHashMap<>();
        forbidden.put("jwk", key.toJSONObject());
        forbidden.put("jku", "https://attacker.example/keys");
        forbidden.put("x5u", "https://attacker.example/certificate");
        forbidden.put("x5c", List.of("AAAA"));
        forbidden.put("crit", List.of("b64"));
        forbidden.forEach((name, value) -> {
            Map<String, Object> header = ISSUER.header();
            header.put(name, value);
            assertCode(verify(attacker.sign(header, claims())), FaultCode.ASSERTION_HEADER);
            assertCode(verify(ISSUER.sign(header, claims())), FaultCode.ASSERTION_HEADER);
        });
    }

    @Test
    void verify_whenAnotherTokenOfTheIssuer_refused() {
        for (String type : List.of("at+jwt", "JWT", "WASL-ASSERTION+JWT")) {
            Map<String, Object> header = ISSUER.header();
            header.put("typ", type);
            assertCode(verify(ISSUER.sign(header, claims())), FaultCode.ASSERTION_HEADER);
        }
        Map<String, Object> header = ISSUER.header();
        header.remove("typ");
        assertCode(verify(ISSUER.sign(header, claims())), FaultCode.ASSERTION_HEADER);
    }

    @Test
    void verify_whenKeyUnknown_refused() {
        Map<String, Object> header = ISSUER.header();
        header.put("kid", "key-2");
        assertCode(verify(ISSUER.sign(header, claims())), FaultCode.ASSERTION_KEY);
    }

    @Test
    void verify_whenKeyOutsideItsTime_refused() {
        String assertion = ISSUER.sign(claims());
        assertCode(
                verify(assertion, List.of(ISSUER.registered(NOW.minusSeconds(9), NOW)), NOW), FaultCode.ASSERTION_KEY);
        assertCode(
                verify(assertion, List.of(ISSUER.registered(NOW.plusSeconds(1), NOW.plusSeconds(9))), NOW),
                FaultCode.ASSERTION_KEY);
    }

    @Test
    void verify_whenOtherIssuersKey_refused() {
        assertCode(verify(TestIssuer.ofP256().sign(claims())), FaultCode.ASSERTION_SIGNATURE);
    }

    @Test
    void verify_whenAnotherRegisteredIssuersKeyUnderThisName_refused() {
        TestIssuer other = TestIssuer.ofP256();
        IdentityIssuer otherRegistered = new IdentityIssuer(
                URI.create("https://other.example/"), other.registered(NOW).keys());
        assertCode(
                verify(other.sign(claims()), List.of(otherRegistered, ISSUER.registered(NOW)), NOW),
                FaultCode.ASSERTION_SIGNATURE);
    }

    @Test
    void verify_whenIssuerUnknown_refused() {
        assertRefused(claims(claims -> claims.put("iss", "https://nobody.example/")), FaultCode.ASSERTION_ISSUER);
        assertCode(verify(ISSUER.sign(claims()), List.of(), NOW), FaultCode.ASSERTION_ISSUER);
    }

    @Test
    void verify_whenLater_refusedOnceSkewIsOver() {
        String assertion = ISSUER.sign(claims());
        Instant expires = NOW.plusSeconds(300);
        assertThat(verify(assertion, REGISTERED, expires.plusSeconds(59)))
                .isInstanceOf(AssertionVerdict.Verified.class);
        assertCode(verify(assertion, REGISTERED, expires.plusSeconds(60)), FaultCode.ASSERTION_EXPIRED);
    }

    @Test
    void verify_whenOfTheFuture_refusedBeyondSkew() {
        String assertion = ISSUER.sign(claims());
        assertThat(verify(assertion, REGISTERED, NOW.minusSeconds(60))).isInstanceOf(AssertionVerdict.Verified.class);
        assertCode(verify(assertion, REGISTERED, NOW.minusSeconds(61)), FaultCode.ASSERTION_NOT_YET_VALID);
        assertRefused(
                claims(claims -> claims.put("nbf", NOW.plusSeconds(61).getEpochSecond())),
                FaultCode.ASSERTION_NOT_YET_VALID);
    }

    @Test
    void verify_whenMadeForLong_refused() {
        assertRefused(
                claims(claims -> claims.put("exp", NOW.plusSeconds(601).getEpochSecond())),
                FaultCode.ASSERTION_LIFETIME);
        assertRefused(claims(claims -> claims.put("exp", NOW.getEpochSecond())), FaultCode.ASSERTION_LIFETIME);
    }

    @Test
    void verify_whenForAnotherAudience_refused() {
        assertRefused(
                claims(claims -> claims.put("aud", List.of("JO/GOV/DVLD", "JO/GOV/CSPD2"))),
                FaultCode.ASSERTION_AUDIENCE);
    }

    @Test
    void verify_whenReplayedInAnotherRequest_refused() {
        String assertion = ISSUER.sign(claims());
        assertRefused(
                assertion,
                request -> new AssertedRequest(
                        "txn-2", request.service(), request.purpose(), request.actor(), null, request.parameters()),
                FaultCode.ASSERTION_OTHER_REQUEST);
    }

    @Test
    void verify_whenPurposeSwapped_refused() {
        String assertion = ISSUER.sign(claims());
        assertRefused(
                assertion,
                request -> new AssertedRequest(
                        "txn-1", request.service(), "COURT_CASE", request.actor(), null, request.parameters()),
                FaultCode.ASSERTION_PURPOSE);
    }

    @Test
    void verify_whenForAnotherServiceOfTheSameMember_refused() {
        String assertion = ISSUER.sign(claims());
        assertRefused(
                assertion,
                request -> new AssertedRequest(
                        "txn-1",
                        ServiceId.parse("JO/GOV/CSPD/registry/person-record/v1"),
                        request.purpose(),
                        request.actor(),
                        null,
                        request.parameters()),
                FaultCode.ASSERTION_SERVICE);
    }

    @Test
    void verify_whenAboutSomebodyElse_refused() {
        String assertion = ISSUER.sign(claims());
        assertRefused(
                assertion,
                request -> new AssertedRequest(
                        "txn-1",
                        request.service(),
                        request.purpose(),
                        request.actor(),
                        null,
                        Map.of("nationalNumber", "9870000002")),
                FaultCode.ASSERTION_INPUT);
    }

    @Test
    void verify_whenActorDiffers_refused() {
        String assertion = ISSUER.sign(claims());
        String digest = AssertionVerifier.digest(assertion);
        for (Actor actor : List.of(
                new Actor(ActorKind.CITIZEN, AssuranceLevel.SUBSTANTIAL, "person-2", digest),
                new Actor(ActorKind.OFFICER, AssuranceLevel.SUBSTANTIAL, "person-1", digest),
                new Actor(ActorKind.SYSTEM, AssuranceLevel.SUBSTANTIAL, "person-1", digest),
                new Actor(ActorKind.CITIZEN, AssuranceLevel.LOW, "person-1", digest),
                new Actor(ActorKind.CITIZEN, AssuranceLevel.HIGH, "person-1", digest))) {
            assertCode(verifier.verify(assertion, REGISTERED, request(actor), NOW), FaultCode.ASSERTION_ACTOR);
        }
    }

    @Test
    void verify_whenOfASystem_refused() {
        assertRefused(claims(claims -> claims.put("actor_kind", "SYSTEM")), FaultCode.ASSERTION_ACTOR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"iss", "sub", "aud", "txn", "purpose", "services", "inputs", "acr", "actor_kind", "iat", "exp"})
    void verify_whenClaimIsMissing_refused(String claim) {
        assertRefused(claims(claims -> claims.remove(claim)), FaultCode.ASSERTION_MALFORMED);
        assertRefused(claims(claims -> claims.put(claim, true)), FaultCode.ASSERTION_MALFORMED);
    }

    @Test
    void verify_whenNotAnAssertionAtAll_refused() {
        List<UnaryOperator<String>> spoilers = List.of(
                assertion -> "",
                assertion -> "a.b",
                assertion -> assertion + ".AAAA",
                assertion -> assertion + "=",
                assertion -> " " + assertion,
                assertion -> "é" + assertion,
                assertion -> TestIssuer.base64("[]") + assertion.substring(assertion.indexOf('.')),
                assertion -> TestIssuer.base64(new byte[] {(byte) 0xff}) + assertion.substring(assertion.indexOf('.')),
                assertion -> TestIssuer.base64("{\"a\":".repeat(200) + "1" + "}".repeat(200))
                        + assertion.substring(assertion.indexOf('.')),
                assertion -> assertion + "A".repeat(8192));
        for (UnaryOperator<String> spoiler : spoilers) {
            assertCode(verify(spoiler.apply(ISSUER.sign(claims()))), FaultCode.ASSERTION_MALFORMED);
        }
    }

    @Test
    void verify_whenBase64HasTrailingBits_refused() {
        String assertion = ISSUER.sign(claims());
        char last = assertion.charAt(assertion.length() - 1);
        // 64 octets leave four bits that mean nothing.
        String other = assertion.substring(0, assertion.length() - 1) + (char) (last + 1);
        assertCode(verify(other), FaultCode.ASSERTION_MALFORMED);
    }

    @Test
    void refusal_whenItSpeaks_repeatsNoValue() {
        String assertion = ISSUER.sign(claims());
        AssertionVerdict.Refused refused = (AssertionVerdict.Refused) verifier.verify(
                assertion,
                REGISTERED,
                new AssertedRequest(
                        "txn-1", SERVICE, "GENERAL_CLEARANCE", actor(assertion), null, Map.of("nationalNumber", "1")),
                NOW);
        assertThat(refused.toString()).doesNotContain(NUMBER).doesNotContain(assertion);
    }

    @Test
    void toString_whenLogged_namesNoNationalNumber() {
        AssertionVerdict verdict = verify(ISSUER.sign(claims()));
        assertThat(verdict.toString()).doesNotContain(NUMBER);
        assertThat(request(actor(null)).toString()).doesNotContain(NUMBER);
    }

    private static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", TestIssuer.NAME.toString());
        claims.put("sub", "person-1");
        claims.put("aud", List.of("JO/GOV/PORTAL", "JO/GOV/CSPD"));
        claims.put("iat", NOW.getEpochSecond());
        claims.put("nbf", NOW.getEpochSecond());
        claims.put("exp", NOW.plus(Duration.ofMinutes(5)).getEpochSecond());
        claims.put("txn", "txn-1");
        claims.put("purpose", "GENERAL_CLEARANCE");
        claims.put("services", List.of("JO/GOV/PORTAL/composer/general-clearance/v1", SERVICE.toString()));
        claims.put("inputs", Map.of("nationalNumber", NUMBER));
        claims.put("acr", "http://eidas.europa.eu/LoA/substantial");
        claims.put("actor_kind", "CITIZEN");
        claims.put("national_number", NUMBER);
        return claims;
    }

    private static Map<String, Object> claims(Consumer<Map<String, Object>> change) {
        Map<String, Object> claims = claims();
        change.accept(claims);
        return claims;
    }

    private static Actor actor(String assertion) {
        return new Actor(
                ActorKind.CITIZEN,
                AssuranceLevel.SUBSTANTIAL,
                "person-1",
                Optional.ofNullable(assertion).map(AssertionVerifier::digest).orElse(null));
    }

    private static AssertedRequest request(Actor actor) {
        return new AssertedRequest(
                "txn-1", SERVICE, "GENERAL_CLEARANCE", actor, null, Map.of("nationalNumber", NUMBER));
    }

    private AssertionVerdict verify(String assertion) {
        return verify(assertion, REGISTERED, NOW);
    }

    private AssertionVerdict verify(String assertion, List<IdentityIssuer> issuers, Instant at) {
        return verifier.verify(assertion, issuers, request(actor(assertion)), at);
    }

    private void assertRefused(Map<String, Object> claims, FaultCode code) {
        assertCode(verify(ISSUER.sign(claims)), code);
    }

    private void assertRefused(String assertion, UnaryOperator<AssertedRequest> other, FaultCode code) {
        assertCode(verifier.verify(assertion, REGISTERED, other.apply(request(actor(assertion))), NOW), code);
    }

    private static void assertCode(AssertionVerdict verdict, FaultCode code) {
        assertThat(verdict).isInstanceOfSatisfying(AssertionVerdict.Refused.class, refused -> assertThat(
                        refused.fault().code())
                .isEqualTo(code));
    }
}
