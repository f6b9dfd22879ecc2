package org.wasl.routes.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.routes.broker.Queues;
import org.wasl.routes.composite.CompositeResult;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.routes.flow.MessageIds;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.InReplyTo;
import org.wasl.security.container.MessageKind;
import org.wasl.security.registry.Registry;

/**
 * What the outside world saw, kept outside the product: what was asked, what back-ends were asked, what was written, sent
 * and told. It judges each as it happens; {@link FinalJudgement} judges what is left in the end.
 */
final class Book {

    /** Where the log could not be written, or the request had not been found in it by the time. */
    private static final Set<FaultCode> MAY_BE_UNSIGNED =
            Set.of(FaultCode.LOG_UNAVAILABLE, FaultCode.EXCHANGE_TIMED_OUT);

    private final World world;
    private final Scenario scenario;
    private final PaperContainers containers = new PaperContainers();
    private final Map<UUID, Asked> asked = new HashMap<>();
    private final Map<String, byte[]> answers = new HashMap<>();
    private final List<Told> told = new ArrayList<>();
    private final Set<UUID> deadLetters = new HashSet<>();
    private final Map<String, Integer> givenBack = new HashMap<>();
    private @Nullable Violation violation;

    Book(World world, Scenario scenario) {
        this.world = world;
        this.scenario = scenario;
        for (Scenario.Ask ask : scenario.asks()) {
            if (ask.composite()) {
                asked.put(MessageIds.step(ask.id(), "life"), new Asked(ask, ask.way()));
                asked.put(MessageIds.step(ask.id(), "attachments"), new Asked(ask, ask.other()));
            } else {
                asked.put(ask.id(), new Asked(ask, ask.way()));
            }
        }
    }

    /** One request to a back-end, over all processes. */
    static final class Asked {

        private final Scenario.Ask ask;
        private final Scenario.Way way;
        private final Map<Incarnation, Integer> readsByProcess = new HashMap<>();
        private int reads;
        private long first = -1;

        Asked(Scenario.Ask ask, Scenario.Way way) {
            this.ask = ask;
            this.way = way;
        }

        Scenario.Way way() {
            return way;
        }

        int slow() {
            return ask.slow();
        }

        int reads() {
            return reads;
        }

        /** Whether the answer that was announced for later is there. */
        boolean ready(long now) {
            return now - first >= ask.after() * World.MILLI + World.SECOND;
        }
    }

    /**
     * What an asker was told.
     *
     * @param answer the signed answer; null when there was none
     * @param fault the fault's code; null when there was none
     */
    record Told(
            Scenario.Ask ask,
            @Nullable Container answer,
            @Nullable FaultCode fault,
            String how) {}

    PaperContainers containers() {
        return containers;
    }

    List<Told> told() {
        return told;
    }

    Set<UUID> deadLetters() {
        return deadLetters;
    }

    Optional<Violation> violation() {
        return Optional.ofNullable(violation);
    }

    /** Keeps the first one, since the product may catch what is thrown. */
    Violation violated(Promise promise, String what) {
        Violation found = new Violation(promise, what);
        if (violation == null) {
            violation = found;
            world.note(null, () -> "VIOLATION " + found.getMessage());
        }
        return found;
    }

    private void require(boolean held, Promise promise, String what) {
        if (!held) {
            throw violated(promise, what);
        }
    }

    /** Somebody's entry goes to the log. */
    void appending(Incarnation writer, LogEntry entry) {
        if (entry.direction() == Direction.SENT && entry.kind() == MessageKind.REPLY) {
            disclosing(writer, entry);
        }
        if (entry.direction() == Direction.RECEIVED && entry.kind() != null) {
            receiving(writer, entry);
        }
    }

    private void disclosing(Incarnation writer, LogEntry entry) {
        Container reply = containers.container(entry.container()).orElseThrow();
        Header header = reply.header();
        Registry registry = writer.node().registry();
        String name = brief(entry.inReplyTo()) + " by " + writer;
        require(
                allows(registry, header.consumer(), header.service(), header.purpose()),
                Promise.P4,
                "answer to " + name + " though no agreement is in force");
        require(
                header.service().equals(Federation.CLEARANCE)
                        || !compromised(registry, header.consumer().member())
                                && !compromised(registry, header.sender().member()),
                Promise.P10,
                "answer to " + name + " though a key behind it is compromised");
        require(
                !new String(reply.payload(), StandardCharsets.UTF_8).contains(Federation.KEPT_BACK),
                Promise.P4,
                "answer to " + name + " with a field that is not released");
        require(writer.node().gate().isEmpty(), Promise.P3, "answer to " + name + " though nobody else could prove it");
        require(
                writer.node()
                        .disk()
                        .message(
                                entry.member(),
                                Direction.RECEIVED,
                                header.inReplyTo().messageId())
                        .isPresent(),
                Promise.P3,
                "answer to " + name + " whose request is not durable");
    }

