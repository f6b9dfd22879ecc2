package org.wasl.node.configuration;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.wasl.node.edge.problem.SecurityHeaders;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.node.identity.CallerReader;
import org.wasl.node.identity.MemberAuthenticationFilter;
import org.wasl.node.identity.MemberCertificates;
import org.wasl.node.identity.Role;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.CurrentRegistry;

/** Who may reach what, by port and path. What no rule names, nobody reaches. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    SecurityProblems securityProblems() {
        return new SecurityProblems();
    }

    @Bean
    MemberCertificates memberCertificates(CurrentRegistry registry, CertificatePath path) {
        return new MemberCertificates(registry, path);
    }

    /** Health and metrics, on their own port. */
    @Bean
    @Order(0)
    SecurityFilterChain managementAccess(
            HttpSecurity http, ManagementServerProperties management, SecurityProblems problems) throws Exception {
        Integer port = management.getPort();
        stateless(http.securityMatcher(onPort(port == null ? -1 : port)), problems)
                .authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(
                                HttpMethod.GET,
                                "/actuator/health",
                                "/actuator/health/*",
                                "/actuator/metrics",
                                "/actuator/metrics/*",
                                "/actuator/prometheus")
                        .permitAll()
                        .anyRequest()
                        .access(SecurityProblems.nobody()));
        return http.build();
    }

    /** Agencies' systems, by client certificate. */
    @Bean
    @Order(1)
    SecurityFilterChain agencyAccess(
            HttpSecurity http,
            EdgeProperties edge,
            MemberCertificates certificates,
            Clock clock,
            SecurityProblems problems)
            throws Exception {
        stateless(http.securityMatcher(onPort(edge.agencyPort())), problems)
                .addFilterBefore(
                        new MemberAuthenticationFilter(certificates, clock), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers(
                                "/r1/**",
                                "/exchanges/*/cancellation",
                                "/events",
                                "/events/missed",
                                "/events/*/*/*/*/*/*",
                                "/containers/*",
                                "/log/checkpoint",
                                "/log/tile/{level:[0-9]+}/**",
                                "/openapi.json",
                                "/openapi.yaml")
                        .authenticated()
                        .anyRequest()
                        .access(SecurityProblems.nobody()));
        return http.build();
    }

    /** People, by bearer token. */
    @Bean
    @Order(10)
    SecurityFilterChain portalAccess(HttpSecurity http, CallerReader callers, SecurityProblems problems)
            throws Exception {
        String[] parties = {Role.CITIZEN.name(), Role.OFFICER.name(), Role.AUDITOR.name()};
        stateless(http, problems)
                .oauth2ResourceServer(server -> server.authenticationEntryPoint(problems)
                        .accessDeniedHandler(problems)
                        .jwt(jwt ->
                                jwt.jwtAuthenticationConverter(token -> new CallerAuthentication(callers.read(token)))))
                .authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers("/openapi.json", "/openapi.yaml", "/catalogue", "/catalogue/cpsv-ap")
                        .permitAll()
                        .requestMatchers(
                                HttpMethod.GET,
                                "/catalogue/terms",
                                "/catalogue/statistics",
                                "/catalogue/open-data",
                                "/catalogue/open-data.csv")
                        .permitAll()
                        // Hashes and what is signed of them; the leaves themselves tell who asked what of whom.
                        .requestMatchers(HttpMethod.GET, "/log/checkpoint", "/log/tile/{level:[0-9]+}/**")
                        .permitAll()
                        // Who holds a code was shown the answer; whom a node trusts is no secret.
                        .requestMatchers(HttpMethod.GET, "/verification/*")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/log/tile/entries/**")
                        .hasRole(Role.AUDITOR.name())
                        // A gateway has no token: what it tells is authenticated by itself.
                        .requestMatchers(HttpMethod.POST, "/payments/notifications")
                        .permitAll()
                        .requestMatchers("/payments/reconciliation")
                        .hasRole(Role.OPERATOR.name())
                        .requestMatchers("/payments", "/payments/*")
                        .hasAnyRole(Role.CITIZEN.name(), Role.OFFICER.name())
                        // Whom a service will ask for what, and why: to be read before anybody signs in.
                        .requestMatchers(HttpMethod.GET, "/composites/*")
                        .permitAll()
                        .requestMatchers("/composites", "/composites/*")
                        .authenticated()
                        .requestMatchers(HttpMethod.GET, "/requests")
                        .hasRole(Role.CITIZEN.name())
                        .requestMatchers(
                                "/requests/*",
                                "/requests/*/cancellation",
                                "/requests/*/events",
                                "/requests/*/progress",
                                "/containers/*")
                        .hasAnyRole(parties)
                        .requestMatchers("/requests/*/satisfaction")
                        .hasAnyRole(Role.CITIZEN.name(), Role.OFFICER.name())
                        .requestMatchers(
                                "/audit/searches",
                                "/audit/requests/**",
                                "/audit/exports/*",
                                "/audit/exports/*/statement",
                                "/audit/containers/*",
                                "/audit/questions",
                                "/audit/questions/*/answer",
                                "/audit/health",
                                "/audit/anomalies",
                                "/audit/anomalies/family-names",
                                "/audit/trail",
                                "/audit/saved-searches",
                                "/audit/saved-searches/*/removal")
                        .hasRole(Role.AUDITOR.name())
                        .requestMatchers(HttpMethod.GET, "/statistics")
                        .hasAnyRole(Role.OPERATOR.name(), Role.AUDITOR.name())
                        .requestMatchers("/v2/findUsage", "/v2/usagePeriod", "/v2/heartbeat", "/usage/questions")
                        .hasRole(Role.CITIZEN.name())
                        .requestMatchers(
                                "/samples/agencies",
                                "/samples/agencies/*",
                                "/log/erasures",
                                "/operation/overview",
                                "/operation/league",
                                "/operation/alerts",
                                "/operation/dead-letters",
                                "/operation/dead-letters/*/rerun",
                                "/events/positions",
                                "/events/reconciliations",
                                "/events/replays",
                                "/webhooks/undelivered",
                                "/webhooks/undelivered/*")
                        .hasRole(Role.OPERATOR.name())
                        .anyRequest()
                        .access(SecurityProblems.nobody()));
        return http.build();
    }

    private static HttpSecurity stateless(HttpSecurity http, SecurityProblems problems) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> secured(headers, SecurityHeaders.DATA_POLICY))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(problems).accessDeniedHandler(problems));
    }

    /** The headers of every answer; what Spring Security writes by itself is kept where it says the same. */
    static void secured(HeadersConfigurer<HttpSecurity> headers, String contentPolicy) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(contentPolicy))
                .httpStrictTransportSecurity(
                        hsts -> hsts.includeSubDomains(true).maxAgeInSeconds(SecurityHeaders.HSTS_SECONDS));
        SecurityHeaders.ALWAYS.forEach((name, value) -> headers.addHeaderWriter(new StaticHeadersWriter(name, value)));
    }

    /** The port on which the connection really came in, whatever the request says of itself. */
    static RequestMatcher onPort(int port) {
        return (HttpServletRequest request) -> request.getLocalPort() == port;
    }
}
