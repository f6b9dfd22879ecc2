package org.wasl.node.identity;

import java.util.List;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** Puts the portal's claims into the access tokens of demo users, in the form that a national issuer would. */
public final class DemoClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

    private final DemoUsers users;
    private final String audience;
    private final String rolesClaim;
    private final String nationalNumberClaim;

    public DemoClaims(DemoUsers users, String audience, String rolesClaim, String nationalNumberClaim) {
        this.users = users;
        this.audience = audience;
        this.rolesClaim = rolesClaim;
        this.nationalNumberClaim = nationalNumberClaim;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        // The issuer's key is an elliptic one; the library would look for an RSA key.
        context.getJwsHeader().algorithm(SignatureAlgorithm.ES256);
        if (!OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            return;
        }
        users.user(context.getPrincipal().getName()).ifPresent(user -> {
            context.getClaims().audience(List.of(audience));
            context.getClaims()
                    .claim(
                            rolesClaim,
                            user.roles().stream().map(Role::name).sorted().toList());
            context.getClaims().claim("acr", "http://eidas.europa.eu/LoA/substantial");
            if (user.nationalNumber() != null) {
                context.getClaims().claim(nationalNumberClaim, user.nationalNumber());
            }
        });
    }
}