    private void receiving(Incarnation writer, LogEntry entry) {
        Header header = containers.container(entry.container()).orElseThrow().header();
        boolean composite = header.service().equals(Federation.CLEARANCE);
        Instant now = writer.node().clock().instant();
        require(
                composite
                        || !compromised(
                                writer.node().registry(), header.sender().member()),
                Promise.P10,
                writer + " took " + brief(header.messageId()) + " of a compromised member");
        if (header.kind() == MessageKind.REQUEST && !composite) {
            boolean announced = writer.node()
                    .disk()
                    .about(entry.member(), Direction.SENT, MessageKind.INTERIM, header.messageId())
                    .isPresent();
            require(
                    !header.issued().isAfter(now.plus(Incarnation.SKEW))
                            && (announced || now.isBefore(header.expires())),
                    Promise.P9,
                    writer + " served " + brief(header.messageId()) + " out of its time");
        }
        if (header.kind() == MessageKind.REPLY && entry.fault() == null) {
            Optional<String> own = writer.node()
                    .disk()
                    .answer(entry.member(), Direction.SENT, header.inReplyTo().messageId())
                    .filter(fault -> fault.sender().equals(header.consumer()))
                    .map(fault -> String.valueOf(fault.faultCode()));
            boolean late =
                    own.filter(FaultCode.EXCHANGE_TIMED_OUT.wireCode()::equals).isPresent()
                            && requestOf(writer, entry)
                                    .filter(request -> !now.isBefore(request))
                                    .isPresent();
            require(!late, Promise.P9, "a late reply to " + brief(entry.inReplyTo()) + " counts as in time");
        }
    }

    private static Optional<Instant> requestOf(Incarnation writer, LogEntry reply) {
        return writer.node()
                .disk()
                .message(reply.member(), Direction.SENT, reply.inReplyTo())
                .map(request -> request.expires());
    }

    private static boolean allows(Registry registry, SubsystemId consumer, ServiceId service, String purpose) {
        return purpose.equals(Federation.PURPOSE)
                && registry.agreements().stream()
                        .anyMatch(agreement -> agreement.consumer().equals(consumer)
                                && agreement.service().equals(service));
    }

    private static boolean compromised(Registry registry, MemberId member) {
        return registry.member(member).stream()
                .flatMap(one -> one.certificates().stream())
                .allMatch(certificate -> certificate.compromisedFrom() != null);
    }

    /** An entry is durable. */
    void durable(Incarnation writer, Disk.Leaf leaf) {
        LogEntry entry = leaf.entry();
        require(
                leaf.index() == writer.node().disk().size() - 1L,
                Promise.P5,
                "leaf " + leaf.index() + " is not the last");
        if (entry.direction() == Direction.SENT && entry.kind() == MessageKind.REPLY) {
            long request = writer.node()
                    .disk()
                    .message(entry.member(), Direction.RECEIVED, entry.inReplyTo())
                    .map(found -> found.index())
                    .orElse(Long.MAX_VALUE);
            require(request < leaf.index(), Promise.P5, "the answer stands before its request");
        }
    }

    /** A back-end is asked. */
    Asked reading(Incarnation reader, ConnectorQuery query) {
        UUID id = Backend.id(query);
        Asked one = asked.get(id);
        if (one == null) {
            throw violated(Promise.P4, "a back-end was asked what nobody asked: " + id);
        }
        world.note(reader, () -> "asks its back-end for " + brief(id));
        one.reads++;
        if (one.first < 0) {
            one.first = world.now();
        }
        MemberId provider = query.service().member();
        Optional<Header> request = reader.node()
                .disk()
                .message(provider, Direction.RECEIVED, id)
                .flatMap(stored -> containers.container(stored.container()))
                .map(Container::header);
        require(request.isPresent(), Promise.P3, "a back-end was asked for " + brief(id) + ", which is not durable");
        Header header = request.get();
        require(
                allows(reader.node().registry(), header.consumer(), header.service(), header.purpose()),
                Promise.P4,
                "the back-end of " + reader + " was asked for " + brief(id) + " though no agreement is in force");
        // What fails, or is announced for later, is asked again.
        boolean again =
                switch (one.way) {
                    case LATER, NEVER, BROKEN, BROKEN_ONCE -> true;
                    case FOUND, NOT_FOUND, FAILED, INVALID -> false;
                };
        int times = one.readsByProcess.merge(reader, 1, Integer::sum);
        require(
                again || times <= 1 + givenBack.getOrDefault(reader.toString(), 0),
                Promise.P2,
                "the back-end of " + reader + " was asked " + times + " times for " + brief(id));
        return one;
    }

