package org.wasl.routes.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.Container;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadXml;

/** What must be true once nothing happens any more. */
final class FinalJudgement {

    private static final String NAMESPACE = "urn:wasl:consolidated:1";
    private static final Set<String> SETTLED = Set.of("AVAILABLE", "NOT_FOUND", "NOT_APPLICABLE");
    private static final PayloadXml PAYLOADS = new PayloadXml(Federation.SCHEMAS);
    private static final int MOST = 1_000;

    private final Scenario scenario;
    private final Book book;
    private final List<Node> nodes;

    FinalJudgement(Scenario scenario, Book book, List<Node> nodes) {
        this.scenario = scenario;
        this.book = book;
        this.nodes = nodes;
    }

    void judge() {
        nodes.forEach(this::nothingOpen);
        for (Book.Told told : book.told()) {
            consistent(told);
        }
        nodes.forEach(this::composites);
        // Whoever waits for a slow back-end holds up others here, as nothing does outside.
        if (scenario.calm() && !scenario.narrow() && scenario.asks().stream().allMatch(ask -> ask.slow() < 20)) {
            scenario.asks().forEach(this::asItShouldBe);
        }
    }

    private void require(boolean held, Promise promise, String what) {
        if (!held) {
            throw book.violated(promise, what);
        }
    }

    /** Accepted is answered or faulted, on both sides. */
    private void nothingOpen(Node node) {
        Disk disk = node.disk();
        for (StoredMessage open : disk.unanswered(Direction.SENT, 0, MOST)) {
            require(false, Promise.P1, node + " accepted " + Book.brief(open.messageId()) + ", and nothing ended it");
        }
        for (StoredMessage open : disk.deferred(Direction.RECEIVED, 0, MOST)) {
            require(false, Promise.P1, node + " still awaits the answer to " + Book.brief(open.inReplyTo()));
        }
        for (StoredMessage open : disk.deferred(Direction.SENT, 0, MOST)) {
            require(false, Promise.P1, node + " still owes the answer to " + Book.brief(open.inReplyTo()));
        }
        for (StoredMessage open : disk.unanswered(Direction.RECEIVED, 0, MOST)) {
            require(false, Promise.P1, node + " received " + Book.brief(open.messageId()) + ", and never answered it");
        }
    }

    /** What an asker was told is what the log says. */
    private void consistent(Book.Told told) {
        Container answer = told.answer();
        Disk disk = node(told.ask()).disk();
        if (answer == null) {
            return;
        }
        Optional<byte[]> recorded = told.ask().composite()
                ? disk.answer(Federation.PORTAL, Direction.SENT, told.ask().id())
                        .map(StoredMessage::container)
                : consumerAnswer(disk, told.ask());
        require(
                recorded.isPresent() && java.util.Arrays.equals(recorded.get(), answer.octets()),
                Promise.P2,
                "the asker of " + Book.brief(told.ask().id()) + " was told (" + told.how()
                        + ") something else than the log says: "
                        + answer.header().kind() + " " + told.fault());
    }

    private static Optional<byte[]> consumerAnswer(Disk disk, Scenario.Ask ask) {
        Optional<StoredMessage> received = disk.answer(ask.consumer().member(), Direction.RECEIVED, ask.id());
        Optional<StoredMessage> own = disk.answer(ask.consumer().member(), Direction.SENT, ask.id())
                .filter(stored -> stored.sender().equals(ask.consumer()));
        if (received.isPresent() && own.isPresent()) {
            return Optional.of((received.get().index() < own.get().index() ? received : own)
                    .get()
                    .container());
        }
        return received.or(() -> own).map(StoredMessage::container);
    }

    private Node node(Scenario.Ask ask) {
        return nodes.stream()
                .filter(node -> node.members().contains(ask.consumer().member()))
                .findFirst()
                .orElseThrow();
    }

