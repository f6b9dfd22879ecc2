package org.wasl.node.configuration;

import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Collectors;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.session.StandardManager;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.wasl.node.edge.BodyLimitFilter;
import org.wasl.node.edge.CallerRates;
import org.wasl.node.edge.ConcurrencyFilter;
import org.wasl.node.edge.EdgeLimits;
import org.wasl.node.edge.PromptHttpProtocol;
import org.wasl.node.edge.UnreadBodyValve;
import org.wasl.node.edge.problem.ErrorDispatchController;
import org.wasl.node.edge.problem.ProblemAdvice;
import org.wasl.node.edge.problem.ProblemReportValve;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.screens.frame.ScreenPolicy;

/** The two connectors, their bounds, and problems for whatever they refuse. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    /** Where the embedded issuer gives tokens. */
    static final String TOKEN_ENDPOINT = "/oauth2/token";

    private static final Duration IDLE = Duration.ofSeconds(15);
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_FORM_BYTES = 64 * 1024;
    private static final int MAX_PARAMETERS = 64;
    private static final int BACKLOG = 64;
    /** Forward secrecy and authenticated encryption only; TLS 1.3 has its own fixed set. */
    private static final String CIPHERS =
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384:TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
                    + ":TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256:TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> httpConnectors(
            EdgeProperties edge, TlsMaterial tls, ScreenProperties screens) {
        return factory -> {
            factory.setProtocol(PromptHttpProtocol.class.getName());
            factory.addConnectorCustomizers(connector -> bound(connector, edge));
            Connector agencies = agencyConnector(edge, tls);
            bound(agencies, edge);
            factory.addAdditionalTomcatConnectors(agencies);
            // Whoever comes gets a session for their forms: without a bound, strangers would fill the memory.
            factory.addContextCustomizers(context -> {
                StandardManager sessions = new StandardManager();
                sessions.setMaxActiveSessions(screens.sessions());
                context.setManager(sessions);
            });
            factory.addEngineValves(new UnreadBodyValve());
            factory.addContextCustomizers(context ->
                    ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemReportValve.class.getName()));
        };
    }

    private static void bound(Connector connector, EdgeProperties edge) {
        connector.setAllowTrace(false);
        connector.setXpoweredBy(false);
        connector.setMaxParameterCount(MAX_PARAMETERS);
        connector.setMaxPostSize(MAX_FORM_BYTES);
        connector.setMaxSavePostSize(0);
        connector.setURIEncoding("UTF-8");
        if (connector.getProtocolHandler() instanceof PromptHttpProtocol protocol) {
            protocol.setHeaderMillis(edge.headTimeout().toMillis());
            protocol.setMaxHttpRequestHeaderSize(MAX_HEADER_BYTES);
            protocol.setConnectionTimeout(Math.toIntExact(IDLE.toMillis()));
            protocol.setKeepAliveTimeout(Math.toIntExact(IDLE.toMillis()));
            protocol.setAcceptCount(BACKLOG);
            // What is left of a refused body is not worth reading.
            protocol.setMaxSwallowSize(MAX_FORM_BYTES);
        }
    }

    private static Connector agencyConnector(EdgeProperties edge, TlsMaterial tls) {
        Connector connector = new Connector(PromptHttpProtocol.class.getName());
        connector.setPort(edge.agencyPort());
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("address", edge.agencyAddress());
        Http11NioProtocol protocol = (Http11NioProtocol) connector.getProtocolHandler();
        protocol.setSSLEnabled(true);
        protocol.setMaxConnections(edge.agencyConnections());
        protocol.setMaxThreads(64);
        protocol.setMinSpareThreads(2);
        SSLHostConfig host = new SSLHostConfig();
        host.setProtocols("TLSv1.3+TLSv1.2");
        host.setCiphers(CIPHERS);
        host.setCertificateVerification("required");
        host.setTrustStore(tls.clientAuthorities());
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystore(tls.server());
        certificate.setCertificateKeystorePassword(tls.password());
        certificate.setCertificateKeyPassword(tls.password());
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        return connector;
    }

    @Bean
    FilterRegistrationBean<ConcurrencyFilter> concurrencyFilter(EdgeProperties edge) {
        return early(
                new ConcurrencyFilter(
                        edge.concurrentRequests(), path -> path.equals(TOKEN_ENDPOINT) || ScreenPolicy.isPage(path)),
                Ordered.HIGHEST_PRECEDENCE);
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(EdgeProperties edge) {
        return early(new BodyLimitFilter(edge.maxBody().toBytes(), edge.bodyTimeout()), Ordered.HIGHEST_PRECEDENCE + 1);
    }

    private static <F extends jakarta.servlet.Filter> FilterRegistrationBean<F> early(F filter, int order) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        return registration;
    }

    @Bean
    ProblemAdvice problemAdvice() {
        return new ProblemAdvice();
    }

    @Bean
    ErrorDispatchController errorDispatchController() {
        return new ErrorDispatchController(ScreenPolicy::isPage, ScreenPolicy.ERROR);
    }

    @Bean
    EdgeLimits edgeLimits(EdgeProperties edge, Clock clock) {
        return new EdgeLimits(
                edge.usualTimeout(),
                edge.longestTimeout(),
                new CallerRates(edge.systemRequestsPerMinute(), edge.personRequestsPerMinute(), clock),
                edge.urgentConsumers().stream().map(SubsystemId::parse).collect(Collectors.toUnmodifiableSet()));
    }
}
