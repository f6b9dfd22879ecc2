package org.wasl.node.identity;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/**
 * The demo issuer's grants under way, the newest so many. Tokens carry all that there is to know, so forgetting an old
 * grant costs nobody anything.
 */
public final class BoundedAuthorizations implements OAuth2AuthorizationService {

    private static final int MAX_GRANTS = 1000;

    private final Map<String, OAuth2Authorization> grants = new LinkedHashMap<>();

    @Override
    public synchronized void save(OAuth2Authorization authorization) {
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
    public synchronized @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        return grants.values().stream()
                .filter(grant -> holds(grant, token, type))
                .findFirst()
                .orElse(null);
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
