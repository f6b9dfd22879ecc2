package org.wasl.node.configuration;

import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.mapping.GrantedAuthoritiesMapper;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.IdTokenClaimNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestHeaderRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.wasl.node.identity.Role;
import org.wasl.screens.frame.EndedSignIns;
import org.wasl.screens.frame.OneAddress;
import org.wasl.screens.frame.ReturnAddress;
import org.wasl.screens.frame.ScreenPolicy;
import org.wasl.screens.frame.SignedIn;
import org.wasl.screens.frame.TypedForms;
import org.wasl.security.authority.TrustFiles;

/** Signing people in at the pages: OpenID Connect, authorization code with PKCE, at whatever issuer is configured. */
@Configuration(proxyBeanMethods = false)
class ScreenSignIn {

    /** The name of the client's secret. */
    static final String CLIENT_SECRET = "screens-client";

    /** Where the issuer sends people back to. */
    static final String CALLBACK = "/sign-in/callback";

    private static final String START = "/sign-in/start";
    private static final String HOME = "/portal";

    /** The issuer signs people in within the same session; who they are to the pages stands beside it. */
    private static final String CONTEXT = "WASL_SCREENS_CONTEXT";

    private static final String PAGE = "WASL_SCREENS_PAGE";

    @Bean
    ClientRegistrationRepository issuerRegistration(
            Issuer issuer, ScreenProperties screens, ServerProperties server, TrustFiles files) throws IOException {
        Optional<String> secret = secret(issuer, files);
        URI address = ScreensConfiguration.address(screens, server);
        if (issuer.embedded()) {
            ClientRegistration own = completed(
                    ClientRegistration.withRegistrationId(SignedIn.REGISTRATION)
                            .authorizationUri(address + "/oauth2/authorize")
                            .tokenUri(issuer.uri() + ServerConfiguration.TOKEN_ENDPOINT)
                            .jwkSetUri(issuer.uri() + "/oauth2/jwks")
                            .issuerUri(issuer.uri())
                            .userNameAttributeName(IdTokenClaimNames.SUB),
                    screens,
                    address,
                    secret);
            return id -> SignedIn.REGISTRATION.equals(id) ? own : null;
        }
        return new LateRegistration(() -> completed(
                ClientRegistrations.fromIssuerLocation(issuer.uri()).registrationId(SignedIn.REGISTRATION),
                screens,
                address,
                secret));
    }

