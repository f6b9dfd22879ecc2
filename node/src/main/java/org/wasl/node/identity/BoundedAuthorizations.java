package org.wasl.node.identity;

import java.security.Principal;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/**
 * The demo issuer's grants under way, the newest so many. Access tokens carry all that there is to know, so one whose
 * grant was forgotten, or was given before a restart, is read back from the token itself. Assertions are nobody's grant:
 * they are not kept.
 */
public final class BoundedAuthorizations implements OAuth2AuthorizationService {

    private static final int MAX_GRANTS = 1000;

    private final JwtDecoder accessTokens;
    private final RegisteredClient people;
    private final Map<String, OAuth2Authorization> grants = new LinkedHashMap<>();

    /**
     * @param accessTokens reads and verifies this issuer's own access tokens
     * @param people the client by which people sign in
     */
    public BoundedAuthorizations(JwtDecoder accessTokens, RegisteredClient people) {
        this.accessTokens = accessTokens;
        this.people = people;
    }

    @Override
    public synchronized void save(OAuth2Authorization authorization) {
        if (AuthorizationGrantType.TOKEN_EXCHANGE.equals(authorization.getAuthorizationGrantType())) {
            return;
        }
        grants.put(authorization.getId(), authorization);
        Iterator<OAuth2Authorization> oldestFirst = grants.values().iterator();
        while (grants.size() > MAX_GRANTS) {
            oldestFirst.next();
            oldestFirst.remove();
        }
    }

    @Override
    public synchronized void remove(OAuth2Authorization authorization) {
        grants.remove(authorization.getId());
    }

    @Override
    public synchronized @Nullable OAuth2Authorization findById(String id) {
        return grants.get(id);
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        OAuth2Authorization kept = kept(token, type);
        return kept == null && OAuth2TokenType.ACCESS_TOKEN.equals(type) ? readBack(token) : kept;
    }

    private synchronized @Nullable OAuth2Authorization kept(String token, @Nullable OAuth2TokenType type) {
        return grants.values().stream()
                .filter(grant -> holds(grant, token, type))
                .findFirst()
                .orElse(null);
    }

    private @Nullable OAuth2Authorization readBack(String token) {
        Jwt read;
        try {
            read = accessTokens.decode(token);
        } catch (JwtException notOurs) {
            return null;
        }
        OAuth2AccessToken accessToken = new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER, token, read.getIssuedAt(), read.getExpiresAt());
        return OAuth2Authorization.withRegisteredClient(people)
                .principalName(read.getSubject())
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .attribute(
                        Principal.class.getName(),
                        UsernamePasswordAuthenticationToken.authenticated(read.getSubject(), "", List.of()))
                .token(
                        accessToken,
                        metadata -> metadata.put(OAuth2Authorization.Token.CLAIMS_METADATA_NAME, read.getClaims()))
                .build();
    }

    private static boolean holds(OAuth2Authorization grant, String token, @Nullable OAuth2TokenType type) {
        if (type != null && OAuth2ParameterNames.STATE.equals(type.getValue())) {
            return token.equals(grant.getAttribute(OAuth2ParameterNames.STATE));
        }
        if (type != null && OAuth2ParameterNames.CODE.equals(type.getValue())) {
            OAuth2Authorization.Token<OAuth2AuthorizationCode> code = grant.getToken(OAuth2AuthorizationCode.class);
            return code != null && token.equals(code.getToken().getTokenValue());
        }
        return grant.getToken(token) != null;
    }
}
