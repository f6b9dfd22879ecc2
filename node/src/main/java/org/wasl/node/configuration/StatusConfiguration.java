package org.wasl.node.configuration;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.security.authority.Pki;
import org.wasl.security.authority.StatusServer;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.certificate.FetchedLists;
import org.wasl.security.certificate.OnlineRevocation;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryFiles;

/** The status of certificates: who answers for the demonstration's, where it is asked, who is warned of an end. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RevocationProperties.class)
class StatusConfiguration {

    /** The demonstration's own responder; it serves before anybody asks and until nobody does. */
    @Bean
    @ConditionalOnProperty(name = "wasl.trust.demo-authority", matchIfMissing = true)
    StatusServer demoStatus(TrustFiles files, TrustProperties trust, RevocationProperties revocation, Clock clock)
            throws IOException {
        Pki pki = new Pki(files, trust.publication(), clock);
        return new StatusPort(files.authority()).start(pki, revocation.demoPort(), revocation.demoValidity());
    }

    @Bean
    FetchedLists revocationLists(RegistryFiles registry, RevocationProperties revocation, Clock clock) {
        return new FetchedLists(
                revocation.settings(), () -> addresses(registry.get()), registry.revocationLists(), clock);
    }

    private static List<FetchedLists.Address> addresses(Registry registry) {
        return Stream.concat(registry.anchors().stream(), registry.trusted().intermediates().stream())
                .flatMap(authority -> Stream.ofNullable(authority.crl())
                        .map(location -> new FetchedLists.Address(authority.certificate(), location)))
                .toList();
    }

    @Bean
    OnlineRevocation onlineRevocation(FetchedLists lists, RevocationProperties revocation, Clock clock) {
        return new OnlineRevocation(revocation.settings(), lists, clock);
    }

    @Bean
    CertificatePath certificatePath(OnlineRevocation revocation) {
        return new CertificatePath(revocation);
    }

    @Bean
    CertificateWatch certificateWatch(
            RegistryFiles registry,
            CertificatePath path,
            FetchedLists lists,
            RevocationProperties revocation,
            Clock clock) {
        return new CertificateWatch(registry, path, lists, revocation.warnBefore(), clock);
    }

    @Bean
    ExpiryHealth expiryHealth(CertificateWatch watch) {
        return new ExpiryHealth(watch);
    }
}
