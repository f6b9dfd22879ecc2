package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Route;
import org.apache.camel.component.jms.JmsEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.routes.broker.Queues;
import org.wasl.routes.load.GateSettings;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Priority;

/** More than a back-end bears: without a clock, by back-ends that hold their answers back. */
class OverloadTest {

    private static final int CONSUMERS = 4;

    @TempDir
    Path directory;

    private TestNode node;

    private void start(GateSettings gates) {
        ExchangeSettings like = ExchangeSettings.of(TestFederation.NODE);
        node = new TestNode(
                directory,
                new ExchangeSettings(
                                like.nodeId(),
                                like.inFlightMax(),
                                like.senderThreads(),
                                CONSUMERS,
                                like.replyConsumers(),
                                like.clockSkew(),
                                like.timeoutMax(),
                                like.grace(),
                                like.logTimeout(),
                                like.maxContainerBytes())
                        .withGates(gates));
        node.federation.agreements(List.of(
                TestFederation.agreement(),
                TestFederation.agreement(TestFederation.WEB, TestFederation.DEED, List.of("deed"))));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static ExchangeRequest request(ServiceId service, Priority priority, Duration timeout) {
        ExchangeRequest like = TestNode.request(UUID.randomUUID(), service, TestNode.NUMBER, timeout);
        return new ExchangeRequest(
                like.messageId(),
                like.correlationId(),
                like.consumer(),
                like.service(),
                Map.of("nationalNumber", TestNode.NUMBER),
                like.actor(),
                null,
                like.purpose(),
                like.legalBasis(),
                "WEB",
                "ar",
                priority,
                timeout,
                null);
    }

    private List<CompletableFuture<ExchangeResult>> submit(int times, Priority priority, Duration timeout) {
        List<CompletableFuture<ExchangeResult>> results = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            results.add(node.exchange().client().submit(request(TestFederation.LIFE_STATUS, priority, timeout)));
        }
        return results;
    }

    /** Ten times as many as its threads: none of them are another service's, though both have one queue. */
    @Test
    void serve_whenOneServiceIsFlooded_answersTheOtherOfItsSubsystem() {
        start(GateSettings.of(CONSUMERS));
        node.connector.close(TestFederation.LIFE_STATUS);
        List<CompletableFuture<ExchangeResult>> flood = submit(10 * CONSUMERS, Priority.NORMAL, Duration.ofSeconds(60));
        await().atMost(TestNode.PATIENCE).until(() -> node.connector.reads() == CONSUMERS);

        // It gives documents, and the test's back-end has none: that it says so is its answer.
        assertThat(node.askFault(request(TestFederation.DEED, Priority.NORMAL, Duration.ofSeconds(20))))
                .isEqualTo(FaultCode.DOCUMENT_MEDIA_TYPE);

        assertThat(flood).noneMatch(CompletableFuture::isDone);
        node.connector.open();
        assertThat(flood).allSatisfy(result -> assertThat(result.join()).isInstanceOf(ExchangeResult.Answered.class));
    }

    /** Whoever's time runs out while waiting for a turn never asks the back-end, and ends in a signed fault. */
    @Test
    void serve_whenTheDeadlinePassesBeforeTheTurn_doesNotAskTheBackEnd() {
        start(new GateSettings(1, 1, 1, 10));
        node.connector.close(TestFederation.LIFE_STATUS);
        List<CompletableFuture<ExchangeResult>> first = submit(1, Priority.NORMAL, Duration.ofSeconds(60));
        await().atMost(TestNode.PATIENCE).until(() -> node.connector.reads() == 1);
        ExchangeRequest late = request(TestFederation.LIFE_STATUS, Priority.NORMAL, Duration.ofSeconds(2));
        CompletableFuture<ExchangeResult> second = node.exchange().client().submit(late);
        await().atMost(TestNode.PATIENCE)
                .until(() -> node.exchange()
                                .backEnds()
                                .gate(TestFederation.LIFE_STATUS)
                                .waiting()
                        == 1);

        await().atMost(TestNode.PATIENCE)
                .until(() -> node.providerFault(late.messageId()).isPresent());

        assertThat(node.providerFault(late.messageId())).contains(FaultCode.EXCHANGE_EXPIRED);
        assertThat(node.exchange().late(Stage.CONNECTOR)).isEqualTo(1);
        node.connector.open();
        assertThat(first.get(0).join()).isInstanceOf(ExchangeResult.Answered.class);
        assertThat(second.join()).isInstanceOf(ExchangeResult.Faulted.class);
        assertThat(node.connector.reads()).isEqualTo(1);
    }

