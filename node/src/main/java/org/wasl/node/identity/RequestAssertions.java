package org.wasl.node.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.assertion.ClaimNames;
import org.wasl.security.assertion.Mandate;

/**
 * Makes the demo issuer's assertions: of what it knows about the person, and of the one request that the client
 * describes. Whatever the client says of the person is compared, never copied.
 */
public final class RequestAssertions {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final DemoPeople people;
    private final String issuer;
    private final ClaimNames names;

    /**
     * @param issuer the issuer's name in assertions
     * @param names under which names it says what it knows of a person
     */
    public RequestAssertions(DemoPeople people, String issuer, ClaimNames names) {
        this.people = people;
        this.issuer = issuer;
        this.names = names;
    }

    /** Turns the token that is about to be signed into an assertion. */
    void write(JwtEncodingContext context) {
        OAuth2TokenExchangeAuthenticationToken exchange = context.getAuthorizationGrant();
        RequestedDetails request = RequestedDetails.read(
                        exchange.getAdditionalParameters().get("authorization_details"))
                .orElseThrow(() -> refused("invalid_authorization_details"));
        DemoUser user = people.user(context.getPrincipal().getName())
                .orElseThrow(() -> refused(OAuth2ErrorCodes.INVALID_GRANT));
        boolean inRole = user.roles().stream().anyMatch(role -> role.name().equals(request.kind()));
        if (!inRole || !people.actorId(user).equals(request.actor())) {
            throw refused(OAuth2ErrorCodes.ACCESS_DENIED);
        }
        if (!exchange.getAudiences().equals(members(request.services()))) {
            throw refused(OAuth2ErrorCodes.INVALID_REQUEST);
        }
        Optional<Mandate> mandate = mandate(user, request);
        context.getJwsHeader().algorithm(SignatureAlgorithm.ES256).type(AssertionVerifier.TYPE);
        context.getClaims().claims(claims -> {
            if (!(claims.get("iat") instanceof Instant issued)) {
                throw refused(OAuth2ErrorCodes.SERVER_ERROR);
            }
            Map<String, Object> kept = new LinkedHashMap<>();
            kept.put("iss", issuer);
            kept.put("sub", request.actor());
            kept.put("aud", List.copyOf(exchange.getAudiences()));
            kept.put("iat", issued);
            kept.put("nbf", issued);
            kept.put("exp", issued.plus(LIFETIME));
            kept.put("jti", claims.get("jti"));
            kept.put("txn", request.txn());
            kept.put("purpose", request.purpose());
            kept.put("services", request.services());
            kept.put("inputs", request.inputs());
            kept.put("acr", DemoClaims.ASSURANCE);
            kept.put(names.kind(), request.kind());
            if (user.nationalNumber() != null) {
                kept.put(names.nationalNumber(), user.nationalNumber());
            }
            mandate.ifPresent(given -> kept.put(
                    names.mandate(), Map.of("party", given.party(), names.nationalNumber(), given.nationalNumber())));
            claims.clear();
            claims.putAll(kept);
        });
    }

    private Optional<Mandate> mandate(DemoUser user, RequestedDetails request) {
        if (request.representedParty() == null) {
            return Optional.empty();
        }
        Optional<Mandate> mandate =
                people.mandate(user).filter(given -> given.party().equals(request.representedParty()));
        if (mandate.isEmpty()) {
            throw refused(OAuth2ErrorCodes.ACCESS_DENIED);
        }
        return mandate;
    }

    private static Set<String> members(List<String> services) {
        Set<String> members = new TreeSet<>();
        try {
            services.forEach(
                    service -> members.add(ServiceId.parse(service).member().toString()));
        } catch (IllegalArgumentException malformed) {
            throw refused("invalid_authorization_details");
        }
        return members;
    }

    private static OAuth2AuthenticationException refused(String error) {
        return new OAuth2AuthenticationException(error);
    }
}
