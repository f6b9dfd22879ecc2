package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.Container;
import org.wasl.security.container.RegistryReference;
import org.wasl.security.container.RegistryReference.State;

/** What exchanges say of the registry, and what its changes do to them. */
class RegistryChangeTest {

    private static final int VERSIONS = 40;
    private static final int REQUESTS_EACH = 15;

    @TempDir
    private Path directory;

    @Test
    void headers_always_nameTheRegistryOnWhoseWordTheyWereSigned() {
        try (TestNode node = new TestNode(directory)) {
            ExchangeResult.Answered answered = (ExchangeResult.Answered) node.ask(TestNode.request());

            RegistryReference expected =
                    new RegistryReference(node.federation.registry().version(), State.CURRENT);
            assertThat(answered.request().header().registry()).isEqualTo(expected);
            assertThat(answered.reply().header().registry()).isEqualTo(expected);
        }
    }

    @Test
    void exchange_inTheGrace_goesOnAndTheEvidenceSaysSo() {
        try (TestNode node = new TestNode(directory)) {
            node.federation.grace(Instant.now().minusSeconds(5), Duration.ofMinutes(5));
            RegistryReference expected =
                    new RegistryReference(node.federation.registry().version(), State.GRACE);

            ExchangeResult.Answered answered = (ExchangeResult.Answered) node.ask(TestNode.request());
            assertThat(answered.request().header().registry()).isEqualTo(expected);
            assertThat(answered.reply().header().registry()).isEqualTo(expected);

            node.federation.agreements(List.of());
            node.federation.grace(Instant.now().minusSeconds(5), Duration.ofMinutes(5));
            Container request = node.signed(node.header());
            node.inject(request.octets());
            node.awaitRefusal(FaultCode.AGREEMENT_NONE);
        }
    }

    @Test
    void exchange_afterTheGrace_isRefusedAndNoRegistryIsNamed() {
        try (TestNode node = new TestNode(directory)) {
            node.federation.grace(Instant.now().minusSeconds(60), Duration.ofSeconds(30));

            assertThat(node.askFault(TestNode.request())).isEqualTo(FaultCode.REGISTRY_EXPIRED);
            assertThat(node.connector.reads()).isZero();
        }
    }

    @Test
    void subsystem_whenItJoinsLater_isServedWithoutARestart() {
        TestFederation federation = new TestFederation();
        federation.withoutVehicles();
        try (TestNode node = new TestNode(directory, federation)) {
            ExchangeRequest early = vehicle(Duration.ofSeconds(20));
            assertThat(node.askFault(early)).isEqualTo(FaultCode.SUBSYSTEM_UNKNOWN);

            federation.agreements(List.of(TestFederation.agreement(
                    TestFederation.WEB, TestFederation.VEHICLE, List.of("lifeStatus/status"))));
            node.broker.declare(federation.registry());

            assertThat(node.ask(vehicle(Duration.ofMinutes(1)))).isInstanceOf(ExchangeResult.Answered.class);
        }
    }

    private static ExchangeRequest vehicle(Duration timeout) {
        return TestNode.request(UUID.randomUUID(), TestFederation.VEHICLE, TestNode.NUMBER, timeout);
    }

    @Test
    void submit_whileNewVersionsComeIntoForce_losesAndRefusesNone() {
        try (TestNode node = new TestNode(directory)) {
            long first = node.federation.registry().version();
            List<CompletableFuture<ExchangeResult>> results = new ArrayList<>();
            for (int version = 0; version < VERSIONS; version++) {
                for (int i = 0; i < REQUESTS_EACH; i++) {
                    results.add(node.exchange()
                            .client()
                            .submit(TestNode.request(
                                    UUID.randomUUID(),
                                    TestFederation.LIFE_STATUS,
                                    TestNode.NUMBER,
                                    Duration.ofMinutes(2))));
                }
                node.federation.agreements(List.of(TestFederation.agreement()));
                node.broker.declare(node.federation.registry());
            }

            List<Long> named = new ArrayList<>();
            for (CompletableFuture<ExchangeResult> result : results) {
                ExchangeResult ended = result.join();
                assertThat(ended).isInstanceOf(ExchangeResult.Answered.class);
                RegistryReference reference =
                        ((ExchangeResult.Answered) ended).reply().header().registry();
                assertThat(reference).isNotNull();
                named.add(reference.version());
            }
            assertThat(node.refusals()).isEmpty();
            assertThat(node.connector.reads()).isEqualTo(VERSIONS * REQUESTS_EACH);
            assertThat(named).allMatch(version -> version >= first && version <= first + VERSIONS);
        }
    }
}