    @Test
    void serve_whenSeveralWait_asksForTheUrgentFirst() {
        start(new GateSettings(1, 1, 1, 10));
        node.connector.close(TestFederation.LIFE_STATUS);
        List<CompletableFuture<ExchangeResult>> all = submit(1, Priority.NORMAL, Duration.ofSeconds(60));
        await().atMost(TestNode.PATIENCE).until(() -> node.connector.reads() == 1);
        // Some wait at the gate, as many as there are threads, the others in the queue.
        all.addAll(submit(2 * CONSUMERS, Priority.LOW, Duration.ofSeconds(60)));
        await().atMost(TestNode.PATIENCE)
                .until(() -> node.exchange()
                                .backEnds()
                                .gate(TestFederation.LIFE_STATUS)
                                .waiting()
                        == CONSUMERS - 1);
        ExchangeRequest urgent = request(TestFederation.LIFE_STATUS, Priority.URGENT, Duration.ofSeconds(60));
        all.add(node.exchange().client().submit(urgent));
        await().atMost(TestNode.PATIENCE).until(() -> node.log()
                .message(TestFederation.PORTAL, org.wasl.messagelog.Direction.SENT, urgent.messageId())
                .isPresent());

        node.connector.open();
        all.forEach(CompletableFuture::join);

        // Before it only those whose threads had taken them already.
        assertThat(node.connector.asked().indexOf(urgent.messageId().toString()))
                .isBetween(1, CONSUMERS + 1);
    }

    @Test
    void serve_whenAsManyWaitAsMay_isRefusedWithATimeToComeAgain() {
        start(new GateSettings(1, 1, 1, 1));
        node.connector.close(TestFederation.LIFE_STATUS);
        List<CompletableFuture<ExchangeResult>> all = submit(3, Priority.NORMAL, Duration.ofSeconds(60));

        await().atMost(TestNode.PATIENCE).until(() -> all.stream().anyMatch(CompletableFuture::isDone));

        ExchangeResult refused = all.stream()
                .filter(CompletableFuture::isDone)
                .findFirst()
                .orElseThrow()
                .join();
        assertThat(((ExchangeResult.Faulted) refused).fault().code()).isEqualTo(FaultCode.OVERLOADED);
        assertThat(org.wasl.schemas.fault.RetryHint.of(((ExchangeResult.Faulted) refused).fault()))
                .isPresent();
        node.connector.open();
    }

    /** A label chooses threads, and nothing else: one that lies is refused, one that is missing or unknown is no matter. */
    @Test
    void serve_whenTheLabelNamesAnotherService_isRefused() {
        start(GateSettings.of(CONSUMERS));

        node.inject(
                Queues.request(TestFederation.REGISTRY),
                node.signed(node.header()).octets(),
                "JO/GOV/X/y/z/v1");
        await().atMost(TestNode.PATIENCE).until(() -> node.connector.reads() == 1);
        node.inject(
                Queues.request(TestFederation.REGISTRY),
                node.signed(node.header()).octets(),
                TestFederation.DEED.toString());

        node.awaitRefusal(FaultCode.EXCHANGE_WRONG_RECEIVER);
        assertThat(node.connector.reads()).isEqualTo(1);
    }

    /** All readers of a member's requests together hold so many sessions and no more, and no service is without one. */
    @Test
    void serve_whenAMemberHasManyServices_boundsTheirReadersTogether() {
        start(GateSettings.of(CONSUMERS));
        node.stop();
        Set<ServiceId> more = IntStream.range(0, 4)
                .mapToObj(i -> TestFederation.REGISTRY.service("record-" + i, 1))
                .collect(Collectors.toSet());
        node.connector.serves(more);
        node.start();

        Map<String, Integer> readers = readers(TestFederation.REGISTRY);
        // Those above, two of the test's back-end, the one of missed events, and the reader of what has no label.
        assertThat(readers).hasSize(more.size() + 4).allSatisfy((reader, most) -> assertThat(most)
                .isEqualTo(2));
        assertThat(readers.values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(RequestThreads.TOGETHER * CONSUMERS);
        assertThat(node.exchange().backEnds().gate(TestFederation.LIFE_STATUS).limit())
                .isEqualTo(2);
        assertThat(node.ask(request(TestFederation.LIFE_STATUS, Priority.NORMAL, Duration.ofSeconds(20))))
                .isInstanceOf(ExchangeResult.Answered.class);
    }

    /** How many sessions each reader of this queue may have at the most. */
    private Map<String, Integer> readers(SubsystemId provider) {
        Map<String, Integer> most = new HashMap<>();
        for (Route route : node.camel().getRoutes()) {
            if (route.getEndpoint() instanceof JmsEndpoint queue
                    && queue.getDestinationName().equals(Queues.request(provider))) {
                most.put(route.getRouteId(), queue.getMaxConcurrentConsumers());
            }
        }
        return most;
    }
}
