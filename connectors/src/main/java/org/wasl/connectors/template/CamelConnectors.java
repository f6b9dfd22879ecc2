package org.wasl.connectors.template;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import net.sf.saxon.s9api.Processor;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.wasl.connectors.Connector;
import org.wasl.connectors.Connectors;
import org.wasl.connectors.DocumentSpool;
import org.wasl.connectors.backend.BackEnd;
import org.wasl.connectors.backend.FilesBackEnd;
import org.wasl.connectors.backend.JdbcBackEnd;
import org.wasl.connectors.backend.RestBackEnd;
import org.wasl.connectors.backend.Secrets;
import org.wasl.connectors.backend.SoapBackEnd;
import org.wasl.connectors.backend.UnreadAnswers;
import org.wasl.connectors.declaration.BackEndDeclaration;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.declaration.DeclarationProblem;
import org.wasl.connectors.declaration.InvalidDeclarationsException;
import org.wasl.connectors.mapping.AnswerMapping;
import org.wasl.connectors.mapping.RecordCheck;
import org.wasl.connectors.policy.BreakerFallback;
import org.wasl.connectors.policy.ConnectorErrorPolicy;
import org.wasl.connectors.policy.Failures;
import org.wasl.connectors.xml.ClosedSaxon;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.ServiceId;

/** The connectors of a node as Camel routes, one for each declaration. */
public final class CamelConnectors implements Connectors, AutoCloseable {

    private static final long IDLE_THREAD_SECONDS = 30;

    private final Map<ServiceId, CamelConnector> byService;
    private final ProducerTemplate template;

    private CamelConnectors(Map<ServiceId, CamelConnector> byService, ProducerTemplate template) {
        this.byService = byService;
        this.template = template;
    }

    /**
     * Adds one route to the context for each declaration. No back-end is contacted: an agency that is down does not
     * keep a node from starting.
     *
     * @param context the context, started or not
     * @param declarations what the agencies declared
     * @param schemas validate what is mapped
     * @param spool holds documents until they are signed
     * @param secrets where credentials come from
     * @param clock the node's clock
     * @throws InvalidDeclarationsException when a stylesheet or expression does not compile, with every problem
     */
    public static CamelConnectors add(
            CamelContext context,
            List<ConnectorDeclaration> declarations,
            SchemaCatalogue schemas,
            DocumentSpool spool,
            Secrets secrets,
            Clock clock)
            throws InvalidDeclarationsException {
        Processor processor = ClosedSaxon.newProcessor();
        Map<ConnectorDeclaration, AnswerMapping> mappings = compile(declarations, processor);
        addTemplates(context);
        ProducerTemplate template = context.createProducerTemplate();
        Map<ServiceId, CamelConnector> byService = new TreeMap<>();
        mappings.forEach((declaration, mapping) -> {
            BackEnd backEnd = backEnd(declaration, context, processor, mapping, spool, secrets, clock);
            CircuitBreaker breaker = breaker(declaration);
            addRoute(context, declaration, backEnd, breaker, mapping, new RecordCheck(schemas));
            byService.put(
                    declaration.service(),
                    new CamelConnector(declaration, backEnd, breaker, template, threads(context, declaration), clock));
        });
        return new CamelConnectors(byService, template);
    }

