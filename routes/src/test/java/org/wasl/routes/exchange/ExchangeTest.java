package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.connectors.ConnectorResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.container.Container;
import org.wasl.security.container.MessageKind;

class ExchangeTest {

    @TempDir
    Path directory;

    private TestNode node;

    @BeforeEach
    void start() {
        node = new TestNode(directory);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void submit_whenAllowed_answeredByBoundReplyAndLoggedOnBothSides() {
        ExchangeRequest request = TestNode.request();

        ExchangeResult result = node.ask(request);

        assertThat(result).isInstanceOf(ExchangeResult.Answered.class);
        ExchangeResult.Answered answered = (ExchangeResult.Answered) result;
        assertThat(answered.reply().header().kind()).isEqualTo(MessageKind.REPLY);
        assertThat(answered.reply().header().sender()).isEqualTo(TestFederation.REGISTRY);
        assertThat(answered.reply().header().inReplyTo())
                .isEqualTo(answered.request().asInReplyTo());
        assertThat(node.leaves())
                .extracting(leaf -> leaf.member() + " " + leaf.direction() + " " + leaf.kind())
                .containsExactly(
                        "JO/GOV/PORTAL SENT REQUEST",
                        "JO/GOV/CSPD RECEIVED REQUEST",
                        "JO/GOV/CSPD SENT REPLY",
                        "JO/GOV/PORTAL RECEIVED REPLY");
        assertThat(node.connector.reads()).isEqualTo(1);
        assertThat(node.exchange().inFlight()).isZero();
    }

    @Test
    void submit_whenAgreementReleasesOneField_restIsCutBeforeSigning() {
        ExchangeResult.Answered answered = (ExchangeResult.Answered) node.ask(TestNode.request());

        String payload = new String(answered.reply().payload(), StandardCharsets.UTF_8);
        assertThat(payload).contains("ALIVE").doesNotContain(TestNode.NUMBER);
    }

    @Test
    void submit_whenNotFound_signedFaultOfProvider() {
        node.connector.answer(new ConnectorResult.NotFound(Instant.now()));

        ExchangeResult result = node.ask(TestNode.request());

        assertThat(result).isInstanceOfSatisfying(ExchangeResult.Faulted.class, faulted -> {
            assertThat(faulted.fault().code()).isEqualTo(FaultCode.RECORD_NOT_FOUND);
            assertThat(faulted.container()).get().satisfies(container -> assertThat(
                            container.header().sender())
                    .isEqualTo(TestFederation.REGISTRY));
        });
    }

    @Test
    void submit_whenBackEndFails_itsFaultArrives() {
        node.connector.answer(new ConnectorResult.Failed(
                new Fault(FaultCode.BACKEND_UNAVAILABLE, Stage.CONNECTOR, "JO/GOV/CSPD", "connection refused")));

        assertThat(node.askFault(TestNode.request())).isEqualTo(FaultCode.BACKEND_UNAVAILABLE);
    }

    @Test
    void submit_whenRecordBreaksSchema_nothingOfItLeaves() {
        node.connector.answer(new ConnectorResult.Found(
                "<civil:lifeStatus xmlns:civil=\"urn:wasl:civil:1\"><civil:status>MAYBE</civil:status></civil:lifeStatus>"
                        .getBytes(StandardCharsets.UTF_8),
                Instant.now(),
                true));

        assertThat(node.askFault(TestNode.request())).isEqualTo(FaultCode.RECORD_INVALID);
    }

    @Test
    void submit_whenBackEndHasBug_deadLetterIsAnsweredBySignedFault() {
        node.connector.bug(Integer.MAX_VALUE);

        ExchangeResult result = node.ask(TestNode.request());

        assertThat(result).isInstanceOfSatisfying(ExchangeResult.Faulted.class, faulted -> {
            assertThat(faulted.fault().code()).isEqualTo(FaultCode.INTERNAL);
            assertThat(faulted.container()).isPresent();
        });
        assertThat(node.connector.reads()).isEqualTo(3);
        assertThat(node.refusals()).containsExactly(FaultCode.INTERNAL.wireCode());
    }

    @Test
    void submit_whenBugOnce_deliveredAgainAndAnswered() {
        node.connector.bug(1);

        assertThat(node.ask(TestNode.request())).isInstanceOf(ExchangeResult.Answered.class);
        assertThat(node.leaves()).hasSize(4);
    }

    @Test
    void submit_whenDeadlinePasses_faultSignedByConsumerAndLateReplyFlagged() {
        node.connector.close();
        ExchangeRequest request = TestNode.request(
                UUID.randomUUID(), TestFederation.LIFE_STATUS, TestNode.NUMBER, Duration.ofMillis(700));

        ExchangeResult result = node.ask(request);

        assertThat(result).isInstanceOfSatisfying(ExchangeResult.Faulted.class, faulted -> {
            assertThat(faulted.fault().code()).isEqualTo(FaultCode.EXCHANGE_TIMED_OUT);
            assertThat(faulted.container()).get().satisfies(container -> assertThat(
                            container.header().sender())
                    .isEqualTo(TestFederation.WEB));
        });
        await().atMost(TestNode.PATIENCE).until(() -> node.connector.reads() == 1);
        node.connector.open();
        await().atMost(TestNode.PATIENCE).until(() -> node.log()
                .answer(TestFederation.PORTAL, Direction.RECEIVED, request.messageId())
                .isPresent());
        StoredMessage late = node.log()
                .answer(TestFederation.PORTAL, Direction.RECEIVED, request.messageId())
                .orElseThrow();
        assertThat(late.faultCode()).isEqualTo(FaultCode.EXCHANGE_TIMED_OUT.wireCode());
        assertThat(node.log().unanswered(MessageKind.REQUEST, Direction.SENT, 0, 10))
                .isEmpty();
    }

    @Test
    void submit_whenSameRequestAgain_sameAnswerWithoutSecondRead() {
        ExchangeRequest request = TestNode.request();
        ExchangeResult.Answered first = (ExchangeResult.Answered) node.ask(request);

        ExchangeResult.Answered second = (ExchangeResult.Answered) node.ask(request);

        assertThat(second.reply().octets()).isEqualTo(first.reply().octets());
        assertThat(node.connector.reads()).isEqualTo(1);
    }

    @Test
    void submit_whenSameRequestIsOnItsWay_oneAnswerForBoth() {
        node.connector.close();
        ExchangeRequest request = TestNode.request();
        CompletableFuture<ExchangeResult> first = node.exchange().client().submit(request);
        CompletableFuture<ExchangeResult> second = node.exchange().client().submit(request);
        node.connector.open();

        assertThat(((ExchangeResult.Answered) first.join()).reply())
                .isSameAs(((ExchangeResult.Answered) second.join()).reply());
        assertThat(node.connector.reads()).isEqualTo(1);
    }

    @Test
    void submit_whenIdUsedForAnother_idReused() {
        ExchangeRequest request = TestNode.request();
        node.ask(request);

        FaultCode code = node.askFault(
                TestNode.request(request.messageId(), request.service(), "9990000002", Duration.ofSeconds(20)));

        assertThat(code).isEqualTo(FaultCode.EXCHANGE_ID_REUSED);
        assertThat(node.refusals()).containsExactly(FaultCode.EXCHANGE_ID_REUSED.wireCode());
    }

    @Test
    void serve_whenSameOctetsTwice_oneReadAndSameReplyOctets() {
        Container request = node.signed(node.header());
        node.inject(request.octets());
        UUID id = request.header().messageId();
        await().atMost(TestNode.PATIENCE).until(() -> node.log()
                .answer(TestFederation.CSPD, Direction.SENT, id)
                .isPresent());

        node.inject(request.octets());

        node.awaitRefusal(FaultCode.EXCHANGE_REPLAYED);
        await().atMost(TestNode.PATIENCE).until(() -> node.broker.depth("wasl.reply.JO.GOV.PORTAL.node1") == 0);
        assertThat(node.connector.reads()).isEqualTo(1);
        List<StoredMessage> replies = node.log().correlated(request.header().correlationId(), 50).stream()
                .filter(stored -> stored.kind() == MessageKind.REPLY && stored.direction() == Direction.SENT)
                .toList();
        assertThat(replies).hasSize(1);
    }

    @Test
    void serve_whenSameOctetsWhileRunning_oneRead() {
        node.connector.close();
        Container request = node.signed(node.header());
        node.inject(request.octets());
        await().atMost(TestNode.PATIENCE).until(() -> node.connector.reads() == 1);

        node.inject(request.octets());
        node.awaitRefusal(FaultCode.EXCHANGE_REPLAYED);
        node.connector.open();

        await().atMost(TestNode.PATIENCE).until(() -> node.log()
                .answer(TestFederation.CSPD, Direction.SENT, request.header().messageId())
                .isPresent());
        assertThat(node.connector.reads()).isEqualTo(1);
    }
}
