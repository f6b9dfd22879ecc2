package org.wasl.node.identity;

import java.util.List;
import java.util.Map;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** Puts the portal's claims into the access tokens of demo users, in the form that a national issuer would. */
public final class DemoClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

    static final String ASSURANCE = "http://eidas.europa.eu/LoA/substantial";

    private final DemoPeople people;
    private final RequestAssertions assertions;
    private final String audience;
    private final String rolesClaim;
    private final String nationalNumberClaim;
    private final String mandatesClaim;

    /**
     * @param audience for whom access tokens are
     * @param rolesClaim where the user's roles stand
     * @param nationalNumberClaim where the user's own national number stands
     * @param mandatesClaim where those whom the user may represent stand
     */
    public DemoClaims(
            DemoPeople people,
            RequestAssertions assertions,
            String audience,
            String rolesClaim,
            String nationalNumberClaim,
            String mandatesClaim) {
        this.people = people;
        this.assertions = assertions;
        this.audience = audience;
        this.rolesClaim = rolesClaim;
        this.nationalNumberClaim = nationalNumberClaim;
        this.mandatesClaim = mandatesClaim;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        // The issuer's key is an elliptic one; the library would look for an RSA key.
        context.getJwsHeader().algorithm(SignatureAlgorithm.ES256);
        if (OidcParameterNames.ID_TOKEN.equals(context.getTokenType().getValue())) {
            people.user(context.getPrincipal().getName()).ifPresent(user -> about(user, context));
            return;
        }
        if (!OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            return;
        }
        if (AuthorizationGrantType.TOKEN_EXCHANGE.equals(context.getAuthorizationGrantType())) {
            assertions.write(context);
            return;
        }
        people.user(context.getPrincipal().getName()).ifPresent(user -> {
            context.getClaims().audience(List.of(audience));
            about(user, context);
            context.getClaims().claim("acr", ASSURANCE);
            people.mandate(user).ifPresent(mandate -> context.getClaims()
                    .claim(
                            mandatesClaim,
                            List.of(Map.of("party", mandate.party(), nationalNumberClaim, mandate.nationalNumber()))));
        });
    }

    /** What a client may know of who signed in, too: its pages depend on it. */
    private void about(DemoUser user, JwtEncodingContext context) {
        context.getClaims()
                .claim(
                        rolesClaim,
                        user.roles().stream().map(Role::name).sorted().toList());
        if (user.nationalNumber() != null) {
            context.getClaims().claim(nationalNumberClaim, user.nationalNumber());
        }
    }
}
