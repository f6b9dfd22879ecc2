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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.connectors.ConnectorResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.Container;
import org.wasl.security.container.MessageKind;

/** Answers that come later: announced, asked for again, released, cancelled, expired. */
class DeferredExchangeTest {

    private static final DeferralSettings QUICK = new DeferralSettings(
            1_000,
            Duration.ofDays(30),
            Duration.ofMillis(200),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1));

    @TempDir
    Path directory;

    @Test
    void submit_whenBackEndAnswersLater_announcedThenAnsweredOnce() {
        try (TestNode node = node()) {
            node.connector.answer(later(Duration.ofHours(1)));
            ExchangeRequest request = TestNode.request();

            ExchangeResult.Deferred deferred = (ExchangeResult.Deferred) node.ask(request);

            assertThat(deferred.deferral().reason()).isEqualTo("MANUAL_REVIEW");
            assertThat(deferred.deferral().arabic()).isEqualTo("قيد المراجعة");
            assertThat(deferred.deferral().reference()).isEqualTo("REVIEW-7");
            assertThat(deferred.interim().header().kind()).isEqualTo(MessageKind.INTERIM);
            assertThat(deferred.interim().header().inReplyTo())
                    .isEqualTo(deferred.request().asInReplyTo());
            assertThat(deferred.interim().header().expires())
                    .isEqualTo(deferred.deferral().openUntil());
            assertThat(node.exchange().owedAnswers()).isEqualTo(1);
            assertThat(node.exchange().awaitedAnswers()).isEqualTo(1);

            node.connector.answer(found());

            ExchangeResult.Answered answered = (ExchangeResult.Answered) end(node, request);
            assertThat(answered.reply().header().inReplyTo())
                    .isEqualTo(deferred.request().asInReplyTo());
            assertThat(count(node, "REPLY", "SENT")).isEqualTo(1);
            assertThat(count(node, "INTERIM", "SENT")).isEqualTo(1);
            await().atMost(TestNode.PATIENCE)
                    .until(() -> node.exchange().owedAnswers() + node.exchange().awaitedAnswers() == 0);
        }
    }

    @Test
    void submit_whenAgreementIsWithdrawnMeanwhile_nothingIsDisclosed() {
        try (TestNode node = node()) {
            node.connector.answer(later(Duration.ofHours(1)));
            ExchangeRequest request = TestNode.request();
            assertThat(node.ask(request)).isInstanceOf(ExchangeResult.Deferred.class);

            node.federation.withoutAgreements();
            node.connector.answer(found());

            assertThat(fault(end(node, request))).isEqualTo(FaultCode.AGREEMENT_NONE);
            assertThat(count(node, "REPLY", "SENT")).isZero();
        }
    }

    /** Whoever took its key could have asked, and would now read. */
    @Test
    void serveAgain_whenTheRequestersKeyIsCompromisedMeanwhile_isRefusedAndTheBackEndNotRead() {
        try (TestNode node = node()) {
            node.connector.answer(later(Duration.ofHours(1)));
            ExchangeRequest request = TestNode.request();
            assertThat(node.ask(request)).isInstanceOf(ExchangeResult.Deferred.class);

            node.federation.compromised(TestFederation.PORTAL);
            node.connector.answer(found());

            assertThat(fault(end(node, request))).isEqualTo(FaultCode.CERTIFICATE_REVOKED);
            assertThat(node.refusals()).contains(FaultCode.CERTIFICATE_REVOKED.wireCode());
            assertThat(count(node, "REPLY", "SENT")).isZero();
            await().atMost(TestNode.PATIENCE).until(() -> node.exchange().owedAnswers() == 0);
        }
    }

    /** Nobody would believe it, so it is not signed; it is owed until a key is there that may sign. */
    @Test
    void serveAgain_whenTheProvidersKeyIsCompromisedMeanwhile_signsNothingUntilAKeyIsGood() {
        try (TestNode node = node()) {
            node.connector.answer(later(Duration.ofSeconds(4)));
            ExchangeRequest request = TestNode.request();
            assertThat(node.ask(request)).isInstanceOf(ExchangeResult.Deferred.class);

            node.federation.compromised(TestFederation.CSPD);
            node.connector.answer(found());

            assertThat(fault(end(node, request))).isEqualTo(FaultCode.EXCHANGE_TIMED_OUT);
            assertThat(node.leaves())
                    .filteredOn(leaf -> "REPLY".equals(leaf.kind()) || "FAULT".equals(leaf.kind()))
                    .extracting(Leaf::sender)
                    .doesNotContain(TestFederation.REGISTRY.toString());
            assertThat(node.exchange().owedAnswers()).isEqualTo(1);

            node.federation.agreements(List.of(TestFederation.agreement()));
            await().atMost(TestNode.PATIENCE).until(() -> node.exchange().owedAnswers() == 0);
            assertThat(node.leaves())
                    .filteredOn(leaf -> "FAULT".equals(leaf.kind())
                            && leaf.sender().equals(TestFederation.REGISTRY.toString())
                            && "SENT".equals(leaf.direction()))
                    .extracting(Leaf::fault)
                    .containsExactly(FaultCode.EXCHANGE_DEFERRAL_EXPIRED.wireCode());
        }
    }

    @Test
    void submit_whenDeadlinePasses_providersSignedFault() {
        try (TestNode node = node()) {
            node.connector.answer(later(Duration.ofSeconds(2)));
            ExchangeRequest request = TestNode.request();
            assertThat(node.ask(request)).isInstanceOf(ExchangeResult.Deferred.class);

            ExchangeResult.Faulted end = (ExchangeResult.Faulted) end(node, request);

            assertThat(end.fault().code()).isEqualTo(FaultCode.EXCHANGE_DEFERRAL_EXPIRED);
            assertThat(end.container().orElseThrow().header().sender()).isEqualTo(TestFederation.REGISTRY);
        }
    }

    @Test
    void cancel_whenDeferred_bothSidesEndCancelledAndNothingIsDisclosed() {
        try (TestNode node = node()) {
            node.connector.answer(later(Duration.ofHours(1)));
            ExchangeRequest request = TestNode.request();
            assertThat(node.ask(request)).isInstanceOf(ExchangeResult.Deferred.class);

            ExchangeResult cancelled = cancel(node, request);
            node.connector.answer(found());

            assertThat(fault(cancelled)).isEqualTo(FaultCode.EXCHANGE_CANCELLED);
            assertThat(fault(end(node, request))).isEqualTo(FaultCode.EXCHANGE_CANCELLED);
            await().atMost(TestNode.PATIENCE)
                    .until(() -> node.exchange().owedAnswers() + node.exchange().awaitedAnswers() == 0);
            assertThat(count(node, "REPLY", "SENT")).isZero();
            assertThat(count(node, "CANCELLATION", "RECEIVED")).isEqualTo(1);
        }
    }

    @Test
    void cancel_whenAnsweredBefore_theAnswerStands() {
        try (TestNode node = node()) {
            ExchangeRequest request = TestNode.request();
            assertThat(node.ask(request)).isInstanceOf(ExchangeResult.Answered.class);

            assertThat(cancel(node, request)).isInstanceOf(ExchangeResult.Answered.class);
            assertThat(count(node, "CANCELLATION", "SENT")).isZero();
        }
    }

    @Test
    void cancel_whenRacingTheLateAnswer_bothSidesEndInTheSameState() {
        try (TestNode node = node()) {
            for (int i = 0; i < 10; i++) {
                node.connector.answer(later(Duration.ofHours(1)));
                ExchangeRequest request = TestNode.request();
                assertThat(node.ask(request)).isInstanceOf(ExchangeResult.Deferred.class);
                node.connector.answer(found());

                CompletableFuture<ExchangeResult> cancelled =
                        node.exchange().client().cancel(request.consumer(), request.messageId());

                Container consumers =
                        container(cancelled.orTimeout(30, TimeUnit.SECONDS).join());
                Container providers = node.open(node.log()
                        .answer(TestFederation.CSPD, Direction.SENT, request.messageId())
                        .orElseThrow());
                assertThat(consumers.octets()).isEqualTo(providers.octets());
                assertNoDisclosureAfterCancellation(node, request.messageId());
            }
        }
    }

    @Test
    void cancel_whenProviderHasNotReceivedTheRequest_theRequestEndsCancelled() {
        try (TestNode node = node()) {
            node.connector.close();
            ExchangeRequest request = TestNode.request();
            CompletableFuture<ExchangeResult> result = node.exchange().client().submit(request);
            await().atMost(TestNode.PATIENCE).until(() -> node.connector.reads() == 1);

            CompletableFuture<ExchangeResult> cancelled =
                    node.exchange().client().cancel(request.consumer(), request.messageId());
            assertThat(fault(cancelled.orTimeout(30, TimeUnit.SECONDS).join())).isEqualTo(FaultCode.EXCHANGE_CANCELLED);
            node.connector.open();

            assertThat(fault(result.orTimeout(30, TimeUnit.SECONDS).join())).isEqualTo(FaultCode.EXCHANGE_CANCELLED);
            assertThat(count(node, "REPLY", "SENT")).isZero();
        }
    }

    @Test
    void recover_whenNodeRestartsAfterTheAnnouncement_stillAnswered() {
        try (TestNode node = node()) {
            node.connector.answer(later(Duration.ofHours(1)));
            ExchangeRequest request = TestNode.request();
            assertThat(node.ask(request)).isInstanceOf(ExchangeResult.Deferred.class);

            node.restart();

            assertThat(node.exchange().owedAnswers()).isEqualTo(1);
            assertThat(node.exchange().awaitedAnswers()).isEqualTo(1);
            assertThat(node.ask(request)).isInstanceOf(ExchangeResult.Deferred.class);
            node.connector.answer(found());
            assertThat(end(node, request)).isInstanceOf(ExchangeResult.Answered.class);
        }
    }

    @Test
    void recover_whenRequestsOwnTimeIsLongOver_theDeferredAnswerStillComes() {
        try (TestNode node = node()) {
            node.connector.answer(later(Duration.ofHours(1)));
            ExchangeRequest request = TestNode.request(
                    UUID.randomUUID(), TestFederation.LIFE_STATUS, TestNode.NUMBER, Duration.ofSeconds(2));
            ExchangeResult.Deferred deferred = (ExchangeResult.Deferred) node.ask(request);
            await().atMost(TestNode.PATIENCE).until(() -> Instant.now()
                    .isAfter(deferred.request().header().expires()));

            node.restart();
            // What comes again and is not answered yet gets the announcement again, never a fault.
            node.inject(deferred.request().octets());
            await().atMost(TestNode.PATIENCE).until(() -> count(node, "REQUEST", "REFUSED") > 0);
            node.connector.answer(found());

            assertThat(end(node, request)).isInstanceOf(ExchangeResult.Answered.class);
            assertThat(count(node, "FAULT", "SENT")).isZero();
        }
    }

    @Test
    void serveAgain_whenTheBrokerIsDownAsTheAnswerComes_itArrivesAfterwards() {
        try (TestNode node = node()) {
            node.connector.answer(later(Duration.ofHours(1)));
            ExchangeRequest request = TestNode.request();
            assertThat(node.ask(request)).isInstanceOf(ExchangeResult.Deferred.class);

            node.broker.stop();
            node.connector.answer(found());
            await().atMost(TestNode.PATIENCE).until(() -> count(node, "REPLY", "SENT") == 1);
            node.broker.start();

            assertThat(end(node, request)).isInstanceOf(ExchangeResult.Answered.class);
            assertThat(count(node, "REPLY", "SENT")).isEqualTo(1);
        }
    }

    @Test
    void serveAgain_whenTheBackEndFailsByABug_askedAgain() {
        try (TestNode node = node()) {
            node.connector.answer(later(Duration.ofHours(1)));
            ExchangeRequest request = TestNode.request();
            assertThat(node.ask(request)).isInstanceOf(ExchangeResult.Deferred.class);

            node.connector.bug(2);
            node.connector.answer(found());

            assertThat(end(node, request)).isInstanceOf(ExchangeResult.Answered.class);
        }
    }

    @Test
    void receive_whenTheProviderIsGoneForGood_theRequesterSignsTheEnd() {
        try (TestNode node = node()) {
            node.connector.answer(later(Duration.ofSeconds(3)));
            ExchangeRequest request = TestNode.request();
            ExchangeResult.Deferred deferred = (ExchangeResult.Deferred) node.ask(request);
            // From now on the back-end never returns: nobody signs the provider's end in time.
            node.connector.close();

            ExchangeResult.Faulted end = (ExchangeResult.Faulted) end(node, request);

            assertThat(end.fault().code()).isIn(FaultCode.EXCHANGE_TIMED_OUT, FaultCode.EXCHANGE_DEFERRAL_EXPIRED);
            assertThat(end.container()).isPresent();
            assertThat(Instant.now()).isAfter(deferred.deferral().openUntil());
        }
    }

    private TestNode node() {
        return new TestNode(directory, ExchangeSettings.of(TestFederation.NODE).withDeferrals(QUICK));
    }

    private static ConnectorResult later(Duration staysOpen) {
        return new ConnectorResult.Deferred(
                "REVIEW-7",
                "MANUAL_REVIEW",
                "قيد المراجعة",
                "Under review",
                Duration.ofSeconds(1),
                staysOpen,
                Duration.ofMillis(300),
                Duration.ofMillis(600));
    }

    private static ConnectorResult found() {
        return new ConnectorResult.Found(
                CountingConnector.record(TestNode.NUMBER).getBytes(StandardCharsets.UTF_8), Instant.now(), true);
    }

    private static ExchangeResult end(TestNode node, ExchangeRequest request) {
        await().atMost(TestNode.PATIENCE).until(() -> node.exchange()
                .client()
                .find(request.consumer(), request.messageId())
                .filter(result -> !(result instanceof ExchangeResult.Deferred))
                .isPresent());
        return node.ask(request);
    }

    private static ExchangeResult cancel(TestNode node, ExchangeRequest request) {
        return node.exchange()
                .client()
                .cancel(request.consumer(), request.messageId())
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private static FaultCode fault(ExchangeResult result) {
        assertThat(result).isInstanceOf(ExchangeResult.Faulted.class);
        return ((ExchangeResult.Faulted) result).fault().code();
    }

    private static Container container(ExchangeResult result) {
        return result instanceof ExchangeResult.Answered answered
                ? answered.reply()
                : ((ExchangeResult.Faulted) result).container().orElseThrow();
    }

    private static long count(TestNode node, String kind, String direction) {
        return node.leaves().stream()
                .filter(leaf -> kind.equals(leaf.kind()) && direction.equals(leaf.direction()))
                .count();
    }

    private static void assertNoDisclosureAfterCancellation(TestNode node, UUID requestId) {
        List<Leaf> leaves = node.leaves().stream()
                .filter(leaf -> requestId.toString().equals(leaf.inReplyTo()))
                .toList();
        boolean cancelled = false;
        for (Leaf leaf : leaves) {
            boolean disclosure = "REPLY".equals(leaf.kind()) && "SENT".equals(leaf.direction());
            assertThat(cancelled && disclosure).isFalse();
            cancelled |= "CANCELLATION".equals(leaf.kind()) && "RECEIVED".equals(leaf.direction());
        }
    }
}
