package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.wasl.routes.exchange.SiteOfNodes.FIRST;
import static org.wasl.routes.exchange.SiteOfNodes.FRONT;
import static org.wasl.routes.exchange.SiteOfNodes.SECOND;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.connectors.ConnectorResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Quota;

/** Two nodes of one member at one queue: whatever comes twice, and whoever goes, a request has one effect. */
class TwoNodesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static @Nullable EmbeddedPostgres server;

    @TempDir
    Path directory;

    private SiteOfNodes site;

    @BeforeAll
    static void startServer() {
        try {
            // The embedded server's own defaults trade durability for speed.
            server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "200")
                    .start();
        } catch (IOException | IllegalStateException e) {
            Assumptions.abort("TwoNodesTest skipped: the embedded PostgreSQL does not start here: " + e);
        }
    }

    @AfterAll
    static void stopServer() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void startNodes() throws Exception {
        site = new SiteOfNodes(directory, server, "two_" + NUMBER.incrementAndGet());
        site.start(FRONT);
        site.start(FIRST);
        site.start(SECOND);
    }

    @AfterEach
    void stopNodes() {
        site.close();
    }

    private CompletableFuture<ExchangeResult> ask(ExchangeRequest request) {
        return site.node(FRONT).exchange().client().submit(request).orTimeout(60, TimeUnit.SECONDS);
    }

    private Container request() {
        Instant now = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
        Header like = header(UUID.randomUUID(), now);
        return signed(like);
    }

    private static Header header(UUID id, Instant now) {
        ExchangeRequest request = TestNode.request();
        return new Header(
                id,
                "case-" + id,
                MessageKind.REQUEST,
                TestFederation.WEB,
                TestFederation.WEB,
                TestFederation.REGISTRY,
                TestFederation.LIFE_STATUS,
                "1.0",
                "application/xml",
                request.actor(),
                null,
                "GENERAL_CLEARANCE",
                "JO-BYLAW-CLEARANCE",
                "WEB",
                "ar",
                Priority.NORMAL,
                now,
                now.plusSeconds(60),
                null,
                null);
    }

    private Container signed(Header header) {
        return new AsicContainerSigner()
                .sign(
                        header,
                        PayloadXml.query(Map.of("nationalNumber", TestNode.NUMBER)),
                        site.federation.key(TestFederation.PORTAL));
    }

    @Test
    void submit_whenTwoNodesShareAQueue_isAnsweredByBothAndEachOnce() {
        List<ExchangeRequest> requests =
                IntStream.range(0, 60).mapToObj(i -> TestNode.request()).toList();
        List<CompletableFuture<ExchangeResult>> results =
                requests.stream().map(this::ask).toList();

        assertThat(results).allSatisfy(result -> assertThat(result.join()).isInstanceOf(ExchangeResult.Answered.class));
        assertThat(site.reads()).isEqualTo(60);
        assertThat(site.node(FIRST).connector.reads()).isPositive();
        assertThat(site.node(SECOND).connector.reads()).isPositive();
        assertThat(requests).allSatisfy(request -> assertThat(site.answers(request.messageId()))
                .hasSize(1));
    }

    @Test
    void serve_whenTheSameOctetsComeToBothNodes_readsOnceAndAnswersOnce() {
        List<CountingConnector> connectors = List.of(site.node(FIRST).connector, site.node(SECOND).connector);
        connectors.forEach(CountingConnector::close);
        Container request = request();

        site.inject(request.octets(), 6);
        await().atMost(PATIENCE).until(() -> site.reads() == 1);
        connectors.forEach(CountingConnector::open);
        await().atMost(PATIENCE)
                .until(() -> site.answers(request.header().messageId()).size() == 1);
        // Once answered, it comes again: at whichever node, the recorded octets go.
        site.inject(request.octets(), 6);
        await().atMost(PATIENCE).until(() -> repetitions() >= 6);

        assertThat(site.reads()).isEqualTo(1);
        assertThat(site.answers(request.header().messageId())).hasSize(1);
    }

    /** How often a request that had come before was logged as that. */
    private long repetitions() {
        return List.of(FIRST, SECOND).stream()
                .mapToLong(id -> site.node(id)
                        .log()
                        .search(
                                org.wasl.messagelog.store.LogQuery.all()
                                        .withFault(FaultCode.EXCHANGE_REPLAYED.wireCode()),
                                null,
                                Long.MAX_VALUE,
                                100)
                        .size())
                .sum();
    }

    @Test
    void serve_whenAnIdIsUsedForAnotherRequestAtTheOtherNode_isRefused() {
        UUID id = UUID.randomUUID();
        Instant now = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
        for (int i = 0; i < 8; i++) {
            site.inject(signed(header(id, now)).octets(), 1);
        }

        await().atMost(PATIENCE).until(() -> reused() == 7);
        await().atMost(PATIENCE).until(() -> site.reads() == 1);
        assertThat(site.reads()).isEqualTo(1);
    }

    private long reused() {
        return List.of(FIRST, SECOND).stream()
                .mapToLong(id -> site
                        .node(id)
                        .log()
                        .search(
                                org.wasl.messagelog.store.LogQuery.all()
                                        .withFault(FaultCode.EXCHANGE_ID_REUSED.wireCode()),
                                null,
                                Long.MAX_VALUE,
                                100)
                        .stream()
                        .filter(leaf ->
                                Direction.REFUSED.name().equals(leaf.leaf().direction()))
                        .count())
                .sum();
    }

    /** The claimant is cut off while its back-end is being read: the other takes over, and one answer leaves. */
    @Test
    void serve_whenTheClaimantIsCutOffBeforeItsAnswerIsLogged_isTakenOver() throws Exception {
        site.node(FIRST).connector.close();
        site.stop(SECOND);
        CompletableFuture<ExchangeResult> result = ask(TestNode.request());
        await().atMost(PATIENCE).until(() -> site.node(FIRST).connector.reads() == 1);

        site.start(SECOND);
        site.cutOff(FIRST);
        site.node(FIRST).connector.open();

        assertThat(result.join()).isInstanceOf(ExchangeResult.Answered.class);
        assertThat(site.node(SECOND).connector.reads()).isEqualTo(1);
        UUID id = ((ExchangeResult.Answered) result.join()).request().header().messageId();
        assertThat(site.node(FIRST).log().answer(TestFederation.CSPD, Direction.SENT, id))
                .isEmpty();
        assertThat(site.answers(id)).hasSize(1);
    }

    /** The claimant goes once its answer is durable: the other sends those octets, and asks nobody. */
    @Test
    void serve_whenTheClaimantGoesAfterItsAnswerIsLogged_isAnsweredFromItsLog() throws Exception {
        site.stop(SECOND);
        ExchangeRequest asked = TestNode.request();
        Container answer = ((ExchangeResult.Answered) ask(asked).join()).reply();
        Container request = ((ExchangeResult.Answered) ask(asked).join()).request();
        site.start(SECOND);
        site.stop(FIRST);

        site.inject(request.octets(), 1);
        await().atMost(PATIENCE).until(() -> repetitionsAt(SECOND) == 1);

        assertThat(site.node(SECOND).connector.reads()).isZero();
        assertThat(site.node(SECOND).log().answer(TestFederation.CSPD, Direction.SENT, asked.messageId()))
                .isEmpty();
        // Whoever comes back has its own answer, and gives the same one.
        site.start(FIRST);
        StoredMessage recorded = site.node(FIRST)
                .log()
                .answer(TestFederation.CSPD, Direction.SENT, asked.messageId())
                .orElseThrow();
        assertThat(recorded.container()).isEqualTo(answer.octets());
    }

    private long repetitionsAt(String id) {
        return site.node(id)
                .log()
                .search(
                        org.wasl.messagelog.store.LogQuery.all().withFault(FaultCode.EXCHANGE_REPLAYED.wireCode()),
                        null,
                        Long.MAX_VALUE,
                        100)
                .size();
    }

    /** The asking side has two nodes too: the same message id at both is one request, and one answer. */
    @Test
    void submit_whenTheSameIdIsUsedAtBothNodes_isSentOnceAndAnsweredAtBoth() {
        ExchangeRequest request = TestNode.request();
        List<CompletableFuture<ExchangeResult>> both = List.of(FIRST, SECOND).stream()
                .map(id -> site.node(id).exchange().client().submit(request).orTimeout(60, TimeUnit.SECONDS))
                .toList();

        byte[] first = ((ExchangeResult.Answered) both.get(0).join()).reply().octets();
        byte[] second = ((ExchangeResult.Answered) both.get(1).join()).reply().octets();
        assertThat(second).isEqualTo(first);
        assertThat(site.reads()).isEqualTo(1);
        assertThat(List.of(FRONT, FIRST, SECOND)).allSatisfy(id -> assertThat(
                        site.node(id).exchange().client().find(TestFederation.WEB, request.messageId()))
                .isPresent());
        ExchangeRequest other =
                TestNode.request(request.messageId(), TestFederation.LIFE_STATUS, "9990000002", Duration.ofSeconds(20));
        assertThat(List.of(FRONT, FIRST, SECOND)).allSatisfy(id -> {
            ExchangeResult refused =
                    site.node(id).exchange().client().submit(other).join();
            assertThat(((ExchangeResult.Faulted) refused).fault().code()).isEqualTo(FaultCode.EXCHANGE_ID_REUSED);
        });
    }

    @Test
    void decide_whenBothNodesAreAsked_countsOneQuota() {
        Agreement like = TestFederation.agreement();
        site.federation.agreements(List.of(new Agreement(
                like.id(),
                like.consumer(),
                like.service(),
                like.purposes(),
                like.actors(),
                like.released(),
                Quota.perMinute(20),
                null,
                false,
                like.validFrom(),
                like.validTo(),
                null,
                null)));

        List<CompletableFuture<ExchangeResult>> results =
                IntStream.range(0, 40).mapToObj(i -> ask(TestNode.request())).toList();

        assertThat(results.stream().map(CompletableFuture::join).filter(ExchangeResult.Answered.class::isInstance))
                .hasSize(20);
        assertThat(site.reads()).isEqualTo(20);
    }

    /** An answer announced for later by a node that has gone is owed by the one that is left, and is given once. */
    @Test
    void serve_whenTheNodeThatOwesAnAnswerHasGone_isOwedByTheOther() throws Exception {
        site.stop(SECOND);
        site.node(FIRST).connector.answer(later());
        ExchangeRequest asked = TestNode.request();
        ExchangeResult result = ask(asked).join();
        assertThat(result).isInstanceOf(ExchangeResult.Deferred.class);
        Container request = ((ExchangeResult.Deferred) result).request();
        site.stop(FIRST);
        site.start(SECOND);

        site.inject(request.octets(), 1);

        await().atMost(PATIENCE).until(() -> site.node(FRONT)
                .exchange()
                .client()
                .find(TestFederation.WEB, asked.messageId())
                .filter(ExchangeResult.Answered.class::isInstance)
                .isPresent());
        site.start(FIRST);
        await().atMost(PATIENCE).until(() -> site.node(FIRST).exchange().owedAnswers() == 0);
        assertThat(site.answers(asked.messageId())).hasSize(1);
        assertThat(site.node(FIRST).connector.reads()).isZero();
    }

    /** The same where nobody reminds anybody: the node that is left sees that the other one has gone. */
    @Test
    void recover_whenTheNodeThatOwesAnAnswerHasGone_isOwedByTheOtherUnasked() throws Exception {
        site.stop(SECOND);
        site.node(FIRST).connector.answer(later());
        ExchangeRequest asked = TestNode.request();
        assertThat(ask(asked).join()).isInstanceOf(ExchangeResult.Deferred.class);
        site.start(SECOND);
        // Whoever asked is away as well, and reminds nobody.
        site.stop(FRONT);
        assertThat(site.node(SECOND).exchange().owedAnswers()).isZero();
        site.stop(FIRST);

        await().atMost(PATIENCE).until(() -> site.node(SECOND).connector.reads() > 0);
        site.start(FRONT);
        await().atMost(PATIENCE).until(() -> site.node(FRONT)
                .exchange()
                .client()
                .find(TestFederation.WEB, asked.messageId())
                .filter(ExchangeResult.Answered.class::isInstance)
                .isPresent());
        site.start(FIRST);
        await().atMost(PATIENCE).until(() -> site.node(FIRST).exchange().owedAnswers() == 0);
        assertThat(site.answers(asked.messageId())).hasSize(1);
        assertThat(site.node(FIRST).connector.reads()).isZero();
    }

    private static ConnectorResult later() {
        return new ConnectorResult.Deferred(
                "ref-1",
                "MANUAL_REVIEW",
                "قيد المراجعة",
                "under review",
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                Duration.ofMillis(300),
                Duration.ofSeconds(1));
    }

    /** Cancelled at a node that does not hold it: the holder hears of it, and there is one end. */
    @Test
    void cancel_whenItComesToTheOtherNode_endsTheRequestOnce() throws Exception {
        site.stop(SECOND);
        site.node(FIRST).connector.answer(later());
        ExchangeRequest asked = TestNode.request();
        assertThat(ask(asked).join()).isInstanceOf(ExchangeResult.Deferred.class);
        site.start(SECOND);
        for (int i = 0; i < 4; i++) {
            site.node(FRONT).exchange().client().cancel(TestFederation.WEB, asked.messageId());
        }

        await().atMost(PATIENCE).until(() -> site.node(FRONT)
                .exchange()
                .client()
                .find(TestFederation.WEB, asked.messageId())
                .filter(ExchangeResult.Faulted.class::isInstance)
                .isPresent());
        assertThat(site.answers(asked.messageId())).hasSize(1);
        assertThat(site.answers(asked.messageId()).get(0).faultCode())
                .isEqualTo(FaultCode.EXCHANGE_CANCELLED.wireCode());
        assertThat(Optional.of(site.node(FIRST).exchange().owedAnswers())).contains(0);
    }
}
