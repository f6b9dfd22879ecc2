package org.wasl.routes.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.broker.Queues;
import org.wasl.routes.composite.CompositeRequest;
import org.wasl.routes.exchange.ExchangeRequest;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.container.Container;
import org.wasl.security.container.Priority;
import org.wasl.security.registry.Registry;

/** One run: a scenario, played until nothing happens any more, and judged. */
final class Simulation {

    private static final long FAULTS_LAST = 3 * World.SECOND;
    private static final long LONGEST = 1_000 * World.SECOND;
    private static final long LOOK = World.SECOND;

    private final Scenario scenario;
    private final World world;
    private final Book book;
    private final Broker broker;
    private final List<Node> nodes = new ArrayList<>();
    private @Nullable ServiceId withdrawn;
    private @Nullable MemberId compromised;

    private Simulation(Scenario scenario, Mutations mutations, boolean traced) {
        this.scenario = scenario;
        this.world = new World(scenario.schedule(), traced);
        this.book = new Book(world, scenario);
        this.broker = new Broker(world, book);
        if (scenario.alone()) {
            nodes.add(new Node(world, book, broker, scenario, mutations, "all", Federation.MEMBERS));
        } else {
            for (MemberId member : Federation.MEMBERS) {
                nodes.add(new Node(world, book, broker, scenario, mutations, member.member(), List.of(member)));
            }
        }
    }

    /**
     * How a run ended.
     *
     * @param violation the promise that was broken; empty when none was
     * @param events how much happened
     */
    record Outcome(Optional<Violation> violation, long events, List<String> trace) {}

    static Outcome run(Scenario scenario, Mutations mutations, boolean traced) {
        Simulation simulation = new Simulation(scenario, mutations, traced);
        Optional<Violation> violation = simulation.run();
        return new Outcome(violation, simulation.world.happened(), simulation.world.trace());
    }

    private Optional<Violation> run() {
        try {
            nodes.forEach(Node::start);
            scenario.asks().forEach(ask -> world.after(ask.at() * World.MILLI, null, () -> begin(ask)));
            scenario.faults().forEach(fault -> world.after(fault.at() * World.MILLI, null, () -> begin(fault)));
            play();
            if (book.violation().isEmpty()) {
                new FinalJudgement(scenario, book, nodes).judge();
            }
        } catch (Violation found) {
            return Optional.of(book.violation().orElse(found));
        }
        return book.violation();
    }

    private void play() {
        long next = 0;
        while (!over()) {
            if (world.now() >= LONGEST) {
                StringBuilder left = new StringBuilder();
                nodes.forEach(node -> left.append(node)
                        .append(": ")
                        .append(node.process().map(Incarnation::left).orElse("dead"))
                        .append("; "));
                throw book.violated(Promise.LIVENESS, "not over after " + LONGEST / World.SECOND + " s: " + left);
            }
            next = Math.max(next, world.now()) + LOOK / 4;
            while (book.violation().isEmpty() && world.step(next)) {
                // one thing after the other
            }
            if (book.violation().isPresent()) {
                return;
            }
        }
    }

    private boolean over() {
        return world.quiet()
                && nodes.stream()
                        .allMatch(
                                node -> node.process().filter(Incarnation::idle).isPresent());
    }

    private Node node(int number) {
        return nodes.get(Math.floorMod(number, nodes.size()));
    }

    private Optional<Incarnation> process(Scenario.Ask ask) {
        return nodes.stream()
                .filter(node -> node.members().contains(ask.consumer().member()))
                .findFirst()
                .flatMap(Node::process);
    }

    private void begin(Scenario.Ask ask) {
        process(ask)
                .ifPresent(process -> world.as(process, () -> {
                    world.note(
                            process,
                            () -> "is asked " + Book.brief(ask.id()) + ", "
                                    + ask.service().code());
                    if (ask.then() != Scenario.Then.NOTHING) {
                        world.after(ask.after() * World.MILLI, null, () -> besides(ask));
                    }
                    ask(process, ask, ask.number(), "ask");
                }));
    }

    private void besides(Scenario.Ask ask) {
        process(ask)
                .ifPresent(process -> world.as(process, () -> {
                    switch (ask.then()) {
                        case AGAIN -> ask(process, ask, ask.number(), "ask again");
                        case OTHER -> ask(process, ask, "0000000000", "ask other");
                        case CANCEL -> cancel(process, ask);
                        case FIND -> find(process, ask);
                        case NOTHING -> throw new IllegalStateException("nothing to do");
                    }
                }));
    }

    private void ask(Incarnation process, Scenario.Ask ask, String number, String how) {
        if (ask.composite()) {
            process.composite().ask(composite(ask, number)).thenAccept(result -> book.told(process, ask, result, how));
        } else {
            process.exchange()
                    .client()
                    .submit(request(ask, number))
                    .thenAccept(result -> book.told(process, ask, result, how));
        }
    }

    private void cancel(Incarnation process, Scenario.Ask ask) {
        world.note(process, () -> "is told to cancel " + Book.brief(ask.id()));
        if (ask.composite()) {
            process.composite()
                    .cancel(ask.id())
                    .ifPresent(done -> done.thenAccept(result -> book.told(process, ask, result, "cancel")));
        } else {
            process.exchange()
                    .client()
                    .cancel(ask.consumer(), ask.id())
                    .thenAccept(result -> book.told(process, ask, result, "cancel"));
        }
    }

