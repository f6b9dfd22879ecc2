package org.wasl.node.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.wasl.connectors.template.BackEndState;
import org.wasl.node.client.TokenClient;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.FreePorts;
import org.wasl.node.edge.evidence.LogFilesController;
import org.wasl.node.edge.payment.NotificationsController;
import org.wasl.node.edge.payment.PaymentsController;
import org.wasl.node.edge.samples.SampleAgenciesController;
import org.wasl.node.identity.Caller;
import org.wasl.node.identity.CallerReader;
import org.wasl.node.identity.DemoUser;
import org.wasl.node.identity.DemoUsers;
import org.wasl.node.identity.Role;
import org.wasl.node.traffic.ExchangeMeters;
import org.wasl.node.traffic.ObservedExchanges;
import org.wasl.node.traffic.Traffic;
import org.wasl.node.watch.VitalSigns;
import org.wasl.node.watch.Vitals;
import org.wasl.routes.composite.CompositeDeclaration;
import org.wasl.routes.composite.CompositeRequest;
import org.wasl.routes.composite.CompositeResult;
import org.wasl.routes.composite.CompositeServices;
import org.wasl.routes.composite.LateCompositeListener;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.routes.exchange.ExchangeRequest;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.routes.exchange.LateAnswerListener;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.registry.Label;

/** The real edges on real ports, over a bus that is made of hand-written fakes. */
final class EdgeHarness implements AutoCloseable {

    static final ServiceId PERSON = ServiceId.parse("JO/GOV/CSPD/registry/person-record/v1");
    static final SubsystemId COURT = SubsystemId.parse("JO/GOV/MOJ/case-system");
    static final String OWN_NUMBER = "9870000001";

    private final ConfigurableApplicationContext context;
    private final DataDirectory directory;
    private final int portalPort;
    private final int agencyPort;
    private final int managementPort;
    private final TrustFiles files;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    final FakeExchange exchange = new FakeExchange();
    final FakeComposites composites = new FakeComposites();

    /** What is measured, as the test says. */
    volatile Vitals vitals = new Vitals(
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            true,
            7,
            4096,
            90,
            100,
            Duration.ZERO,
            Duration.ZERO,
            0,
            0,
            0,
            new TreeMap<>(Map.of("wasl.request.JO.GOV.CSPD.registry", 0L)),
            List.of(new BackEndState("person-record", PERSON, BackEndState.Breaker.CLOSED, 20, 1, 0, 2, 8)),
            1,
            Instant.now().plus(Duration.ofDays(100)),
            List.of());

    EdgeHarness(Path root, String... properties) throws Exception {
        directory = new DataDirectory(root);
        files = new TrustFiles(root);
        List<Integer> ports = FreePorts.find(3);
        portalPort = ports.get(0);
        agencyPort = ports.get(1);
        managementPort = ports.get(2);
        List<String> arguments = new ArrayList<>(List.of(
                "--wasl.data.directory=" + root,
                "--server.port=" + portalPort,
                "--management.server.port=" + managementPort,
                "--wasl.edge.agency-port=" + agencyPort,
                "--wasl.edge.max-body=4KB",
                "--wasl.edge.body-timeout=1s",
                "--logging.threshold.console=warn"));
        arguments.addAll(List.of(properties));
        context = new SpringApplicationBuilder(Edges.class)
                .initializers(fresh -> {
                    GenericApplicationContext beans = (GenericApplicationContext) fresh;
                    beans.registerBean(
                            ExchangeClient.class,
                            () -> new ObservedExchanges(
                                    exchange,
                                    beans.getBean(Traffic.class),
                                    beans.getBean(ExchangeMeters.class),
                                    () -> System.nanoTime() + exchange.aged.get()));
                    beans.registerBean(VitalSigns.class, () -> () -> vitals);
                    beans.registerBean(CompositeServices.class, () -> composites);
                    beans.registerBean(
                            PaymentsController.class,
                            () -> new PaymentsController(new NoPayments(), composites, Optional.empty()));
                    beans.registerBean(
                            NotificationsController.class,
                            () -> new NotificationsController("secret", Clock.systemUTC(), notification -> {}));
                    beans.registerBean(SampleAgenciesController.class, () -> new SampleAgenciesController(Map.of()));
                    beans.registerBean(LogFilesController.class, () -> new LogFilesController(directory.publicLog()));
                    beans.registerBean(DataDirectory.class, () -> directory);
                })
                .run(arguments.toArray(String[]::new));
    }

    HttpResponse<String> portal(String method, String path, String body, String... headers) throws Exception {
        return send(HttpClient.newHttpClient(), "http://127.0.0.1:" + portalPort, method, path, body, headers);
    }

    HttpResponse<String> management(String path) throws Exception {
        return send(HttpClient.newHttpClient(), "http://127.0.0.1:" + managementPort, "GET", path, "");
    }

    HttpResponse<String> agency(String method, String path, String body, String... headers) throws Exception {
        return agency(client(COURT.member()), method, path, body, headers);
    }