    /** Of another issuer none may be given: then the pages are a public client, which PKCE alone protects. */
    private static Optional<String> secret(Issuer issuer, TrustFiles files) throws IOException {
        if (issuer.embedded()) {
            return Optional.of(files.secrets().obtain(CLIENT_SECRET));
        }
        try {
            return Optional.of(files.secrets().read(CLIENT_SECRET));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    private static ClientRegistration completed(
            ClientRegistration.Builder issuer, ScreenProperties screens, URI address, Optional<String> secret) {
        secret.ifPresent(issuer::clientSecret);
        return issuer.clientId(screens.clientId())
                .clientAuthenticationMethod(
                        secret.isPresent()
                                ? ClientAuthenticationMethod.CLIENT_SECRET_BASIC
                                : ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(address + CALLBACK)
                .scope("openid")
                .build();
    }

    @Bean
    OAuth2AuthorizedClientRepository authorizedClients() {
        return new HttpSessionOAuth2AuthorizedClientRepository();
    }

    @Bean
    JwtDecoderFactory<ClientRegistration> idTokens(ScreenProperties screens) {
        SignatureAlgorithm algorithm = SignatureAlgorithm.from(screens.idTokenAlgorithm());
        if (algorithm == null) {
            throw new IllegalArgumentException("wasl.screens.id-token-algorithm must name a signature algorithm");
        }
        OidcIdTokenDecoderFactory decoders = new OidcIdTokenDecoderFactory();
        decoders.setJwsAlgorithmResolver(registration -> algorithm);
        return decoders;
    }

    @Bean
    SignedIn signedIn(OAuth2AuthorizedClientRepository clients, IdentityProperties identity, Clock clock) {
        return new SignedIn(clients, identity.rolesClaim(), identity.nationalNumberClaim(), clock);
    }

    /** People at the pages, by session. */
    @Bean
    @Order(5)
    SecurityFilterChain screenAccess(
            HttpSecurity http,
            ClientRegistrationRepository registrations,
            OAuth2AuthorizedClientRepository clients,
            SignedIn signedIn,
            ScreenProperties screens,
            ServerProperties server)
            throws Exception {
        HttpSessionSecurityContextRepository sessions = new HttpSessionSecurityContextRepository();
        sessions.setSpringSecurityContextKey(CONTEXT);
        HttpSessionRequestCache pages = pages();
        TypedForms forms = new TypedForms(START + "/" + SignedIn.REGISTRATION, pages);
        http.securityMatcher(ScreenPolicy.ALL.toArray(String[]::new))
                .securityContext(context -> context.securityContextRepository(sessions))
                .requestCache(cache -> cache.requestCache(pages))
                .headers(headers -> AccessConfiguration.secured(headers, ScreenPolicy.CONTENT))
                .addFilterBefore(
                        new OneAddress(ScreensConfiguration.address(screens, server)),
                        SecurityContextHolderFilter.class)
                .addFilterBefore(new EndedSignIns(signedIn), AnonymousAuthenticationFilter.class)
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(forms).accessDeniedHandler(forms))
                .logout(out -> out.logoutUrl("/sign-out").logoutSuccessUrl(HOME))
                .oauth2Login(login -> login.clientRegistrationRepository(registrations)
                        .authorizedClientRepository(clients)
                        .securityContextRepository(sessions)
                        .authorizationEndpoint(start -> start.authorizationRequestResolver(withPkce(registrations)))
                        .redirectionEndpoint(back -> back.baseUri(CALLBACK))
                        .userInfoEndpoint(user -> user.userAuthoritiesMapper(roles(signedIn)))
                        .successHandler(new ReturnAddress(pages, HOME))
                        .failureHandler(new SimpleUrlAuthenticationFailureHandler("/sign-in/failed")))
                .authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(
                                jakarta.servlet.DispatcherType.ERROR,
                                jakarta.servlet.DispatcherType.ASYNC,
                                jakarta.servlet.DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers("/auditor", "/auditor/**")
                        .hasRole(Role.AUDITOR.name())
                        .requestMatchers("/operator", "/operator/**")
                        .hasRole(Role.OPERATOR.name())
                        .requestMatchers("/my-data", "/my-data/**")
                        .hasRole(Role.CITIZEN.name())
                        .requestMatchers(HttpMethod.GET, ScreenPolicy.PUBLIC.toArray(String[]::new))
                        .permitAll()
                        .requestMatchers("/sign-out")
                        .permitAll()
                        .anyRequest()
                        .hasAnyRole(Role.CITIZEN.name(), Role.OFFICER.name()));
        return http.build();
    }

    /** Pages alone are come back to: no stream, no part of a page. */
    private static HttpSessionRequestCache pages() {
        MediaTypeRequestMatcher html = new MediaTypeRequestMatcher(org.springframework.http.MediaType.TEXT_HTML);
        html.setIgnoredMediaTypes(Set.of(org.springframework.http.MediaType.ALL));
        RequestMatcher parts = new OrRequestMatcher(
                new RequestHeaderRequestMatcher("HX-Request"),
                PathPatternRequestMatcher.withDefaults().matcher("/assets/**"));
        HttpSessionRequestCache pages = new HttpSessionRequestCache();
        pages.setRequestMatcher(new AndRequestMatcher(html, new NegatedRequestMatcher(parts)));
        pages.setMatchingRequestParameterName(null);
        // The issuer, in the same session, keeps a page of its own to come back to.
        pages.setSessionAttrName(PAGE);
        return pages;
    }

    private static DefaultOAuth2AuthorizationRequestResolver withPkce(ClientRegistrationRepository registrations) {
        DefaultOAuth2AuthorizationRequestResolver resolver =
                new DefaultOAuth2AuthorizationRequestResolver(registrations, START);
        resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        return resolver;
    }

    private static GrantedAuthoritiesMapper roles(SignedIn signedIn) {
        return given -> {
            Collection<GrantedAuthority> roles = new HashSet<>();
            for (GrantedAuthority authority : given) {
                if (authority instanceof OidcUserAuthority user) {
                    roles.addAll(signedIn.authorities(user.getAttributes()));
                }
            }
            return roles;
        };
    }
}