    private void find(Incarnation process, Scenario.Ask ask) {
        if (ask.composite()) {
            process.composite().track(ask.id()).ifPresent(result -> book.told(process, ask, result, "find"));
        } else {
            process.exchange()
                    .client()
                    .find(ask.consumer(), ask.id())
                    .ifPresent(result -> book.told(process, ask, result, "find"));
        }
    }

    private static ExchangeRequest request(Scenario.Ask ask, String number) {
        return new ExchangeRequest(
                ask.id(),
                "case-" + ask.id(),
                ask.consumer(),
                ask.service(),
                Map.of("nationalNumber", number),
                actor(),
                null,
                purpose(ask),
                Federation.LEGAL_BASIS,
                "WEB",
                "ar",
                Priority.NORMAL,
                Duration.ofMillis(ask.timeout()),
                null);
    }

    private static CompositeRequest composite(Scenario.Ask ask, String number) {
        return new CompositeRequest(
                ask.id(),
                ask.consumer(),
                "clearance",
                Map.of("nationalNumber", number),
                actor(),
                null,
                ask.allowed() ? null : purpose(ask),
                null,
                "WEB",
                "ar",
                Priority.NORMAL,
                null,
                null);
    }

    private static String purpose(Scenario.Ask ask) {
        return ask.allowed() ? Federation.PURPOSE : "LICENSING";
    }

    private static Actor actor() {
        return new Actor(ActorKind.CITIZEN, AssuranceLevel.HIGH, "citizen-1", null);
    }

    private void begin(Scenario.Fault fault) {
        Node node = node(fault.node());
        world.note(null, () -> "FAULT " + fault + " at " + node);
        switch (fault.kind()) {
            case KILL -> node.kill();
            case KILL_AT_POINT -> node.killAfter(fault.amount());
            case COMMIT_LOST -> node.failsNext(Node.Commit.LOST);
            case COMMIT_KEPT -> node.failsNext(Node.Commit.KEPT_BUT_FAILED);
            case LOG_FULL -> during(fault, () -> node.refuses(true), () -> node.refuses(false));
            case LOG_SLOW -> during(fault, () -> node.slowness(fault.amount() * World.MILLI), () -> node.slowness(0));
            case BROKER_FAILS -> broker.crash(World.SECOND / 10 + fault.amount() * World.MILLI);
            case QUEUES_FULL -> during(fault, () -> broker.full(true), () -> broker.full(false));
            case NETWORK_SLOW -> during(fault, () -> broker.slow(true), () -> broker.slow(false));
            case LOSS -> broker.loses(1 + fault.amount() % 3);
            case DOUBLES -> broker.doubles(1 + fault.amount() % 5);
            case CLOCK -> clock(fault, node);
            case WITHDRAWN -> during(fault, () -> withdraw(fault), () -> publish(null, compromised));
            case COMPROMISED -> during(fault, () -> compromise(fault), () -> publish(withdrawn, null));
            case GATE -> during(fault, () -> node.gate(FaultCode.LOG_UNAVAILABLE), () -> node.gate(null));
            case POISON -> poison(fault, "not a container".getBytes(StandardCharsets.UTF_8));
            case FORGED -> forged(fault);
        }
    }

    private void during(Scenario.Fault fault, Runnable begin, Runnable end) {
        begin.run();
        world.after(World.SECOND + fault.amount() * World.MILLI, null, () -> {
            world.note(null, () -> "mended: " + fault.kind());
            end.run();
        });
    }

    private void clock(Scenario.Fault fault, Node node) {
        int sign = fault.amount() % 2 == 0 ? 1 : -1;
        Duration by = fault.amount() % 4 < 2 ? Duration.ofMinutes(10) : Duration.ofSeconds(5);
        during(fault, () -> node.skew(by.multipliedBy(sign)), () -> node.skew(Duration.ZERO));
    }

    private void withdraw(Scenario.Fault fault) {
        List<ServiceId> services = List.of(Federation.LIFE, Federation.ATTACHMENTS, Federation.CLEARANCE);
        publish(services.get(fault.amount() % services.size()), compromised);
    }

    private void compromise(Scenario.Fault fault) {
        publish(withdrawn, Federation.MEMBERS.get(fault.amount() % Federation.MEMBERS.size()));
    }

    /** Nodes learn of a new version one after the other. */
    private void publish(@Nullable ServiceId service, @Nullable MemberId member) {
        withdrawn = service;
        compromised = member;
        Registry version = Federation.version(service, member);
        for (Node node : nodes) {
            world.after(world.chance().nextLong(World.SECOND), null, () -> node.registry(version));
        }
    }

    private void poison(Scenario.Fault fault, byte[] octets) {
        Node node = node(fault.node());
        MemberId member = node.members().iterator().next();
        String queue = fault.amount() % 2 == 0 || member.equals(Federation.PORTAL)
                ? Queues.reply(member, Federation.NODE)
                : Queues.request(
                        (member.equals(Federation.CSPD) ? Federation.LIFE : Federation.ATTACHMENTS).subsystem());
        broker.put(new Broker.Message(queue, octets, node.brokerUser(), null, null, true, Long.MAX_VALUE));
    }

    /** What somebody else signed, altered, to wherever it was going. */
    private void forged(Scenario.Fault fault) {
        for (Node node : nodes) {
            for (Disk.Leaf leaf : node.disk().leaves()) {
                Optional<Container> genuine =
                        book.containers().container(leaf.entry().container());
                if (genuine.isPresent()) {
                    poison(
                            fault,
                            book.containers()
                                    .forge(
                                            genuine.get(),
                                            Federation.key(genuine.get()
                                                            .header()
                                                            .sender()
                                                            .member())
                                                    .certificate())
                                    .octets());
                    return;
                }
            }
        }
    }
}
