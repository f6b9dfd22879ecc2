package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.Direction;
import org.wasl.routes.broker.Queues;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.registry.ActorRule;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Quota;
import org.wasl.security.registry.SubjectScope;

/**
 * The confused deputy: somebody holds the composing member's message key and signs requests of their own, which are
 * genuine by every signature. The providing node gives them what a citizen's captured assertion allows, and nothing else.
 */
class StolenComposerKeyTest {

    private static final String VICTIM = "9990000001";
    private static final String OTHER = "9990000002";
    private static final String VICTIM_ACTOR = "citizen-1";
    private static final String TXN = "case-7";
    private static final String PURPOSE = "GENERAL_CLEARANCE";
    private static final ServiceId LIFE_STATUS = TestFederation.LIFE_STATUS;

    @TempDir
    static Path directory;

    private static TestNode node;
    private static String captured;

    @BeforeAll
    static void start() {
        node = new TestNode(directory);
        node.federation.agreements(List.of(agreement(LIFE_STATUS), agreement(TestFederation.VEHICLE)));
        captured = assertion(Instant.now());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String assertion(Instant at) {
        return node.federation.issuer.citizen(
                VICTIM_ACTOR,
                VICTIM,
                TXN,
                PURPOSE,
                List.of(LIFE_STATUS.toString()),
                "{\"nationalNumber\":\"" + VICTIM + "\"}",
                at);
    }

    /** A citizen asks about themselves, and an issuer says so; for two purposes, so that one can be swapped. */
    private static Agreement agreement(ServiceId service) {
        return new Agreement(
                "composer-" + service.code(),
                TestFederation.WEB,
                service,
                Map.of(PURPOSE, Set.of("JO-BYLAW-CLEARANCE"), "COURT_CASE", Set.of("JO-BYLAW-CLEARANCE")),
                List.of(new ActorRule(ActorKind.CITIZEN, SubjectScope.OWN, true, AssuranceLevel.LOW)),
                List.of("lifeStatus/status"),
                Quota.UNLIMITED,
                null,
                false,
                Instant.now().minus(Duration.ofDays(1)),
                Instant.now().plus(Duration.ofDays(1)),
                null,
                null);
    }

    /** What the thief signs: by default exactly what the captured assertion allows. */
    private record Forgery(
            ServiceId service,
            String correlationId,
            String purpose,
            Actor actor,
            @Nullable String representedParty,
            Map<String, String> parameters,
            @Nullable String assertion) {

        static Forgery allowed() {
            return new Forgery(
                    LIFE_STATUS, TXN, PURPOSE, actor(captured), null, Map.of("nationalNumber", VICTIM), captured);
        }

        Forgery service(ServiceId other) {
            return new Forgery(other, correlationId, purpose, actor, representedParty, parameters, assertion);
        }

        Forgery correlation(String other) {
            return new Forgery(service, other, purpose, actor, representedParty, parameters, assertion);
        }

        Forgery purpose(String other) {
            return new Forgery(service, correlationId, other, actor, representedParty, parameters, assertion);
        }

        Forgery actor(Actor other) {
            return new Forgery(service, correlationId, purpose, other, representedParty, parameters, assertion);
        }

        Forgery representing(String other) {
            return new Forgery(service, correlationId, purpose, actor, other, parameters, assertion);
        }

        Forgery about(String number) {
            return new Forgery(
                    service,
                    correlationId,
                    purpose,
                    actor,
                    representedParty,
                    Map.of("nationalNumber", number),
                    assertion);
        }

        Forgery assertion(@Nullable String other) {
            return new Forgery(service, correlationId, purpose, actor(other), representedParty, parameters, other);
        }

        static Actor actor(@Nullable String assertion) {
            return new Actor(
                    ActorKind.CITIZEN,
                    AssuranceLevel.HIGH,
                    VICTIM_ACTOR,
                    assertion == null ? null : AssertionVerifier.digest(assertion));
        }

        Container signed() {
            Instant now = node.log().now();
            Header header = new Header(
                    UUID.randomUUID(),
                    correlationId,
                    MessageKind.REQUEST,
                    TestFederation.WEB,
                    TestFederation.WEB,
                    service.subsystem(),
                    service,
                    "1.0",
                    "application/xml",
                    actor,
                    representedParty,
                    purpose,
                    "JO-BYLAW-CLEARANCE",
                    "WEB",
                    "ar",
                    Priority.NORMAL,
                    now,
                    now.plusSeconds(30),
                    null,
                    null);
            return new AsicContainerSigner()
                    .sign(header, PayloadXml.query(parameters, assertion), node.federation.key(TestFederation.PORTAL));
        }
    }

    @Test
    void serve_whenExactlyWhatTheAssertionAllows_answered() {
        Container request = Forgery.allowed().signed();
        node.inject(request.octets());
        await().atMost(TestNode.PATIENCE).until(() -> node.log()
                .answer(TestFederation.CSPD, Direction.SENT, request.header().messageId())
                .isPresent());
        assertThat(node.providerFault(request.header().messageId())).isEmpty();
    }

    @Test
    void serve_whenTheHeaderNamesAnAssertionThatDidNotCome_refused() {
        Forgery forgery = Forgery.allowed().assertion(null).actor(Forgery.actor(captured));
        assertRefused(forgery, FaultCode.ASSERTION_MISSING);
    }

    @Test
    void serve_whenAboutSomebodyElse_refused() {
        assertRefused(Forgery.allowed().about(OTHER), FaultCode.ASSERTION_INPUT);
    }

    @Test
    void serve_whenNoAssertion_refused() {
        assertRefused(Forgery.allowed().assertion(null), FaultCode.AGREEMENT_ASSERTION);
    }

    @Test
    void serve_whenTheAssertionBindsNoInputsButIsOfSomebodyElse_refused() {
        String unbound = node.federation.issuer.citizen(
                VICTIM_ACTOR, VICTIM, TXN, PURPOSE, List.of(LIFE_STATUS.toString()), "{}", Instant.now());
        assertRefused(Forgery.allowed().assertion(unbound).about(OTHER), FaultCode.AGREEMENT_SUBJECT);
    }

    @Test
    void serve_whenInAnotherRequest_refused() {
        assertRefused(Forgery.allowed().correlation("case-8"), FaultCode.ASSERTION_OTHER_REQUEST);
    }

    @Test
    void serve_whenForAnotherPurpose_refused() {
        assertRefused(Forgery.allowed().purpose("COURT_CASE"), FaultCode.ASSERTION_PURPOSE);
    }

    @Test
    void serve_whenAtAnotherMember_refused() {
        assertRefused(Forgery.allowed().service(TestFederation.VEHICLE), FaultCode.ASSERTION_AUDIENCE);
    }

    @Test
    void serve_whenLater_refused() {
        Instant earlier = Instant.now().minusSeconds(361);
        assertRefused(Forgery.allowed().assertion(assertion(earlier)), FaultCode.ASSERTION_EXPIRED);
    }

    @Test
    void serve_whenAsSomebodyElse_refused() {
        String digest = AssertionVerifier.digest(captured);
        for (Actor actor : List.of(
                new Actor(ActorKind.CITIZEN, AssuranceLevel.HIGH, "citizen-2", digest),
                new Actor(ActorKind.OFFICER, AssuranceLevel.HIGH, VICTIM_ACTOR, digest),
                new Actor(ActorKind.CITIZEN, AssuranceLevel.LOW, VICTIM_ACTOR, digest))) {
            assertRefused(Forgery.allowed().actor(actor), FaultCode.ASSERTION_ACTOR);
        }
    }

    @Test
    void serve_whenClaimingAMandate_refused() {
        assertRefused(Forgery.allowed().representing("party-2"), FaultCode.ASSERTION_MANDATE);
    }

    @Test
    void serve_whenTheThiefSignsAnAssertion_refused() {
        String own = new TestIssuer()
                .citizen(
                        VICTIM_ACTOR,
                        OTHER,
                        TXN,
                        PURPOSE,
                        List.of(LIFE_STATUS.toString()),
                        "{\"nationalNumber\":\"" + OTHER + "\"}",
                        Instant.now());
        assertRefused(Forgery.allowed().assertion(own).about(OTHER), FaultCode.ASSERTION_SIGNATURE);
    }

    /** Refused by the provider in a signed fault, and no back-end was asked. */
    private static void assertRefused(Forgery forgery, FaultCode code) {
        Container request = forgery.signed();
        int reads = node.connector.reads();
        node.inject(Queues.request(forgery.service().subsystem()), request.octets());
        await().atMost(TestNode.PATIENCE).untilAsserted(() -> assertThat(node.log()
                        .answer(
                                forgery.service().member(),
                                Direction.SENT,
                                request.header().messageId())
                        .flatMap(stored -> FaultCode.byWireCode(String.valueOf(stored.faultCode()))))
                .contains(code));
        assertThat(node.refusals()).contains(code.wireCode());
        assertThat(node.connector.reads()).isEqualTo(reads);
    }
}
