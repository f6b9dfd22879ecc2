package org.wasl.node.configuration;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.identity.CallerReader;
import org.wasl.node.identity.Pseudonyms;
import org.wasl.node.identity.TokenExchangeClient;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.assertion.ClaimNames;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/** Takes and reads bearer tokens, of this node's own issuer or of any other that is configured. */
@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {

    /** The secret with which this node exchanges tokens. */
    static final String CLIENT_SECRET = "portal-client";

    /** The issuer of a node that is not the portal's and has no other configured: nobody has a token of it. */
    private static final URI NOBODY = URI.create("urn:wasl:no-issuer");

    private static final URI DEMO_ISSUER = URI.create("urn:wasl:demo-issuer");

    @Bean
    Issuer issuer(IdentityProperties identity, ServerProperties server, EdgeProperties edge) {
        if (identity.issuer() != null) {
            URI name = identity.assertionIssuer() == null ? identity.issuer() : identity.assertionIssuer();
            return new Issuer(identity.issuer().toString(), name, false);
        }
        if (!edge.portal().enabled()) {
            return new Issuer(NOBODY.toString(), NOBODY, false);
        }
        URI name = identity.assertionIssuer() == null ? DEMO_ISSUER : identity.assertionIssuer();
        return new Issuer("http://127.0.0.1:" + server.getPort(), name, true);
    }

    @Bean
    Pseudonyms pseudonyms(DataDirectory directory) throws IOException {
        Path file = directory.secrets().resolve("pseudonyms.key");
        if (!Files.isRegularFile(file)) {
            byte[] key = new byte[Pseudonyms.KEY_BYTES];
            new SecureRandom().nextBytes(key);
            AtomicFile.directory(directory.secrets(), Readers.OWNER);
            AtomicFile.write(file, key, Readers.OWNER);
        }
        return new Pseudonyms(Files.readAllBytes(file));
    }

    @Bean
    CallerReader callerReader(Issuer issuer, Pseudonyms pseudonyms, IdentityProperties identity) {
        return new CallerReader(
                pseudonyms,
                issuer.name().toString(),
                new CallerReader.Claims(
                        identity.rolesClaim(),
                        identity.nationalNumberClaim(),
                        identity.mandatesClaim(),
                        identity.actorClaim()));
    }

    @Bean
    ClaimNames claimNames(IdentityProperties identity) {
        return new ClaimNames(identity.nationalNumberClaim(), identity.kindClaim(), identity.mandateClaim());
    }

    /** Absent when another issuer is configured, and not where it exchanges tokens. */
    @Bean
    @Conditional(ExchangesTokens.class)
    TokenExchangeClient assertionClient(Issuer issuer, IdentityProperties identity, TrustFiles files)
            throws IOException {
        URI endpoint = identity.tokenEndpoint() == null
                ? URI.create(issuer.uri() + ServerConfiguration.TOKEN_ENDPOINT)
                : identity.tokenEndpoint();
        String secret = issuer.embedded()
                ? files.secrets().obtain(CLIENT_SECRET)
                : files.secrets().read(CLIENT_SECRET);
        return new TokenExchangeClient(
                endpoint, identity.clientId(), secret, identity.exchangeTimeout(), identity.exchangesInFlight());
    }

    static final class ExchangesTokens implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Environment environment = context.getEnvironment();
            boolean own = !environment.containsProperty("wasl.identity.issuer")
                    && environment.getProperty(OnPortalNode.ENABLED, Boolean.class, true);
            return own || environment.containsProperty("wasl.identity.token-endpoint");
        }
    }

    @Bean
    AssertionVerifier assertionVerifier(ClaimNames names) {
        return new AssertionVerifier(names);
    }

    @Bean
    JwtDecoder jwtDecoder(
            Issuer issuer, IdentityProperties identity, ObjectProvider<JWKSource<SecurityContext>> ownKeys) {
        OAuth2TokenValidator<Jwt> rules = new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(issuer.uri()),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(identity.audience())));
        if (issuer.embedded()) {
            NimbusJwtDecoder decoder =
                    (NimbusJwtDecoder) OAuth2AuthorizationServerConfiguration.jwtDecoder(ownKeys.getObject());
            decoder.setJwtValidator(rules);
            return decoder;
        }
        if (identity.issuer() == null) {
            return token -> {
                throw new BadJwtException("this node takes no tokens: wasl.identity.issuer names none");
            };
        }
        // Asked for its keys at the first token, so that the node starts while the issuer is away.
        return new SupplierJwtDecoder(() -> {
            NimbusJwtDecoder decoder =
                    NimbusJwtDecoder.withIssuerLocation(issuer.uri()).build();
            decoder.setJwtValidator(rules);
            return decoder;
        });
    }
}
