package org.wasl.node.configuration;

import java.time.Clock;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.wasl.node.data.DataDirectory;

/** The whole node; every part of it is named here, nothing is found by scanning. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    AuditProperties.class,
    BackEndProperties.class,
    BrokerProperties.class,
    CacheProperties.class,
    DataProperties.class,
    EdgeProperties.class,
    EventProperties.class,
    IdentityProperties.class,
    KeyProperties.class,
    LogProperties.class,
    NodeProperties.class,
    SamplesProperties.class,
    ScreenProperties.class,
    MetricsProperties.class,
    OperationProperties.class,
    PaymentProperties.class,
    TrustProperties.class,
    UsageProperties.class,
    WebhookProperties.class
})
@Import({
    PlatformConfiguration.class,
    TrustConfiguration.class,
    SiteConfiguration.class,
    LogConfiguration.class,
    EvidenceConfiguration.class,
    TimeStampConfiguration.class,
    SamplesConfiguration.class,
    CacheConfiguration.class,
    BusConfiguration.class,
    EventConfiguration.class,
    ServerConfiguration.class,
    AccessConfiguration.class,
    IdentityConfiguration.class,
    IssuerConfiguration.class,
    EdgeConfiguration.class,
    AuditConfiguration.class,
    WebhookConfiguration.class,
    StatisticsConfiguration.class,
    MetricsConfiguration.class,
    OperationConfiguration.class,
    VitalsConfiguration.class,
    PaymentConfiguration.class,
    ScreensConfiguration.class
})
class NodeConfiguration {

    @Bean
    DataDirectory dataDirectory(DataProperties data) {
        return new DataDirectory(data.directory());
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    NodeStates nodeStates(
            Issuer issuer,
            EdgeProperties edge,
            ServerProperties server,
            ManagementServerProperties management,
            BackEnds backEnds,
            RegistryHealth registry,
            Clock clock) {
        Integer portal = server.getPort();
        Integer health = management.getPort();
        return new NodeStates(
                issuer,
                edge,
                portal == null ? 8080 : portal,
                health == null ? -1 : health,
                backEnds.properties(),
                registry,
                clock);
    }
}