    HttpResponse<String> agency(SSLContext tls, String method, String path, String body, String... headers)
            throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        return send(client, "https://127.0.0.1:" + agencyPort, method, path, body, headers);
    }

    /** What this member's client certificate opens. */
    SSLContext client(MemberId member) throws Exception {
        return tls(files.client(member).resolve("client.p12"), files.secrets().read("client-" + member.dotted()));
    }

    /** A certificate of the trusted authority that the registry binds to nobody: the server's own. */
    SSLContext stranger() throws Exception {
        return tls(files.server(), files.secrets().read(TrustFiles.SERVER_SECRET));
    }

    /** Trusts the server, presents nothing. */
    SSLContext nobody() throws Exception {
        return tls(null, "");
    }

    private SSLContext tls(Path file, String password) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(files.trusted())) {
            trusted.load(in, files.secrets().read(TrustFiles.TRUSTED_SECRET).toCharArray());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        KeyManager[] keys = null;
        if (file != null) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, password.toCharArray());
            }
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(store, password.toCharArray());
            keys = factory.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }

    private static HttpResponse<String> send(
            HttpClient client, String base, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    String bearer(String user) throws Exception {
        String token = tokens.get(user);
        if (token == null) {
            token = new TokenClient("http://127.0.0.1:" + portalPort)
                    .token(user, DemoUsers.passwords(directory).get(user))
                    .orElseThrow();
            tokens.put(user, token);
        }
        return "Bearer " + token;
    }

    /** Them as the edges know them. */
    Caller caller(String user) throws Exception {
        String token = bearer(user).substring("Bearer ".length());
        return part(CallerReader.class).read(part(JwtDecoder.class).decode(token));
    }

    int portalPort() {
        return portalPort;
    }

    int agencyPort() {
        return agencyPort;
    }

    <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({
        AuditProperties.class,
        DataProperties.class,
        EdgeProperties.class,
        IdentityProperties.class,
        LogProperties.class,
        NodeProperties.class,
        KeyProperties.class,
        MetricsProperties.class,
        OperationProperties.class,
        RetentionProperties.class,
        SamplesProperties.class,
        TrustProperties.class,
        ScreenProperties.class,
        UsageProperties.class,
        WebhookProperties.class
    })
    @Import({
        PlatformConfiguration.class,
        TrustConfiguration.class,
        SiteConfiguration.class,
        LogConfiguration.class,
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
        ScreensConfiguration.class
    })
    static class Edges {

        @Bean
        java.time.Clock clock() {
            return java.time.Clock.systemUTC();
        }

        @Bean
        DemoUsers users(DataDirectory directory) throws IOException {
            return DemoUsers.open(
                    directory,
                    List.of(
                            new DemoUser("citizen", Set.of(Role.CITIZEN), OWN_NUMBER, "a citizen"),
                            new DemoUser("attorney", Set.of(Role.CITIZEN), "9870000003", OWN_NUMBER, "for the citizen"),
                            new DemoUser("officer", Set.of(Role.OFFICER), null, "an officer"),
                            new DemoUser("auditor", Set.of(Role.AUDITOR), null, "an auditor"),
                            new DemoUser("operator", Set.of(Role.OPERATOR), null, "an operator")));
        }
    }

    /** Remembers what it was asked, and answers as the test says. */
    static final class FakeExchange implements ExchangeClient {
        final List<ExchangeRequest> asked = new CopyOnWriteArrayList<>();

        /** By how many nanoseconds its clock is ahead: a test ages an exchange by it. */
        final AtomicLong aged = new AtomicLong();

        volatile Function<ExchangeRequest, ExchangeResult> answer = request -> faulted(FaultCode.RECORD_NOT_FOUND);

        @Override
        public CompletableFuture<ExchangeResult> submit(ExchangeRequest request) {
            asked.add(request);
            return CompletableFuture.supplyAsync(() -> answer.apply(request));
        }

        @Override
        public CompletableFuture<ExchangeResult> cancel(SubsystemId consumer, UUID messageId) {
            return CompletableFuture.completedFuture(faulted(FaultCode.EXCHANGE_CANCELLED));
        }

        @Override
        public Optional<ExchangeResult> find(SubsystemId consumer, UUID messageId) {
            return Optional.empty();
        }

        @Override
        public void onLateAnswer(LateAnswerListener listener) {
            // Nothing here answers later.
        }
    }

    static ExchangeResult faulted(FaultCode code) {
        return new ExchangeResult.Faulted(
                new Fault(code, Stage.CONNECTOR, "JO/GOV/CSPD", "Nothing there."), Optional.empty(), Optional.empty());
    }

    /** One composite service that always times out. */
    static final class FakeComposites implements CompositeServices {
        final List<CompositeRequest> asked = new CopyOnWriteArrayList<>();
        final Map<UUID, CompositeResult> tracked = new ConcurrentHashMap<>();
        private final CompositeDeclaration clearance = new CompositeDeclaration(
                ServiceId.parse("JO/GOV/PORTAL/composer/general-clearance/v1"),
                new Label("براءة ذمة عامة", "General clearance"),
                "GENERAL_CLEARANCE",
                "JO-BYLAW-CLEARANCE",
                Duration.ofSeconds(10),
                List.of(new CompositeDeclaration.Input(
                        "nationalNumber",
                        new Label("الرقم الوطني", "National number"),
                        true,
                        java.util.regex.Pattern.compile("[0-9]{10}"),
                        true)),
                List.of());

        @Override
        public CompletableFuture<CompositeResult> ask(CompositeRequest request) {
            asked.add(request);
            return CompletableFuture.completedFuture(new CompositeResult.Faulted(
                    new Fault(FaultCode.COMPOSITE_DEADLINE, Stage.COMPOSE, "composer", "Too late."),
                    Optional.empty(),
                    Optional.empty()));
        }

        @Override
        public Optional<CompositeResult> track(UUID trackingId) {
            return Optional.ofNullable(tracked.get(trackingId));
        }

        @Override
        public Optional<CompletableFuture<CompositeResult>> cancel(UUID trackingId) {
            return Optional.empty();
        }

        @Override
        public void onLateAnswer(LateCompositeListener listener) {
            // Nothing here answers later.
        }

        @Override
        public Collection<CompositeDeclaration> declarations() {
            return List.of(clearance);
        }

        @Override
        public Optional<CompositeDeclaration> declaration(String service) {
            return Optional.of(clearance).filter(one -> one.service().code().equals(service));
        }
    }
}
