package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.broker.Queues;
import org.wasl.routes.event.EventDraft;
import org.wasl.routes.event.EventListener;
import org.wasl.routes.event.EventNode;
import org.wasl.routes.event.Publication;
import org.wasl.routes.event.ReceivedEvent;
import org.wasl.routes.flow.MessageIds;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.container.Container;
import org.wasl.security.container.Coverage;
import org.wasl.security.container.EventSequence;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;

/** Events over the real broker and a real log: told once, in order, to whoever may hear, whatever happens on the way. */
class EventFlowTest {

    private static final String QUEUE = Queues.event(TestFederation.LICENSING);

    @TempDir
    Path directory;

    private final Notes notes = new Notes();
    private TestNode node;

    /** Takes down what it hears. */
    private static final class Notes implements EventListener {

        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final AtomicInteger failures = new AtomicInteger();
        private volatile Outcome outcome = Outcome.DONE;

        @Override
        public String name() {
            return "notes";
        }

        @Override
        public boolean wants(SubsystemId subscriber, ServiceId type) {
            return type.equals(TestFederation.DEATH);
        }

        @Override
        public Outcome hear(ReceivedEvent event) {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("as a listener fails");
            }
            if (outcome == Outcome.DONE) {
                heard.add(event.sequence() + " " + event.record().root().getTextContent());
            }
            return outcome;
        }
    }

    @BeforeEach
    void start() {
        TestFederation federation = new TestFederation();
        federation.hearsOfDeaths(TestFederation.LICENSING);
        node = new TestNode(directory, federation);
        node.listeners.add(notes);
        node.restart();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static byte[] death(String person) {
        return ("<event:death xmlns:event=\"urn:wasl:event:1\"><event:person scheme=\"JO-NAT\">" + person
                        + "</event:person><event:occurredOn>2026-11-20</event:occurredOn>"
                        + "<event:reference>CSPD/1</event:reference></event:death>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private Publication publish(String key, String person) {
        return node.events()
                .publisher()
                .publish(new EventDraft(
                        TestFederation.DEATH,
                        key,
                        death(person),
                        new Actor(ActorKind.OFFICER, AssuranceLevel.HIGH, "desk-1", null),
                        null,
                        "ar"));
    }

    private static String person(int number) {
        return String.format("99900%05d", number);
    }

    private List<Long> received() {
        return node
                .events()
                .received()
                .after(TestFederation.LICENSING, TestFederation.REGISTRY, 0, 1_000)
                .events()
                .stream()
                .map(ReceivedEvent::sequence)
                .toList();
    }

    private void awaitReceived(int count) {
        List<Long> numbers = new ArrayList<>();
        for (long number = 1; number <= count; number++) {
            numbers.add(number);
        }
        await().atMost(TestNode.PATIENCE)
                .untilAsserted(() -> assertThat(received()).isEqualTo(numbers));
    }

    private static FaultCode refused(Publication publication) {
        return ((Publication.Refused) publication).fault().code();
    }

    @Test
    void publish_whenSubscriberHasAgreement_isHeardOnceCutAndInTheLogOfBoth() {
        Publication.Published first = (Publication.Published) publish("D-1", person(1));
        awaitReceived(1);
        await().atMost(TestNode.PATIENCE).until(() -> notes.heard.size() == 1);

        // The reference is not released.
        assertThat(notes.heard).containsExactly("1 " + person(1) + "2026-11-20");
        Publication.Published again = (Publication.Published) publish("D-1", person(1));
        assertThat(again.eventId()).isEqualTo(first.eventId());
        assertThat(again.repeated()).isTrue();
        assertThat(refused(publish("D-1", person(2)))).isEqualTo(FaultCode.EVENT_KEY_REUSED);
        UUID told = MessageIds.told(TestFederation.REGISTRY, TestFederation.LICENSING, 1);
        assertThat(node.log().messages(told))
                .extracting(StoredMessage::direction)
                .containsExactly(Direction.SENT, Direction.RECEIVED);
        Header header = node.open(node.log().messages(told).get(0)).header();
        assertThat(header.event()).isEqualTo(new EventSequence(1, first.eventId()));
        assertThat(header.actor().kind()).isEqualTo(ActorKind.SYSTEM);
        assertThat(node.refusals()).isEmpty();
    }

    @Test
    void event_whenSeveralHear_isNumberedForEachOverAllTypesAndEncryptedWhereAgreed() {
        node.federation.hearsOfBirthsInConfidence(TestFederation.LICENSING);
        Actor desk = new Actor(ActorKind.OFFICER, AssuranceLevel.HIGH, "desk-1", null);
        publish("D-1", person(1));
        byte[] birth = new String(death(person(2)), StandardCharsets.UTF_8)
                .replace("event:death", "event:birth")
                .getBytes(StandardCharsets.UTF_8);
        node.events().publisher().publish(new EventDraft(TestFederation.BIRTH, "B-1", birth, desk, "case-7", "ar"));
        publish("D-2", person(3));
        awaitReceived(3);

        var events = node.events()
                .received()
                .after(TestFederation.LICENSING, TestFederation.REGISTRY, 0, 10)
                .events();
        assertThat(events).extracting(event -> event.type().code()).containsExactly("death", "birth", "death");
        assertThat(events).extracting(ReceivedEvent::subject).containsExactly(person(1), person(2), person(3));
        assertThat(events.get(1).container().header().isEncrypted()).isTrue();
        assertThat(events.get(1).container().header().correlationId()).isEqualTo("case-7");
        assertThat(new String(events.get(1).container().octets(), StandardCharsets.ISO_8859_1))
                .doesNotContain(person(2));
        assertThat(events.get(0).container().header().isEncrypted()).isFalse();
        // Who joins later begins at one, and hears of nothing before.
        node.federation.hearsOfDeaths(TestFederation.WEB);
        node.broker.declare(node.federation.registry());
        node.restart();
        publish("D-3", person(4));
        await().atMost(TestNode.PATIENCE).untilAsserted(() -> assertThat(node.events()
                        .received()
                        .after(TestFederation.WEB, TestFederation.REGISTRY, 0, 10)
                        .events())
                .extracting(event -> event.sequence() + " " + event.subject())
                .containsExactly("1 " + person(4)));
        assertThat(node.events().positions())
                .extracting(position -> position.subscriber() + " " + position.told() + " " + position.received())
                .hasSize(2);
    }

    @Test
    void publish_whenTypeOrRecordIsNone_refused() {
        Actor desk = new Actor(ActorKind.OFFICER, AssuranceLevel.HIGH, "desk-1", null);
        assertThat(refused(node.events()
                        .publisher()
                        .publish(new EventDraft(TestFederation.LIFE_STATUS, "K", death(person(1)), desk, null, "ar"))))
                .isEqualTo(FaultCode.EVENT_TYPE_UNKNOWN);
        assertThat(refused(node.events()
                        .publisher()
                        .publish(new EventDraft(TestFederation.BIRTH, "K", death(person(1)), desk, null, "ar"))))
                .isEqualTo(FaultCode.REQUEST_INVALID);
        assertThat(refused(node.events()
                        .publisher()
                        .publish(new EventDraft(
                                TestFederation.DEATH,
                                "K",
                                "<death/>".getBytes(StandardCharsets.UTF_8),
                                desk,
                                null,
                                "ar"))))
                .isIn(FaultCode.SCHEMA_INVALID, FaultCode.SCHEMA_UNKNOWN);
    }

    @Test
    void event_whenAgreementIsWithdrawn_isToldNoMoreAndNoNumberIsSpent() {
        publish("D-1", person(1));
        awaitReceived(1);
        TestFederation federation = node.federation;
        var agreements = federation.registry().agreements();
        federation.withoutAgreements();
        publish("D-2", person(2));
        await().atMost(TestNode.PATIENCE).until(() -> noted("D-2"));
        federation.agreements(agreements);
        publish("D-3", person(3));
        awaitReceived(2);

        assertThat(notes.heard).containsExactly("1 " + person(1) + "2026-11-20", "2 " + person(3) + "2026-11-20");
    }

    /** Whether the log says that this event was told to all who may hear. */
    private boolean noted(String key) {
        UUID id = MessageIds.published(TestFederation.DEATH, key);
        return node.log()
                .message(TestFederation.CSPD, Direction.SENT, MessageIds.dispatched(id))
                .isPresent();
    }

    @Test
    void event_whenNodeStopsBetweenSourceAndFanOut_isToldAfterTheRestart() {
        node.gate = () -> Optional.of(FaultCode.LOG_NOT_WITNESSED);
        publish("D-1", person(1));
        publish("D-2", person(2));
        node.restart();
        assertThat(received()).isEmpty();
        node.gate = org.wasl.messagelog.EvidenceGate.OPEN;
        node.restart();

        awaitReceived(2);
        await().atMost(TestNode.PATIENCE).until(() -> notes.heard.size() == 2);
        // Nothing is told twice.
        node.restart();
        publish("D-3", person(3));
        awaitReceived(3);
        assertThat(notes.heard).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void event_whenOneIsLostOnTheWay_isReplayedInOrder() throws Exception {
        stopIntake();
        for (int i = 1; i <= 5; i++) {
            publish("D-" + i, person(i));
        }
        await().atMost(TestNode.PATIENCE).until(() -> node.broker.depth(QUEUE) == 5);
        byte[] second = take(2).get(1);
        startIntake();

        awaitReceived(5);
        // And what comes twice, late and out of order, changes nothing.
        node.inject(QUEUE, second);
        publish("D-6", person(6));
        awaitReceived(6);
        await().atMost(TestNode.PATIENCE).until(() -> notes.heard.size() == 6);
        assertThat(node.log().unanswered(MessageKind.REQUEST, Direction.SENT, 0, 10))
                .isEmpty();
        assertThat(node.refusals()).isEmpty();
    }

    @Test
    void missed_whenTheLastEventWasLost_saysSoAndItComes() throws Exception {
        stopIntake();
        publish("D-1", person(1));
        await().atMost(TestNode.PATIENCE).until(() -> node.broker.depth(QUEUE) == 1);
        take(1);
        startIntake();

        EventNode.Reconciled reconciled = node.events()
                .missed(TestFederation.LICENSING, TestFederation.REGISTRY)
                .join();
        assertThat(reconciled).isInstanceOfSatisfying(EventNode.Reconciled.Known.class, known -> {
            assertThat(known.received()).isZero();
            assertThat(known.highest()).isEqualTo(1);
        });
        awaitReceived(1);
        assertThat(node.events()
                        .missed(TestFederation.WEB, TestFederation.REGISTRY)
                        .join())
                .isInstanceOf(EventNode.Reconciled.Refused.class);
    }

    @Test
    void event_whenForgedOrNumberedAnew_isRefusedAndGivenToNobody() {
        publish("D-1", person(1));
        awaitReceived(1);

        // Signed by whom it does not come from.
        node.inject(
                QUEUE,
                event(2, MessageIds.told(TestFederation.REGISTRY, TestFederation.LICENSING, 3))
                        .octets());
        node.awaitRefusal(FaultCode.EVENT_SEQUENCE);
        // Another event under a number that was given: as after a log was set back.
        node.inject(
                QUEUE,
                event(1, MessageIds.told(TestFederation.REGISTRY, TestFederation.LICENSING, 1))
                        .octets());
        await().atMost(TestNode.PATIENCE).until(() -> node.refusals().size() == 2);
        assertThat(node.refusals())
                .containsExactly(FaultCode.EVENT_SEQUENCE.wireCode(), FaultCode.EVENT_SEQUENCE.wireCode());
        assertThat(received()).containsExactly(1L);
    }

    private Container event(long number, UUID id) {
        var now = node.log().now();
        return node.signed(
                new Header(
                        id,
                        "case",
                        MessageKind.EVENT,
                        TestFederation.REGISTRY,
                        TestFederation.LICENSING,
                        TestFederation.REGISTRY,
                        TestFederation.DEATH,
                        "1.0",
                        "application/xml",
                        null,
                        new Actor(ActorKind.SYSTEM, AssuranceLevel.HIGH, "desk-1", null),
                        null,
                        null,
                        "GENERAL_CLEARANCE",
                        "JO-BYLAW-CLEARANCE",
                        "SYSTEM",
                        "ar",
                        Priority.NORMAL,
                        now,
                        now.plusSeconds(60),
                        null,
                        null,
                        null,
                        new EventSequence(number, UUID.randomUUID())),
                PayloadXml.record(death(person(9)), null, Coverage.COMPLETE));
    }

    @Test
    void listener_whenItFailsOrIsNotDone_isCalledAgainInOrderAlsoAfterARestart() {
        notes.failures.set(2);
        publish("D-1", person(1));
        await().atMost(TestNode.PATIENCE).until(() -> notes.heard.size() == 1);
        notes.outcome = EventListener.Outcome.AGAIN;
        publish("D-2", person(2));
        publish("D-3", person(3));
        awaitReceived(3);
        node.restart();
        assertThat(notes.heard).hasSize(1);
        notes.outcome = EventListener.Outcome.DONE;

        await().atMost(TestNode.PATIENCE).until(() -> notes.heard.size() == 3);
        assertThat(notes.heard).extracting(line -> line.substring(0, 1)).containsExactly("1", "2", "3");
        node.restart();
        publish("D-4", person(4));
        await().atMost(TestNode.PATIENCE).until(() -> notes.heard.size() == 4);
    }

    private void stopIntake() throws Exception {
        node.camel().getRouteController().stopRoute("event.receive-intake." + TestFederation.LICENSING.dotted());
    }

    private void startIntake() throws Exception {
        node.camel().getRouteController().startRoute("event.receive-intake." + TestFederation.LICENSING.dotted());
    }

    /** Takes so many events out of the subscriber's queue, as one that loses them would. */
    private List<byte[]> take(int count) throws JMSException {
        List<byte[]> taken = new ArrayList<>();
        try (Connection connection = node.broker.connections().receivers().createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageConsumer consumer = session.createConsumer(session.createQueue(QUEUE))) {
            connection.start();
            for (int i = 0; i < count; i++) {
                Message message = consumer.receive(10_000);
                BytesMessage bytes = (BytesMessage) message;
                byte[] octets = new byte[(int) bytes.getBodyLength()];
                bytes.readBytes(octets);
                taken.add(octets);
            }
        }
        return taken;
    }
}