    /** A message leaves. */
    void sending(Incarnation sender, Broker.Message message) {
        Optional<Container> container = containers.container(message.octets());
        Disk disk = sender.node().disk();
        if (message.queue().equals(Queues.DEAD_LETTER)) {
            boolean logged = disk.leaves().stream()
                    .anyMatch(leaf -> leaf.entry().direction() == Direction.REFUSED
                            && Arrays.equals(leaf.entry().container(), message.octets()));
            require(logged, Promise.P12, sender + " made a dead letter that is not in its log");
            return;
        }
        Header header = container.orElseThrow().header();
        require(
                disk.has(header.sender().member(), Direction.SENT, message.octets()),
                Promise.P3,
                sender + " sent " + header.kind() + " " + brief(header.messageId()) + ", which is not durable");
        InReplyTo about = header.inReplyTo();
        if (about != null
                && (header.kind() == MessageKind.REPLY || header.kind() == MessageKind.FAULT)
                && header.messageId().equals(MessageIds.answer(header.sender(), header.consumer(), about))) {
            byte[] first = answers.putIfAbsent(header.sender() + "|" + about, message.octets());
            require(
                    first == null || Arrays.equals(first, message.octets()),
                    Promise.P2,
                    "two different answers to " + brief(about.messageId()));
        }
    }

    /** What made a route give a message back. */
    void failed(Exception failure) {
        if (System.getProperty("wasl.simulation.stacks") != null) {
            failure.printStackTrace(System.out);
        }
    }

    void givenBack(Incarnation reader, Broker.Message message) {
        givenBack.merge(reader.toString(), 1, Integer::sum);
    }

    void deadLetter(Broker.Message message) {
        containers.container(message.octets()).ifPresent(container -> {
            Header header = container.header();
            deadLetters.add(
                    header.inReplyTo() == null
                            ? header.messageId()
                            : header.inReplyTo().messageId());
        });
    }

    void died(Incarnation process) {
        // What it was asked and had not said is for the log to end.
    }

    /** An asker is told how an exchange ended, or stands. */
    void told(Incarnation by, Scenario.Ask ask, ExchangeResult result, String how) {
        if (result instanceof ExchangeResult.Answered answered) {
            told(by, ask, answered.reply(), null, how);
        } else if (result instanceof ExchangeResult.Faulted faulted) {
            told(by, ask, faulted.container().orElse(null), faulted.fault().code(), how);
        } else {
            told(by, ask, null, null, how);
        }
    }

    /** The same for a composite request. */
    void told(Incarnation by, Scenario.Ask ask, CompositeResult result, String how) {
        if (result instanceof CompositeResult.Answered answered) {
            told(by, ask, answered.answer(), null, how);
        } else if (result instanceof CompositeResult.Faulted faulted) {
            told(by, ask, faulted.container().orElse(null), faulted.fault().code(), how);
        } else {
            told(by, ask, null, null, how);
        }
    }

    private void told(
            Incarnation by, Scenario.Ask ask, @Nullable Container answer, @Nullable FaultCode fault, String how) {
        world.note(
                by,
                () -> how + " " + brief(ask.id()) + ": "
                        + (answer == null ? "" : answer.header().kind() + " ")
                        + (fault == null ? answer == null ? "open" : "" : fault.wireCode()));
        told.add(new Told(ask, answer, fault, how));
        boolean unsigned = answer == null && fault != null && how.equals("ask") && !ask.composite();
        require(
                !unsigned
                        || MAY_BE_UNSIGNED.contains(fault)
                        || by.node()
                                .disk()
                                .message(ask.consumer().member(), Direction.SENT, ask.id())
                                .isEmpty(),
                Promise.P1,
                brief(ask.id()) + " was accepted, and its asker given an unsigned " + fault);
        if (answer != null) {
            Header header = answer.header();
            require(
                    header.inReplyTo() != null && header.inReplyTo().messageId().equals(ask.id()),
                    Promise.P2,
                    "the asker of " + brief(ask.id()) + " was given another's answer");
            boolean own = header.sender().equals(ask.consumer()) || ask.composite();
            require(
                    by.node()
                            .disk()
                            .has(
                                    ask.composite()
                                            ? Federation.PORTAL
                                            : ask.consumer().member(),
                                    own ? Direction.SENT : Direction.RECEIVED,
                                    answer.octets()),
                    Promise.P3,
                    "the asker of " + brief(ask.id()) + " was given what is not durable");
        }
    }

    static String brief(@Nullable UUID id) {
        return id == null ? "-" : id.toString().substring(0, 8);
    }

    String brief(Broker.Message message) {
        return containers
                        .container(message.octets())
                        .map(container -> container.header().kind() + " "
                                + brief(container.header().messageId()) + " about "
                                + brief(
                                        container.header().inReplyTo() == null
                                                ? container.header().messageId()
                                                : container.header().inReplyTo().messageId()))
                        .orElse("poison")
                + " in " + message.queue();
    }
}