    private static Map<ConnectorDeclaration, AnswerMapping> compile(
            List<ConnectorDeclaration> declarations, Processor processor) throws InvalidDeclarationsException {
        Map<ConnectorDeclaration, AnswerMapping> mappings = new LinkedHashMap<>();
        List<DeclarationProblem> problems = new ArrayList<>();
        for (ConnectorDeclaration declaration : declarations) {
            try {
                mappings.put(declaration, AnswerMapping.compile(processor, declaration));
            } catch (InvalidDeclarationsException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDeclarationsException(problems);
        }
        return mappings;
    }

    private static void addTemplates(CamelContext context) {
        try {
            context.getRegistry().bind(UnreadAnswers.NAME, new UnreadAnswers());
            context.addRoutesConfigurations(new ConnectorErrorPolicy());
            context.addRoutes(new JdbcConnectorTemplate());
            context.addRoutes(new RestConnectorTemplate());
            context.addRoutes(new SoapConnectorTemplate());
            context.addRoutes(new FilesConnectorTemplate());
        } catch (Exception e) {
            // Camel declares Exception; the templates are ours and constant, so this is a bug.
            throw new IllegalStateException("the connectors' route templates could not be added", e);
        }
    }

    private static BackEnd backEnd(
            ConnectorDeclaration declaration,
            CamelContext context,
            Processor processor,
            AnswerMapping mapping,
            DocumentSpool spool,
            Secrets secrets,
            Clock clock) {
        BackEndDeclaration backEnd = declaration.backEnd();
        if (backEnd instanceof BackEndDeclaration.Jdbc jdbc) {
            return new JdbcBackEnd(declaration, jdbc, processor, mapping::changed, secrets, clock);
        }
        if (backEnd instanceof BackEndDeclaration.Rest rest) {
            return new RestBackEnd(declaration, rest, processor, spool, secrets, clock);
        }
        if (backEnd instanceof BackEndDeclaration.Soap soap) {
            return new SoapBackEnd(declaration, soap, context, processor, secrets, clock);
        }
        return new FilesBackEnd(declaration, (BackEndDeclaration.Files) backEnd, processor, spool, secrets, clock);
    }

    private static CircuitBreaker breaker(ConnectorDeclaration declaration) {
        ConnectorDeclaration.Breaker breaker = declaration.breaker();
        // An answer slower than the timeout has been given up by its asker: it speaks against the back-end too.
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(breaker.window())
                .minimumNumberOfCalls(breaker.window())
                .failureRateThreshold(breaker.failurePercent())
                .slowCallRateThreshold(breaker.failurePercent())
                .slowCallDurationThreshold(declaration.limits().timeout())
                .waitDurationInOpenState(breaker.open())
                .permittedNumberOfCallsInHalfOpenState(breaker.trials())
                .recordException(Failures::unhealthy)
                .writableStackTraceEnabled(false)
                .build();
        return CircuitBreaker.of(declaration.name(), config);
    }

    private static void addRoute(
            CamelContext context,
            ConnectorDeclaration declaration,
            BackEnd backEnd,
            CircuitBreaker breaker,
            AnswerMapping mapping,
            RecordCheck check) {
        String breakerName = "connector." + declaration.name() + ".breaker";
        context.getRegistry().bind(breakerName, breaker);
        TemplatedRouteBuilder route = TemplatedRouteBuilder.builder(context, templateOf(declaration))
                .routeId("connector." + declaration.name())
                .prefixId(declaration.name() + ".")
                .parameter(ConnectorTemplate.NAME, declaration.name())
                .parameter(ConnectorTemplate.BREAKER, breakerName)
                .bean(ConnectorTemplate.BACK_END, backEnd)
                .bean(ConnectorTemplate.MAPPING, mapping)
                .bean(ConnectorTemplate.CHECK, check)
                .bean(ConnectorTemplate.FALLBACK, new BreakerFallback());
        if (backEnd instanceof RestBackEnd rest) {
            route.parameter(ConnectorTemplate.ENDPOINT, rest.endpoint());
        }
        if (backEnd instanceof SoapBackEnd soap) {
            route.parameter(ConnectorTemplate.ENDPOINT, soap.endpoint());
        }
        route.add();
    }

    private static String templateOf(ConnectorDeclaration declaration) {
        BackEndDeclaration backEnd = declaration.backEnd();
        if (backEnd instanceof BackEndDeclaration.Jdbc) {
            return ConnectorTemplate.JDBC;
        }
        if (backEnd instanceof BackEndDeclaration.Rest) {
            return ConnectorTemplate.REST;
        }
        return backEnd instanceof BackEndDeclaration.Soap ? ConnectorTemplate.SOAP : ConnectorTemplate.FILES;
    }

    /** These threads are the bulkhead: what finds neither a thread nor a place to wait is refused as busy. */
    private static ExecutorService threads(CamelContext context, ConnectorDeclaration declaration) {
        int concurrent = declaration.limits().concurrent();
        String name = "connector-" + declaration.name();
        return context.getExecutorServiceManager()
                .newThreadPool(
                        declaration,
                        name,
                        new ThreadPoolProfileBuilder(name)
                                .poolSize(concurrent)
                                .maxPoolSize(concurrent)
                                .maxQueueSize(declaration.limits().waiting())
                                .keepAliveTime(IDLE_THREAD_SECONDS, TimeUnit.SECONDS)
                                .allowCoreThreadTimeOut(true)
                                .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
                                .build());
    }

    @Override
    public Optional<Connector> connector(ServiceId service) {
        return Optional.ofNullable(byService.get(service));
    }

    @Override
    public Set<ServiceId> services() {
        return Set.copyOf(byService.keySet());
    }

    /** The connector of that name, for a check; empty when there is none. */
    public Optional<CamelConnector> named(String name) {
        return byService.values().stream()
                .filter(connector -> connector.declaration().name().equals(name))
                .findFirst();
    }

    /** What the agencies declared, in the order of services. */
    public List<ConnectorDeclaration> declarations() {
        return byService.values().stream().map(CamelConnector::declaration).toList();
    }

    /** How it stands with each back-end, in the order of services. */
    public List<BackEndState> states() {
        return byService.values().stream().map(CamelConnector::state).toList();
    }

    /** The connectors' names, sorted. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        byService
                .values()
                .forEach(connector -> names.add(connector.declaration().name()));
        return names;
    }

    /** Closes every connection to a back-end; the routes stop with their context. */
    @Override
    public void close() {
        byService.values().forEach(CamelConnector::close);
        template.stop();
    }
}
