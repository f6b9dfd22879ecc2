package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.connectors.ConnectorResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Quota;

/** What was allowed when the back-end was asked must still be allowed when its answer would leave. */
class DisclosureTest {

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
    void serve_whenTheAgreementIsWithdrawnWhileTheBackEndIsSlow_disclosesNothing() {
        assertRefusedAfterReading(
                () -> node.federation.agreements(List.of(withdrawn(Instant.now().truncatedTo(ChronoUnit.MILLIS)))),
                FaultCode.AGREEMENT_WITHDRAWN);
    }

    @Test
    void serve_whenTheAgreementIsRemovedWhileTheBackEndIsSlow_disclosesNothing() {
        assertRefusedAfterReading(() -> node.federation.agreements(List.of()), FaultCode.AGREEMENT_NONE);
    }

    @Test
    void serve_whenTheRegistryEndsWhileTheBackEndIsSlow_disclosesNothing() {
        assertRefusedAfterReading(() -> node.federation.expires(Instant.now()), FaultCode.REGISTRY_EXPIRED);
    }

    @Test
    void serve_whenWithdrawnAndTheBackEndKnowsNobody_doesNotSayThatEither() {
        node.connector.answer(new ConnectorResult.NotFound(Instant.now()));
        assertRefusedAfterReading(
                () -> node.federation.agreements(List.of(withdrawn(Instant.now().truncatedTo(ChronoUnit.MILLIS)))),
                FaultCode.AGREEMENT_WITHDRAWN);
    }

    @Test
    void serve_whenFewerFieldsAreReleasedMeanwhile_onlyThoseLeave() {
        node.federation.agreements(List.of(
                TestFederation.agreement(TestFederation.WEB, TestFederation.LIFE_STATUS, List.of("lifeStatus"))));
        CompletableFuture<ExchangeResult> answer = askSlowly();
        node.federation.agreements(List.of(TestFederation.agreement()));
        node.connector.open();

        assertThat(answer.join()).isInstanceOfSatisfying(ExchangeResult.Answered.class, answered -> assertThat(
                        new String(answered.reply().payload(), StandardCharsets.UTF_8))
                .contains("ALIVE")
                .doesNotContain(TestNode.NUMBER));
    }

    @Test
    void serve_whenTheRequestTookTheQuotasLastPlace_isNotRefusedForIt() {
        Agreement model = TestFederation.agreement();
        node.federation.agreements(List.of(copy(model, Quota.perMinute(1), null)));

        assertThat(node.ask(TestNode.request())).isInstanceOf(ExchangeResult.Answered.class);
        assertThat(node.askFault(TestNode.request())).isEqualTo(FaultCode.AGREEMENT_QUOTA);
    }

    @Test
    void serve_whenTheRequestersKeyIsCompromisedWhileTheBackEndIsSlow_disclosesNothing() {
        assertRefusedAfterReading(
                () -> node.federation.compromised(TestFederation.PORTAL), FaultCode.CERTIFICATE_REVOKED);
    }

    /** Its own word is worth nothing any more: no record stands under it, and the back-end is left alone. */
    @Test
    void serve_whenTheProvidersOwnKeyIsCompromised_readsAndSignsNoRecord() {
        byte[] request = node.signed(node.header()).octets();
        node.federation.compromised(TestFederation.CSPD);
        node.inject(request);

        node.awaitRefusal(FaultCode.CERTIFICATE_REVOKED);
        assertThat(node.connector.reads()).isZero();
        assertThat(node.leaves()).extracting(Leaf::kind).doesNotContain("REPLY");
    }

    @Test
    void serve_whenWithdrawnBefore_theBackEndIsNotRead() {
        node.federation.agreements(List.of(withdrawn(Instant.now().minusSeconds(1))));
        node.inject(node.signed(node.header()).octets());

        node.awaitRefusal(FaultCode.AGREEMENT_WITHDRAWN);
        assertThat(node.connector.reads()).isZero();
    }

    @Test
    void serve_whenTheRegistryHasEndedBefore_theBackEndIsNotRead() {
        byte[] request = node.signed(node.header()).octets();
        node.federation.expires(Instant.now().minus(Duration.ofSeconds(1)));
        node.inject(request);

        node.awaitRefusal(FaultCode.REGISTRY_EXPIRED);
        assertThat(node.connector.reads()).isZero();
    }

    @Test
    void serve_whenTheLogLacksItsWitnessesMeanwhile_disclosesNothing() {
        assertRefusedAfterReading(
                () -> node.gate = () -> Optional.of(FaultCode.LOG_NOT_WITNESSED), FaultCode.LOG_NOT_WITNESSED);
    }

    @Test
    void serve_whenTheLogIsDisputed_theBackEndIsNotRead() {
        node.gate = () -> Optional.of(FaultCode.LOG_DISPUTED);

        assertThat(node.askFault(TestNode.request())).isEqualTo(FaultCode.LOG_DISPUTED);
        assertThat(node.connector.reads()).isZero();
        assertThat(node.refusals()).containsExactly(FaultCode.LOG_DISPUTED.wireCode());
    }

    private void assertRefusedAfterReading(Runnable change, FaultCode code) {
        CompletableFuture<ExchangeResult> answer = askSlowly();
        change.run();
        node.connector.open();

        assertThat(answer.join()).isInstanceOfSatisfying(ExchangeResult.Faulted.class, faulted -> {
            assertThat(faulted.fault().code()).isEqualTo(code);
            assertThat(faulted.container()).isPresent();
        });
        assertThat(node.connector.reads()).isEqualTo(1);
        // The refusal is a leaf of its own, and no reply was ever signed.
        assertThat(node.refusals()).containsExactly(code.wireCode());
        assertThat(node.leaves()).extracting(Leaf::kind).doesNotContain("REPLY");
        assertThat(node.leaves())
                .filteredOn(leaf -> Direction.SENT.name().equals(leaf.direction()) && "FAULT".equals(leaf.kind()))
                .extracting(Leaf::fault)
                .containsExactly(code.wireCode());
    }

    private CompletableFuture<ExchangeResult> askSlowly() {
        node.connector.close();
        CompletableFuture<ExchangeResult> answer = node.exchange().client().submit(TestNode.request());
        await().atMost(TestNode.PATIENCE).until(() -> node.connector.reads() == 1);
        return answer;
    }

    private static Agreement withdrawn(Instant at) {
        Agreement model = TestFederation.agreement();
        return copy(model, model.quota(), at);
    }

    private static Agreement copy(Agreement of, Quota quota, Instant withdrawn) {
        return new Agreement(
                of.id(),
                of.consumer(),
                of.service(),
                of.purposes(),
                of.actors(),
                of.released(),
                quota,
                of.hours(),
                of.confidential(),
                of.validFrom(),
                of.validTo(),
                withdrawn,
                null);
    }
}
