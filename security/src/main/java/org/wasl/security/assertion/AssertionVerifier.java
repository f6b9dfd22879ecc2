package org.wasl.security.assertion;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.registry.IdentityIssuer;

/**
 * Checks what an identity issuer asserts of the person who asks: that a registered key of the issuer signed it, that it
 * was made for this request and this receiver, and that it holds now. An assertion of somebody else, for something else
 * or of another hour is worth nothing, whoever sends it. Safe for many threads.
 */
public final class AssertionVerifier {

    /** How far clocks may differ. */
    public static final Duration SKEW = Duration.ofSeconds(60);

    /** For how long an assertion may be made: for one request, not for a session. */
    public static final Duration MAX_LIFETIME = Duration.ofMinutes(10);

    /** The type that an assertion names in its protected header. */
    public static final String TYPE = CompactJws.TYPE;

    private final ClaimNames names;

    /** @param names under which names issuers say what they know of a person */
    public AssertionVerifier(ClaimNames names) {
        this.names = names;
    }

    /** SHA-256 of an assertion, lower-case hexadecimal: what the header names it by. */
    public static String digest(String assertion) {
        return CryptoProvider.chosen().sha256Hex(assertion.getBytes(StandardCharsets.UTF_8));
    }

    /** Who this assertion says acts, unchecked; empty when it cannot be read. */
    public Optional<ClaimedActor> claimed(String assertion) {
        try {
            Claims claims = new Claims(CompactJws.read(assertion).claims());
            AssuranceLevel assurance = Assurance.level(claims.text("acr"))
                    .orElseThrow(() -> Claims.wrong("acr", "not low, substantial or high"));
            Actor actor = new Actor(kind(claims.text(names.kind())), assurance, claims.text("sub"), digest(assertion));
            Map<String, String> mandate = claims.has(names.mandate()) ? claims.textsByName(names.mandate()) : Map.of();
            return Optional.of(new ClaimedActor(actor, mandate.get("party")));
        } catch (Refusal unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Checks the assertion that came with a request.
     *
     * @param assertion the JSON Web Signature, as it stands in the payload; null when none came
     * @param issuers whose assertions are believed
     * @param request the request with which it came
     * @param at when
     */
    public AssertionVerdict check(
            @Nullable String assertion, Collection<IdentityIssuer> issuers, AssertedRequest request, Instant at) {
        if (assertion != null) {
            return verify(assertion, issuers, request, at);
        }
        if (request.actor().assertionDigest() == null) {
            return new AssertionVerdict.Absent();
        }
        return refused(
                new Refusal(FaultCode.ASSERTION_MISSING, "the header names an assertion that did not come"), request);
    }

    /**
     * Checks an assertion.
     *
     * @param assertion the JSON Web Signature
     * @param issuers whose assertions are believed
     * @param request the request that it must have been made for
     * @param at when
     */
    public AssertionVerdict verify(
            String assertion, Collection<IdentityIssuer> issuers, AssertedRequest request, Instant at) {
        try {
            if (!digest(assertion).equals(request.actor().assertionDigest())) {
                throw new Refusal(
                        FaultCode.ASSERTION_ALTERED, "the header's digest is not that of the assertion that came");
            }
            CompactJws jws = CompactJws.read(assertion);
            Claims claims = new Claims(jws.claims());
            IdentityIssuer issuer = signedBy(jws, claims.text("iss"), issuers, at);
            Instant expires = inTime(claims, at);
            madeFor(claims, request);
            return new AssertionVerdict.Verified(person(claims, issuer.uri(), request, expires));
        } catch (Refusal refusal) {
            return refused(refusal, request);
        }
    }

    private static AssertionVerdict.Refused refused(Refusal refusal, AssertedRequest request) {
        return new AssertionVerdict.Refused(new Fault(
                refusal.code(), Stage.AUTHORIZE, request.service().member().toString(), refusal.detail()));
    }

    private static IdentityIssuer signedBy(CompactJws jws, String name, Collection<IdentityIssuer> issuers, Instant at)
            throws Refusal {
        IdentityIssuer issuer = issuers.stream()
                .filter(each -> each.uri().toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refusal(FaultCode.ASSERTION_ISSUER, "the registry has no such issuer"));
        IdentityIssuer.Key key = issuer.keys().stream()
                .filter(each -> each.id().equals(jws.keyId()))
                .findFirst()
                .orElseThrow(() -> new Refusal(FaultCode.ASSERTION_KEY, "the registry has no such key of the issuer"));
        if (at.isBefore(key.validFrom()) || !at.isBefore(key.validTo())) {
            throw new Refusal(
                    FaultCode.ASSERTION_KEY, "the key holds from " + key.validFrom() + " to " + key.validTo());
        }
        if (!jws.algorithm().takes(key.key())) {
            throw new Refusal(FaultCode.ASSERTION_ALGORITHM, "the algorithm does not fit the registered key");
        }
        if (!genuine(jws, key.key())) {
            throw new Refusal(FaultCode.ASSERTION_SIGNATURE, "the signature does not verify with the registered key");
        }
        return issuer;
    }

    private static boolean genuine(CompactJws jws, PublicKey key) {
        // JWS knows no lower s; the assertion's identity is its digest, so the other form gains nobody anything.
        byte[] value = jws.algorithm().method().wellFormed(jws.signature());
        if (!jws.algorithm().method().isWellFormed(value, key)) {
            return false;
        }
        try {
            Signature signature =
                    CryptoProvider.chosen().signature(jws.algorithm().method().jcaName());
            signature.initVerify(key);
            signature.update(jws.signed());
            return signature.verify(value);
        } catch (GeneralSecurityException wrong) {
            // Providers differ in whether a malformed value is false or an exception: either is no signature.
            return false;
        }
    }

    private static Instant inTime(Claims claims, Instant at) throws Refusal {
        Instant issued = claims.instant("iat");
        Instant expires = claims.instant("exp");
        Instant notBefore = claims.optionalInstant("nbf").orElse(issued);
        if (issued.minus(SKEW).isAfter(at) || notBefore.minus(SKEW).isAfter(at)) {
            throw new Refusal(FaultCode.ASSERTION_NOT_YET_VALID, "the assertion is of the future");
        }
        if (!at.isBefore(expires.plus(SKEW))) {
            throw new Refusal(FaultCode.ASSERTION_EXPIRED, "the assertion has expired");
        }
        if (!expires.isAfter(issued) || Duration.between(issued, expires).compareTo(MAX_LIFETIME) > 0) {
            throw new Refusal(
                    FaultCode.ASSERTION_LIFETIME,
                    "an assertion is made for at most " + MAX_LIFETIME.toMinutes() + " minutes");
        }
        return expires;
    }

    private static void madeFor(Claims claims, AssertedRequest request) throws Refusal {
        if (!claims.texts("aud").contains(request.service().member().toString())) {
            throw new Refusal(FaultCode.ASSERTION_AUDIENCE, "the audience does not name this member");
        }
        if (!claims.text("txn").equals(request.correlationId())) {
            throw new Refusal(FaultCode.ASSERTION_OTHER_REQUEST, "the assertion is bound to another correlation id");
        }
        if (!claims.text("purpose").equals(request.purpose())) {
            throw new Refusal(FaultCode.ASSERTION_PURPOSE, "the assertion is bound to another purpose");
        }
        if (!claims.texts("services").contains(request.service().toString())) {
            throw new Refusal(FaultCode.ASSERTION_SERVICE, "the assertion is bound to other services");
        }
        for (Map.Entry<String, String> input : claims.textsByName("inputs").entrySet()) {
            String given = request.parameters().get(input.getKey());
            // A step takes some of the inputs, and values out of earlier steps' records under names of their own.
            if (given != null && !given.equals(input.getValue())) {
                throw new Refusal(FaultCode.ASSERTION_INPUT, "a parameter is not what the assertion is bound to");
            }
        }
    }

    private VerifiedAssertion person(Claims claims, URI issuer, AssertedRequest request, Instant expires)
            throws Refusal {
        Actor actor = request.actor();
        if (!claims.text("sub").equals(actor.id())) {
            throw new Refusal(FaultCode.ASSERTION_ACTOR, "the actor is not the assertion's subject");
        }
        ActorKind kind = kind(claims.text(names.kind()));
        if (kind != actor.kind()) {
            throw new Refusal(FaultCode.ASSERTION_ACTOR, "the actor's capacity is not the asserted one");
        }
        AssuranceLevel assurance = Assurance.level(claims.text("acr"))
                .orElseThrow(() -> Claims.wrong("acr", "not low, substantial or high"));
        if (assurance != actor.assurance()) {
            throw new Refusal(FaultCode.ASSERTION_ACTOR, "the actor's assurance is not the asserted one");
        }
        return new VerifiedAssertion(
                issuer,
                actor.id(),
                kind,
                assurance,
                claims.optionalText(names.nationalNumber()).orElse(null),
                mandate(claims, request),
                expires);
    }

    private static ActorKind kind(String name) throws Refusal {
        for (ActorKind kind : List.of(ActorKind.CITIZEN, ActorKind.OFFICER)) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        throw new Refusal(FaultCode.ASSERTION_ACTOR, "an assertion is of a citizen or an officer");
    }

    /** Whom the person represents here: the header and the assertion name the same party, or neither names one. */
    private @Nullable Mandate mandate(Claims claims, AssertedRequest request) throws Refusal {
        Mandate mandate = null;
        if (claims.has(names.mandate())) {
            Claims given = new Claims(Map.copyOf(claims.textsByName(names.mandate())));
            mandate = new Mandate(given.text("party"), given.text(names.nationalNumber()));
        }
        if (!Objects.equals(mandate == null ? null : mandate.party(), request.representedParty())) {
            throw new Refusal(FaultCode.ASSERTION_MANDATE, "the represented party is not the asserted one");
        }
        return mandate;
    }
}
