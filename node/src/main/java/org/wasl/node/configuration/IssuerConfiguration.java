package org.wasl.node.configuration;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.edge.problem.SecurityHeaders;
import org.wasl.node.identity.BoundedAuthorizations;
import org.wasl.node.identity.DemoClaims;
import org.wasl.node.identity.DemoPeople;
import org.wasl.node.identity.DemoUserDetails;
import org.wasl.node.identity.DemoUsers;
import org.wasl.node.identity.IssuerKey;
import org.wasl.node.identity.Pseudonyms;
import org.wasl.node.identity.RequestAssertions;
import org.wasl.screens.frame.ScreenPolicy;
import org.wasl.security.assertion.ClaimNames;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.registry.IdentityIssuer;

/** The node's own OpenID Connect issuer for demo users; absent as soon as another issuer is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "wasl.identity.issuer", matchIfMissing = true, havingValue = "never")
@Conditional(OnPortalNode.class)
class IssuerConfiguration {

    /** The public client with which command lines get tokens, by authorization code and PKCE. */
    static final String COMMAND_LINE_CLIENT = "wasl-cli";

    /** The passwords carry 144 random bits: stretching them would only slow the start down. */
    private static final int BCRYPT_STRENGTH = 4;

    @Bean
    @Order(2)
    SecurityFilterChain issuerAccess(HttpSecurity http) throws Exception {
        OAuth2AuthorizationServerConfigurer issuer = OAuth2AuthorizationServerConfigurer.authorizationServer();
        http.securityMatcher(issuer.getEndpointsMatcher())
                .with(issuer, server -> server.oidc(Customizer.withDefaults()))
                .authorizeHttpRequests(rules -> rules.anyRequest().authenticated())
                .headers(headers -> AccessConfiguration.secured(headers, SecurityHeaders.DATA_POLICY))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login")));
        return http.build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain loginAccess(HttpSecurity http) throws Exception {
        http.securityMatcher("/login")
                .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
                .headers(headers -> AccessConfiguration.secured(headers, ScreenPolicy.CONTENT))
                .formLogin(form -> form.loginPage("/login"));
        return http.build();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder(BCRYPT_STRENGTH);
    }

    @Bean
    UserDetailsService demoUserDetails(DemoUsers users, PasswordEncoder encoder) {
        return new DemoUserDetails(users, encoder);
    }

    @Bean
    IssuerKey issuerKey(DataDirectory directory, Clock clock) throws IOException {
        return IssuerKey.open(directory, clock);
    }

    /** What the demonstration's authority puts into its registry. */
    @Bean
    IdentityIssuer identityIssuer(IssuerKey key, Issuer issuer) throws IOException {
        return key.registered(issuer.name());
    }

    @Bean
    JWKSource<SecurityContext> issuerKeys(IssuerKey key) {
        return new ImmutableJWKSet<>(new JWKSet(key.key()));
    }

    @Bean
    OAuth2AuthorizationService grants(
            JWKSource<SecurityContext> keys, Issuer issuer, RegisteredClientRepository clients) {
        NimbusJwtDecoder accessTokens = (NimbusJwtDecoder) OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        accessTokens.setJwtValidator(JwtValidators.createDefaultWithIssuer(issuer.uri()));
        RegisteredClient people = Objects.requireNonNull(clients.findByClientId(COMMAND_LINE_CLIENT));
        return new BoundedAuthorizations(accessTokens, people);
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> demoClaims(
            DemoUsers users, Pseudonyms pseudonyms, Issuer issuer, ClaimNames names, IdentityProperties identity) {
        String name = issuer.name().toString();
        DemoPeople people = new DemoPeople(users, pseudonyms, name);
        return new DemoClaims(
                people,
                new RequestAssertions(people, name, names),
                identity.audience(),
                identity.rolesClaim(),
                identity.nationalNumberClaim(),
                identity.mandatesClaim());
    }

    @Bean
    RegisteredClientRepository clients(
            IdentityProperties identity,
            ScreenProperties screens,
            ServerProperties server,
            TrustFiles files,
            PasswordEncoder encoder)
            throws IOException {
        RegisteredClient commandLine = RegisteredClient.withId(id(COMMAND_LINE_CLIENT))
                .clientId(COMMAND_LINE_CLIENT)
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("http://127.0.0.1/callback")
                .scope("openid")
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(false)
                        .build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(identity.tokenLifetime())
                        .idTokenSignatureAlgorithm(SignatureAlgorithm.ES256)
                        .build())
                .build();
        // The portal's edge, which exchanges people's tokens for assertions and can do nothing else.
        RegisteredClient portal = RegisteredClient.withId(id(identity.clientId()))
                .clientId(identity.clientId())
                .clientSecret(encoder.encode(files.secrets().obtain(IdentityConfiguration.CLIENT_SECRET)))
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.TOKEN_EXCHANGE)
                .scope("openid")
                .build();
        // The pages, which sign people in.
        RegisteredClient pages = RegisteredClient.withId(id(screens.clientId()))
                .clientId(screens.clientId())
                .clientSecret(encoder.encode(files.secrets().obtain(ScreenSignIn.CLIENT_SECRET)))
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(ScreensConfiguration.address(screens, server) + ScreenSignIn.CALLBACK)
                .scope("openid")
                .clientSettings(commandLine.getClientSettings())
                .tokenSettings(commandLine.getTokenSettings())
                .build();
        return new InMemoryRegisteredClientRepository(commandLine, portal, pages);
    }

    private static String id(String client) {
        return UUID.nameUUIDFromBytes(client.getBytes(StandardCharsets.UTF_8)).toString();
    }

    @Bean
    AuthorizationServerSettings issuerSettings(Issuer issuer) {
        return AuthorizationServerSettings.builder().issuer(issuer.uri()).build();
    }
}
