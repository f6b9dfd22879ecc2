package org.wasl.routes.simulation;

import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.JmsConstants;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.broker.BrokerConnections;
import org.wasl.routes.composite.CompositeNode;
import org.wasl.routes.composite.CompositeParts;
import org.wasl.routes.composite.CompositeUnderSimulation;
import org.wasl.routes.exchange.DeferralSettings;
import org.wasl.routes.exchange.ExchangeNode;
import org.wasl.routes.exchange.ExchangeParts;
import org.wasl.routes.exchange.ExchangeProperties;
import org.wasl.routes.exchange.ExchangeSettings;
import org.wasl.routes.exchange.ExchangeUnderSimulation;
import org.wasl.routes.exchange.Outgoing;
import org.wasl.security.agreement.RegistryAccessPolicy;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.assertion.ClaimNames;
import org.wasl.security.certificate.RevocationLists;
import org.wasl.security.container.PayloadSealer;
import org.wasl.security.registry.CertificatePath;

/** One process of a node, from its start until it is killed: the product's exchange and composite services. */
final class Incarnation {

    /** How far clocks may be apart. */
    static final Duration SKEW = Duration.ofSeconds(10);

    static final Duration GRACE = Duration.ofSeconds(1);
    static final Duration LOG_TIMEOUT = Duration.ofSeconds(2);

    private static final DeferralSettings DEFERRALS_MANY = deferrals(8);
    private static final DeferralSettings DEFERRALS_ONE = deferrals(1);
    private static final String LOGGED_FAULT = "waslLoggedFault";
    private static final AssertionVerifier ASSERTIONS = new AssertionVerifier(ClaimNames.DEFAULT);
    private static final PayloadSealer SEALER = new PayloadSealer(new CertificatePath(RevocationLists.NONE));
    private static final ConnectionFactory NONE = (ConnectionFactory) Proxy.newProxyInstance(
            Incarnation.class.getClassLoader(),
            new Class<?>[] {ConnectionFactory.class},
            (proxy, method, arguments) -> {
                throw new UnsupportedOperationException("there is no broker to connect to");
            });

    /** One a thread: it holds nothing between two runs. */
    static final ThreadLocal<SimulatedCamel> CAMEL = ThreadLocal.withInitial(SimulatedCamel::new);

    private final World world;
    private final Node node;
    private final Book book;
    private final Broker broker;
    private final Mutations mutations;
    private final int number;
    private final SimulatedLog log;
    private final Backend backend;
    private final ExchangeNode exchange;
    private final @Nullable CompositeNode composite;
    private final Map<String, RouteDefinition> direct = new HashMap<>();
    private final Map<String, RouteDefinition> intakes = new HashMap<>();
    private final Map<String, List<OnExceptionDefinition>> policies = new HashMap<>();
    private final Map<String, Component> components = new HashMap<>();
    private boolean listening;
    private boolean alive = true;

    Incarnation(World world, Node node, Book book, Broker broker, Scenario scenario, Mutations mutations) {
        this.world = world;
        this.node = node;
        this.book = book;
        this.broker = broker;
        this.mutations = mutations;
        this.number = node.starts();
        this.log = new SimulatedLog(world, this, book);
        this.backend = new Backend(world, this, book, scenario);
        SimulatedCamel camel = CAMEL.get();
        camel.assemble(this);
        try {
            Workers workers = new Workers(world, this);
            RegistryAccessPolicy policy = new RegistryAccessPolicy(node.clock());
            this.exchange = ExchangeUnderSimulation.addTo(
                    camel, exchangeParts(policy, scenario), workers, workers, world::now, () -> world.chance()
                            .nextDouble());
            this.composite = node.members().contains(Federation.PORTAL)
                    ? CompositeUnderSimulation.addTo(camel, compositeParts(policy), workers, workers)
                    : null;
        } finally {
            camel.assemble(null);
        }
    }

    private static DeferralSettings deferrals(int most) {
        return new DeferralSettings(
                most,
                Duration.ofSeconds(20),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(4),
                Duration.ofSeconds(2));
    }

    private ExchangeParts exchangeParts(RegistryAccessPolicy policy, Scenario scenario) {
        ExchangeSettings settings = new ExchangeSettings(
                Federation.NODE,
                scenario.narrow() ? 2 : 64,
                4,
                4,
                4,
                SKEW,
                Duration.ofSeconds(60),
                GRACE,
                LOG_TIMEOUT,
                1 << 20,
                scenario.narrow() ? DEFERRALS_ONE : DEFERRALS_MANY);
        return new ExchangeParts(
                node::registry,
                node,
                SEALER,
                book.containers(),
                book.containers(),
                policy,
                ASSERTIONS,
                Federation.SCHEMAS,
                log,
                node::gate,
                backend,
                new BrokerConnections(NONE, NONE, NONE, NONE, node.speaksForAll()),
                Federation.CLEARANCE::equals,
                node.clock(),
                settings,
                null);
    }

    private CompositeParts compositeParts(RegistryAccessPolicy policy) {
        return new CompositeParts(
                Federation.DECLARATIONS,
                exchange.client(),
                node::registry,
                node,
                book.containers(),
                book.containers(),
                policy,
                ASSERTIONS,
                Federation.SCHEMAS,
                log,
                node::gate,
                node.clock(),
                8,
                4,
                LOG_TIMEOUT);
    }

