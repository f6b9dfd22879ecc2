package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.Direction;
import org.wasl.routes.broker.BrokerSettings;
import org.wasl.routes.broker.Queues;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.MessageKind;

/** The log fails at each place where it is written: nothing leaves, and after a restart nothing is lost. */
class ExchangeLogDownTest {

    private static final String REQUESTS = Queues.request(TestFederation.REGISTRY);
    private static final String REPLIES = Queues.reply(TestFederation.PORTAL, TestFederation.NODE);

    @TempDir
    Path directory;

    private TestNode node;

    @BeforeEach
    void start() {
        node = new TestNode(
                directory,
                ExchangeSettings.of(TestFederation.NODE),
                BrokerSettings.at(directory.resolve("broker")).withRedelivery(10, Duration.ofMillis(100)));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void submit_whenRequestCannotBeLogged_notSent() {
        breakAt("JO/GOV/PORTAL", Direction.SENT);

        assertThat(node.askFault(TestNode.request())).isEqualTo(FaultCode.LOG_UNAVAILABLE);
        assertThat(node.connector.reads()).isZero();
        assertThat(node.broker.depth(REQUESTS)).isZero();
    }

    @Test
    void submit_whenRefusalCannotBeLogged_logUnavailable() {
        node.store().breakAt(leaf -> "REFUSED".equals(leaf.direction()));

        FaultCode code = node.askFault(
                TestNode.request(UUID.randomUUID(), TestFederation.VEHICLE, TestNode.NUMBER, Duration.ofSeconds(5)));

        assertThat(code).isEqualTo(FaultCode.LOG_UNAVAILABLE);
    }

    @Test
    void serve_whenRequestCannotBeLogged_backEndIsNotAsked() {
        breakAt("JO/GOV/CSPD", Direction.RECEIVED);
        ExchangeRequest request = TestNode.request();
        CompletableFuture<ExchangeResult> result = node.exchange().client().submit(request);

        awaitHalt();

        assertThat(node.connector.reads()).isZero();
        assertThat(node.broker.depth(REPLIES)).isZero();
        assertThat(node.broker.depth(REQUESTS)).isEqualTo(1);
        assertRecovered(result, request, 1);
    }

    @Test
    void serve_whenReplyCannotBeLogged_nothingIsDisclosed() {
        breakAt("JO/GOV/CSPD", Direction.SENT);
        ExchangeRequest request = TestNode.request();
        CompletableFuture<ExchangeResult> result = node.exchange().client().submit(request);

        awaitHalt();

        assertThat(node.connector.reads()).isEqualTo(1);
        assertThat(node.broker.depth(REPLIES)).isZero();
        assertThat(result).isNotDone();
        assertRecovered(result, request, 2);
    }

    @Test
    void receive_whenReplyCannotBeLogged_callerIsNotAnswered() {
        breakAt("JO/GOV/PORTAL", Direction.RECEIVED);
        ExchangeRequest request = TestNode.request();
        CompletableFuture<ExchangeResult> result = node.exchange().client().submit(request);

        assertThat(result.join()).isInstanceOfSatisfying(ExchangeResult.Faulted.class, faulted -> assertThat(
                        faulted.fault().code())
                .isEqualTo(FaultCode.LOG_UNAVAILABLE));
        awaitHalt();
        assertThat(node.broker.depth(REPLIES)).isEqualTo(1);
        assertRecovered(result, request, 1);
    }

    private void breakAt(String member, Direction direction) {
        node.store()
                .breakAt(
                        leaf -> member.equals(leaf.member()) && direction.name().equals(leaf.direction()));
    }

    private void awaitHalt() {
        await().atMost(TestNode.PATIENCE).until(() -> node.exchange().halted());
        await().atMost(TestNode.PATIENCE).until(() -> node.camel()
                .getRouteController()
                .getRouteStatus("exchange.serve-intake.JO.GOV.CSPD.registry")
                .isStopped());
    }

    private void assertRecovered(CompletableFuture<ExchangeResult> result, ExchangeRequest request, int reads) {
        node.restart();

        await().atMost(TestNode.PATIENCE).until(() -> node.log()
                .unanswered(MessageKind.REQUEST, Direction.SENT, 0, 10)
                .isEmpty());
        assertThat(result).isDone();
        assertThat(node.ask(request)).isInstanceOf(ExchangeResult.Answered.class);
        assertThat(node.connector.reads()).isEqualTo(reads);
    }
}
