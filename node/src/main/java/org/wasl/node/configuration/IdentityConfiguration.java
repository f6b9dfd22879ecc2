package org.wasl.node.configuration;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
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
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.assertion.ClaimNames;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/** Takes and reads bearer tokens, of this node's own issuer or of any other that is configured. */
@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {

    @Bean
    Issuer issuer(IdentityProperties identity, ServerProperties server) {
        if (identity.issuer() != null) {
            return new Issuer(identity.issuer().toString(), false);
        }
        return new Issuer("http://127.0.0.1:" + server.getPort(), true);
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
    CallerReader callerReader(Pseudonyms pseudonyms, IdentityProperties identity) {
        return new CallerReader(pseudonyms, identity.rolesClaim(), identity.nationalNumberClaim());
    }

    @Bean
    AssertionVerifier assertionVerifier(IdentityProperties identity) {
        return new AssertionVerifier(
                new ClaimNames(identity.nationalNumberClaim(), identity.kindClaim(), identity.mandateClaim()));
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
        // Asked for its keys at the first token, so that the node starts while the issuer is away.
        return new SupplierJwtDecoder(() -> {
            NimbusJwtDecoder decoder =
                    NimbusJwtDecoder.withIssuerLocation(issuer.uri()).build();
            decoder.setJwtValidator(rules);
            return decoder;
        });
    }
}
