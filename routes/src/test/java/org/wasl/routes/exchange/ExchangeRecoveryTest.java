package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.Direction;
import org.wasl.routes.broker.BrokerSettings;
import org.wasl.routes.broker.Queues;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.Container;
import org.wasl.security.container.MessageKind;

class ExchangeRecoveryTest {

    @TempDir
    Path directory;

    @Test
    void recover_whenRequestWasLoggedButNotSent_sentAndAnswered() {
        try (TestNode node = new TestNode(directory)) {
            Container request = node.signed(node.header());
            log(node, request);

            assertThat(node.exchange().recover()).isEqualTo(new ExchangeRecovery(1, 0, 0));

            await().atMost(TestNode.PATIENCE).until(() -> node.log()
                    .answer(
                            TestFederation.PORTAL,
                            Direction.RECEIVED,
                            request.header().messageId())
                    .isPresent());
            assertThat(node.connector.reads()).isEqualTo(1);
        }
    }

    @Test
    void recover_whenRequestExpiredMeanwhile_signedFault() {
        try (TestNode node = new TestNode(directory)) {
            Instant now = node.log().now();
            Container request = node.signed(node.header(
                    TestFederation.LIFE_STATUS, "GENERAL_CLEARANCE", now.minusSeconds(20), now.minusSeconds(10)));
            log(node, request);

            assertThat(node.exchange().recover()).isEqualTo(new ExchangeRecovery(0, 1, 0));

            await().atMost(TestNode.PATIENCE).until(() -> node.log()
                    .answer(
                            TestFederation.PORTAL,
                            Direction.SENT,
                            request.header().messageId())
                    .filter(fault -> FaultCode.EXCHANGE_EXPIRED.wireCode().equals(fault.faultCode()))
                    .isPresent());
            assertThat(node.log().unanswered(MessageKind.REQUEST, Direction.SENT, 0, 10))
                    .isEmpty();
        }
    }

    @Test
    void serve_whenReceivedButNotAnsweredByLastRun_processedOnce() {
        try (TestNode node = new TestNode(directory)) {
            Container request = node.signed(node.header());
            new Ledger(node.log(), Clock.systemUTC(), TestNode.PATIENCE)
                    .received(TestFederation.CSPD, request, TestNode.NUMBER, null)
                    .join();

            node.inject(request.octets());

            await().atMost(TestNode.PATIENCE).until(() -> node.log()
                    .answer(
                            TestFederation.CSPD,
                            Direction.SENT,
                            request.header().messageId())
                    .isPresent());
            assertThat(node.connector.reads()).isEqualTo(1);
        }
    }

    @Test
    void submit_whenBrokerStops_signedFaultAndLaterAnswersAgain() {
        try (TestNode node = new TestNode(directory)) {
            node.broker.stop();

            ExchangeResult result = node.ask(TestNode.request());

            assertThat(result).isInstanceOfSatisfying(ExchangeResult.Faulted.class, faulted -> {
                assertThat(faulted.fault().code()).isEqualTo(FaultCode.BROKER_UNAVAILABLE);
                assertThat(faulted.container()).isPresent();
            });
            node.broker.start();
            assertThat(node.ask(TestNode.request())).isInstanceOf(ExchangeResult.Answered.class);
        }
    }

    @Test
    void serve_whenBrokerRestartsMeanwhile_answeredOnce() {
        try (TestNode node = new TestNode(directory)) {
            node.connector.close();
            CompletableFuture<ExchangeResult> result = node.exchange().client().submit(TestNode.request());
            await().atMost(TestNode.PATIENCE).until(() -> node.connector.reads() == 1);

            node.broker.stop();
            node.broker.start();
            node.connector.open();

            assertThat(result.join()).isInstanceOf(ExchangeResult.Answered.class);
            assertThat(node.leaves().stream()
                            .filter(leaf -> "REPLY".equals(leaf.kind()) && "SENT".equals(leaf.direction())))
                    .hasSize(1);
        }
    }