    /** Begins to read its queues, and takes up what the last process left. */
    void start() {
        world.as(this, () -> {
            listening = true;
            intakes.keySet().forEach(queue -> broker.listens(queue, this));
            if (mutations.recovers()) {
                exchange.recover();
                if (composite != null) {
                    composite.recover();
                }
            }
        });
    }

    Node node() {
        return node;
    }

    Mutations mutations() {
        return mutations;
    }

    ExchangeNode exchange() {
        return exchange;
    }

    CompositeNode composite() {
        return Objects.requireNonNull(composite);
    }

    boolean alive() {
        return alive;
    }

    void die() {
        alive = false;
    }

    void checkAlive() {
        if (!alive) {
            throw new Crash(toString());
        }
    }

    /** Here the process may be killed. */
    void point() {
        checkAlive();
        if (node.killedHere()) {
            throw new Crash(toString());
        }
    }

    /** Whether nothing is left to do. */
    boolean idle() {
        return exchange.inFlight() == 0
                && exchange.unfinished() == 0
                && exchange.owedAnswers() == 0
                && exchange.awaitedAnswers() == 0
                && (composite == null || composite.pending() == 0);
    }

    String left() {
        return exchange.inFlight() + " in flight, " + exchange.owedAnswers() + " owed, " + exchange.awaitedAnswers()
                + " awaited, " + (composite == null ? 0 : composite.pending()) + " composite";
    }

    void route(RouteDefinition route) {
        String uri = route.getInput().getEndpointUri();
        if (uri.startsWith("direct:")) {
            direct.put(uri, route);
        } else {
            intakes.put(queue(uri), route);
        }
    }

    private static String queue(String uri) {
        int from = uri.indexOf(":queue:") + ":queue:".length();
        int to = uri.indexOf('?', from);
        return uri.substring(from, to < 0 ? uri.length() : to);
    }

    void policy(RouteConfigurationDefinition policy) {
        policies.put(policy.getId(), new ArrayList<>(policy.getOnExceptions()));
    }

    List<OnExceptionDefinition> policies(String id) {
        return policies.get(id);
    }

    void component(String name, Component component) {
        components.put(name, component);
    }

    Component component(String name) {
        return components.get(name);
    }

    RouteDefinition direct(String uri) {
        return Objects.requireNonNull(direct.get(uri), uri);
    }

    /** A route stops, since the log has failed; then only a restart helps. */
    void stopped(String routeId) {
        if (listening) {
            listening = false;
            world.note(this, () -> "halts");
            world.after(World.SECOND, this, node::kill);
        }
    }

    boolean reads(String queue) {
        return alive && listening && intakes.containsKey(queue);
    }

    /** The connection to the broker is lost. */
    void disconnected() {
        for (Component component : components.values()) {
            ((JmsComponent) component).getExceptionListener().onException(new JMSException("the connection is lost"));
        }
    }

    /** Takes a message from a queue; true when its route ended well. */
    boolean take(String queue, Broker.Message message) {
        SimulatedCamel camel = CAMEL.get();
        Exchange taken = new DefaultExchange(camel);
        taken.getMessage().setBody(bytes(message));
        if (message.replyNode() != null) {
            taken.getMessage().setHeader(ExchangeProperties.REPLY_NODE, message.replyNode());
        }
        if (message.loggedFault() != null) {
            taken.getMessage().setHeader(LOGGED_FAULT, message.loggedFault());
        }
        if (!new RouteRun(this, intakes.get(queue), taken, done -> {}).start()) {
            throw new IllegalStateException("an intake waits for nothing");
        }
        checkAlive();
        Exception failure = taken.getException();
        if (failure != null) {
            world.note(this, () -> "gives back " + book.brief(message) + ": " + failure);
            book.failed(failure);
        }
        return failure == null;
    }

    private static BytesMessage bytes(Broker.Message message) {
        return (BytesMessage) Proxy.newProxyInstance(
                Incarnation.class.getClassLoader(), new Class<?>[] {BytesMessage.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "getStringProperty":
                            return message.user();
                        case "getBodyLength":
                            return (long) message.octets().length;
                        case "readBytes":
                            byte[] into = (byte[]) arguments[0];
                            System.arraycopy(message.octets(), 0, into, 0, into.length);
                            return into.length;
                        case "toString":
                            return "bytes";
                        default:
                            throw new UnsupportedOperationException(method.getName());
                    }
                });
    }

    /** Sends what a route made. */
    void send(String uri, Exchange made) {
        point();
        Outgoing outgoing = made.getProperty(RouteRun.OUTGOING, Outgoing.class);
        org.apache.camel.Message message = made.getMessage();
        broker.send(
                this,
                uri.startsWith("wasl-jms-replies"),
                new Broker.Message(
                        message.getHeader(JmsConstants.JMS_DESTINATION_NAME, String.class),
                        (byte[]) message.getBody(),
                        node.brokerUser(),
                        (String) message.getHeader(ExchangeProperties.REPLY_NODE),
                        (String) message.getHeader(LOGGED_FAULT),
                        outgoing.persistent() || outgoing.loggedFault() != null,
                        world.now() + outgoing.timeToLive().toNanos()));
        point();
    }

    @Override
    public String toString() {
        return node.name() + "#" + number;
    }
}
