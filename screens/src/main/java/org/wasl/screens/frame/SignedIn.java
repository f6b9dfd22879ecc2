package org.wasl.screens.frame;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.user.OAuth2User;

/** Who is signed in, from the issuer's ID token and the access token beside it. */
public final class SignedIn {

    /** The only registration of an issuer. */
    public static final String REGISTRATION = "wasl";

    private final OAuth2AuthorizedClientRepository clients;
    private final String rolesClaim;
    private final String nationalNumberClaim;
    private final Clock clock;

    /**
     * @param rolesClaim the claim of an ID token that lists roles
     * @param nationalNumberClaim the claim that holds a citizen's own number
     */
    public SignedIn(
            OAuth2AuthorizedClientRepository clients, String rolesClaim, String nationalNumberClaim, Clock clock) {
        this.clients = clients;
        this.rolesClaim = rolesClaim;
        this.nationalNumberClaim = nationalNumberClaim;
        this.clock = clock;
    }

    Person person(HttpServletRequest request) {
        Language language = LanguageChoice.of(request);
        Optional<OAuth2AuthenticationToken> signedIn = authentication();
        if (signedIn.isEmpty()) {
            return Person.unknown(language);
        }
        OAuth2User user = signedIn.get().getPrincipal();
        Optional<String> number = Optional.ofNullable(user.<@Nullable Object>getAttribute(nationalNumberClaim))
                .map(Object::toString);
        return new Person(user.getName(), roles(user.getAttributes()), number, language);
    }

    /** The access token of who is signed in, as long as it is good. */
    Optional<String> token(HttpServletRequest request) {
        return authentication()
                .map(signedIn ->
                        clients.<@Nullable OAuth2AuthorizedClient>loadAuthorizedClient(REGISTRATION, signedIn, request))
                .map(OAuth2AuthorizedClient::getAccessToken)
                .filter(token -> {
                    Instant end = token.getExpiresAt();
                    return end == null || end.isAfter(clock.instant());
                })
                .map(token -> token.getTokenValue());
    }

    /**
     * What Spring Security's rules ask for.
     *
     * @param claims of the ID token
     */
    public Collection<GrantedAuthority> authorities(Map<String, Object> claims) {
        return roles(claims).stream()
                .map(role -> (GrantedAuthority) new SimpleGrantedAuthority("ROLE_" + role))
                .toList();
    }

    private Set<String> roles(Map<String, Object> claims) {
        Object claim = claims.get(rolesClaim);
        Set<String> roles = new HashSet<>();
        if (claim instanceof List<?> list) {
            list.forEach(role -> roles.add(String.valueOf(role)));
        }
        return Set.copyOf(roles);
    }

    private static Optional<OAuth2AuthenticationToken> authentication() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication instanceof OAuth2AuthenticationToken token ? Optional.of(token) : Optional.empty();
    }
}