    /** Every composite answer says of each source how it is, and that is what its log says. */
    private void composites(Node node) {
        for (Disk.Leaf leaf : List.copyOf(node.disk().leaves())) {
            if (leaf.entry().direction() == Direction.SENT
                    && Federation.CLEARANCE.equals(leaf.entry().service())
                    && (leaf.entry().kind() == MessageKind.REPLY || leaf.entry().kind() == MessageKind.INTERIM)) {
                Container answer =
                        book.containers().container(leaf.entry().container()).orElseThrow();
                PayloadContent content = PAYLOADS.read(answer);
                require(content instanceof PayloadContent.Record, Promise.P6, "a composite answer that cannot be read");
                labelled(node, leaf, ((PayloadContent.Record) content).root());
            }
        }
    }

    private void labelled(Node node, Disk.Leaf leaf, Element root) {
        Map<String, Element> sources = new HashMap<>();
        var found = root.getElementsByTagNameNS(NAMESPACE, "source");
        for (int i = 0; i < found.getLength(); i++) {
            Element source = (Element) found.item(i);
            sources.put(text(source, "step"), source);
        }
        String name = Book.brief(leaf.entry().inReplyTo());
        require(sources.keySet().equals(Set.copyOf(Federation.STEPS)), Promise.P6, name + " lacks a source");
        boolean all = true;
        boolean some = false;
        boolean settles = true;
        for (Element source : sources.values()) {
            String status = text(source, "status");
            all &= SETTLED.contains(status);
            some |= status.equals("AVAILABLE") || status.equals("NOT_FOUND") || status.equals("DEFERRED");
            settles &= status.equals("AVAILABLE") || status.equals("NOT_APPLICABLE");
            boolean record = source.getElementsByTagNameNS(NAMESPACE, "record").getLength() > 0;
            require(
                    record == status.equals("AVAILABLE"),
                    Promise.P6,
                    name + ": " + status + " and a record: " + record);
            if (record) {
                bound(node, name, (Element)
                        source.getElementsByTagNameNS(NAMESPACE, "reply").item(0));
            }
        }
        String overall = text(root, "overall");
        require(
                overall.equals("COMPLETE") == all,
                Promise.P6,
                name + " is " + overall + ", all sources settled: " + all);
        require(
                text(root, "decisionReady").equals(Boolean.toString(settles)),
                Promise.P6,
                name + " is ready though a source is missing, or the other way round");
        require(!text(root, "decision").equals("CLEAR") || settles, Promise.P6, name + " is clear though partial");
    }

    private void bound(Node node, String name, Element reply) {
        String digest = text(reply, "payloadDigest");
        boolean logged = node.disk().leaves().stream()
                .filter(leaf -> leaf.entry().direction() == Direction.RECEIVED
                        && leaf.entry().kind() == MessageKind.REPLY)
                .flatMap(leaf -> book.containers().container(leaf.entry().container()).stream())
                .anyMatch(container -> container.payloadDigest().equals(digest));
        require(logged, Promise.P6, name + " shows a record that no logged reply holds");
    }

    private static String text(Element within, String name) {
        return within.getElementsByTagNameNS(NAMESPACE, name).item(0).getTextContent();
    }

    /** Where nothing went wrong, everybody is answered as the back-end has it. */
    private void asItShouldBe(Scenario.Ask ask) {
        boolean plain = ask.then() == Scenario.Then.NOTHING || ask.then() == Scenario.Then.FIND;
        if (!plain || ask.composite() || !ask.allowed() || ask.slow() > ask.timeout() - World.MILLI / 1_000) {
            return;
        }
        List<Book.Told> ends = book.told().stream()
                .filter(told -> told.ask().equals(ask) && told.how().equals("ask"))
                .toList();
        require(ends.size() == 1, Promise.LIVENESS, Book.brief(ask.id()) + " was told " + ends.size() + " times");
        FaultCode fault = ends.get(0).fault();
        boolean asAsked =
                switch (ask.way()) {
                    case FOUND -> fault == null && ends.get(0).answer() != null;
                    case NOT_FOUND -> fault == FaultCode.RECORD_NOT_FOUND;
                    case FAILED -> fault == FaultCode.BACKEND_UNAVAILABLE;
                    case INVALID -> fault == FaultCode.RECORD_INVALID;
                    case LATER, NEVER -> fault == null;
                    case BROKEN, BROKEN_ONCE -> true;
                };
        require(asAsked, Promise.P1, Book.brief(ask.id()) + " is " + ask.way() + ", and its asker was told " + fault);
    }
}
