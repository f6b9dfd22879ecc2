package org.wasl.node.configuration;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
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
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
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
import org.wasl.node.identity.DemoUserDetails;
import org.wasl.node.identity.DemoUsers;
import org.wasl.node.identity.IssuerKey;

/** The node's own OpenID Connect issuer for demo users; absent as soon as another issuer is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "wasl.identity.issuer", matchIfMissing = true, havingValue = "never")
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
        http.securityMatcher("/login", "/default-ui.css")
                .authorizeHttpRequests(rules -> rules.anyRequest().authenticated())
                .headers(headers -> AccessConfiguration.secured(headers, SecurityHeaders.SIGN_IN_POLICY))
                .formLogin(Customizer.withDefaults());
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
    JWKSource<SecurityContext> issuerKeys(DataDirectory directory) throws IOException {
        return new ImmutableJWKSet<>(new JWKSet(IssuerKey.open(directory)));
    }

    @Bean
    OAuth2AuthorizationService grants() {
        return new BoundedAuthorizations();
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> demoClaims(DemoUsers users, IdentityProperties identity) {
        return new DemoClaims(users, identity.audience(), identity.rolesClaim(), identity.nationalNumberClaim());
    }

    @Bean
    RegisteredClientRepository clients(IdentityProperties identity) {
        RegisteredClient commandLine = RegisteredClient.withId(
                        UUID.nameUUIDFromBytes(COMMAND_LINE_CLIENT.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                .toString())
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
        return new InMemoryRegisteredClientRepository(commandLine);
    }

    @Bean
    AuthorizationServerSettings issuerSettings(Issuer issuer) {
        return AuthorizationServerSettings.builder().issuer(issuer.uri()).build();
    }
}