    @Test
    void submit_whenQueueIsFull_refusedNotDropped() {
        BrokerSettings small = BrokerSettings.at(directory.resolve("broker")).withAddressBounds(64 * 1024, 64 * 1024);
        try (TestNode node = new TestNode(directory, ExchangeSettings.of(TestFederation.NODE), small)) {
            node.connector.close();
            List<CompletableFuture<ExchangeResult>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                results.add(node.exchange().client().submit(TestNode.request()));
            }
            await().atMost(TestNode.PATIENCE).until(() -> results.stream().anyMatch(CompletableFuture::isDone));
            node.connector.open();

            List<ExchangeResult> ended =
                    results.stream().map(CompletableFuture::join).toList();
            assertThat(ended)
                    .filteredOn(ExchangeResult.Faulted.class::isInstance)
                    .isNotEmpty()
                    .allSatisfy(result -> assertThat(
                                    ((ExchangeResult.Faulted) result).fault().code())
                            .isEqualTo(FaultCode.BROKER_FULL));
            assertThat(ended).anyMatch(ExchangeResult.Answered.class::isInstance);
        }
    }

    @Test
    void submit_whenAsManyInFlightAsAllowed_overloaded() {
        ExchangeSettings settings = ExchangeSettings.of(TestFederation.NODE).withInFlightMax(2);
        try (TestNode node = new TestNode(directory, settings)) {
            node.connector.close();
            node.exchange().client().submit(TestNode.request());
            node.exchange().client().submit(TestNode.request());

            assertThat(node.askFault(TestNode.request())).isEqualTo(FaultCode.OVERLOADED);
            assertThat(node.refusals()).containsExactly(FaultCode.OVERLOADED.wireCode());
        }
    }

    private static void log(TestNode node, Container request) {
        new Ledger(node.log(), Clock.systemUTC(), Duration.ofSeconds(10))
                .sent(TestFederation.PORTAL, request, TestNode.NUMBER, null)
                .join();
    }

    @Test
    void recover_whenReceivedAndNotAnswered_endsIfNobodySendsItAgain() {
        try (TestNode node = new TestNode(directory)) {
            Instant now = node.log().now();
            Container inTime = node.signed(node.header());
            Container late = node.signed(node.header(
                    TestFederation.LIFE_STATUS, "GENERAL_CLEARANCE", now.minusSeconds(20), now.minusSeconds(10)));
            Ledger ledger = new Ledger(node.log(), Clock.systemUTC(), TestNode.PATIENCE);
            ledger.received(TestFederation.CSPD, inTime, TestNode.NUMBER, null).join();
            ledger.received(TestFederation.CSPD, late, TestNode.NUMBER, null).join();

            node.restart();

            await().atMost(TestNode.PATIENCE).until(() -> node.log()
                    .unanswered(MessageKind.REQUEST, Direction.RECEIVED, 0, 10)
                    .isEmpty());
            assertThat(node.providerFault(late.header().messageId())).contains(FaultCode.EXCHANGE_EXPIRED);
            assertThat(node.log()
                            .answer(
                                    TestFederation.CSPD,
                                    Direction.SENT,
                                    inTime.header().messageId()))
                    .hasValueSatisfying(answer -> assertThat(answer.kind()).isEqualTo(MessageKind.REPLY));
            assertThat(node.connector.reads()).isEqualTo(1);
        }
    }

    @Test
    void expired_whenReceivedButNotAnsweredByLastRun_signedFaultOfTheProviderOnce() {
        try (TestNode node = new TestNode(directory)) {
            Instant now = node.log().now();
            Container received = node.signed(node.header(
                    TestFederation.LIFE_STATUS, "GENERAL_CLEARANCE", now.minusSeconds(20), now.minusSeconds(10)));
            Container unknown = node.signed(node.header(
                    TestFederation.LIFE_STATUS, "GENERAL_CLEARANCE", now.minusSeconds(20), now.minusSeconds(10)));
            new Ledger(node.log(), Clock.systemUTC(), TestNode.PATIENCE)
                    .received(TestFederation.CSPD, received, TestNode.NUMBER, null)
                    .join();

            node.inject(Queues.EXPIRED, received.octets());
            node.inject(Queues.EXPIRED, received.octets());
            node.inject(Queues.EXPIRED, unknown.octets());

            await().atMost(TestNode.PATIENCE)
                    .until(() -> node.leaves().stream()
                                    .filter(leaf -> "REFUSED".equals(leaf.direction())
                                            && TestFederation.CSPD.toString().equals(leaf.member()))
                                    .count()
                            == 3);
            await().atMost(TestNode.PATIENCE).until(() -> node.log()
                    .answer(
                            TestFederation.CSPD,
                            Direction.SENT,
                            received.header().messageId())
                    .filter(fault -> FaultCode.EXCHANGE_EXPIRED.wireCode().equals(fault.faultCode()))
                    .isPresent());
            assertThat(node.log().unanswered(MessageKind.REQUEST, Direction.RECEIVED, 0, 10))
                    .isEmpty();
            assertThat(node.leaves().stream()
                            .filter(leaf -> "FAULT".equals(leaf.kind()) && "SENT".equals(leaf.direction())))
                    .hasSize(1);
            assertThat(node.connector.reads()).isZero();
        }
    }
}
