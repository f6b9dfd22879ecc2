package org.wasl.security.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.registry.ActorRule;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Quota;
import org.wasl.security.registry.Registry;

class RegistryAccessPolicyTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final SubsystemId CONSUMER = SubsystemId.parse("JO/GOV/PORTAL/web");
    private static final ServiceId SERVICE = ServiceId.parse("JO/GOV/CSPD/registry/life-status/v1");

    private final SettableClock clock = new SettableClock();
    private final RegistryAccessPolicy policy = new RegistryAccessPolicy(clock);

    @ParameterizedTest
    @CsvSource({
        "JO/GOV/PORTAL/web,  life-status,   CLEARANCE, LAW-1, CITIZEN, 0,   ALLOWED",
        "JO/GOV/PORTAL/web,  life-status,   CLEARANCE, LAW-2, CITIZEN, 0,   ALLOWED",
        "JO/GOV/PORTAL/web,  life-status,   COURT,     LAW-3, OFFICER, 0,   ALLOWED",
        "JO/GOV/PORTAL/web2, life-status,   CLEARANCE, LAW-1, CITIZEN, 0,   AGREEMENT_NONE",
        "JO/GOV/PORTAL/web,  person-record, CLEARANCE, LAW-1, CITIZEN, 0,   AGREEMENT_NONE",
        "JO/GOV/PORTAL/web,  life-status,   MARKETING, LAW-1, CITIZEN, 0,   AGREEMENT_PURPOSE",
        "JO/GOV/PORTAL/web,  life-status,   clearance, LAW-1, CITIZEN, 0,   AGREEMENT_PURPOSE",
        "JO/GOV/PORTAL/web,  life-status,   CLEARANCE, LAW-3, CITIZEN, 0,   AGREEMENT_LEGAL_BASIS",
        "JO/GOV/PORTAL/web,  life-status,   CLEARANCE, '',    CITIZEN, 0,   AGREEMENT_LEGAL_BASIS",
        "JO/GOV/PORTAL/web,  life-status,   CLEARANCE, LAW-1, CITIZEN, -61, AGREEMENT_NOT_IN_FORCE",
        "JO/GOV/PORTAL/web,  life-status,   CLEARANCE, LAW-1, CITIZEN, -60, ALLOWED",
        "JO/GOV/PORTAL/web,  life-status,   CLEARANCE, LAW-1, CITIZEN, 60,  AGREEMENT_NOT_IN_FORCE",
        "JO/GOV/PORTAL/web,  life-status,   CLEARANCE, LAW-1, SYSTEM,  0,   AGREEMENT_ACTOR",
        "JO/GOV/PORTAL/web,  life-status,   COURT,     LAW-3, CITIZEN, 0,   AGREEMENT_ACTOR"
    })
    void decide_whenOneRuleFails_givesThatRulesVerdict(
            String consumer,
            String service,
            String purpose,
            String legalBasis,
            ActorKind actor,
            long offsetSeconds,
            String verdict) {
        Registry registry = registry(
                agreement(
                        "people",
                        Map.of("CLEARANCE", Set.of("LAW-1", "LAW-2")),
                        ActorKind.CITIZEN,
                        OptionalInt.empty()),
                agreement("court", Map.of("COURT", Set.of("LAW-3")), ActorKind.OFFICER, OptionalInt.empty()));
        AccessRequest request = new AccessRequest(
                SubsystemId.parse(consumer),
                SERVICE.subsystem().service(service, 1),
                purpose,
                legalBasis,
                actor(actor),
                null,
                null,
                Map.of(),
                null,
                NOW.plusSeconds(offsetSeconds));

        assertThat(verdict(policy.decide(request, registry, true))).isEqualTo(verdict);
    }

    @Test
    void decide_whenDenied_namesTheAgreementAndTheRule() {
        Registry registry = registry(
                agreement("people", Map.of("CLEARANCE", Set.of("LAW-1")), ActorKind.CITIZEN, OptionalInt.empty()));

        Fault fault = denied(policy.decide(request("CLEARANCE", "LAW-9", NOW), registry, true));

        assertThat(fault.detail()).contains("people").contains("CLEARANCE").doesNotContain("LAW-9");
        assertThat(fault.stage()).isEqualTo(Stage.AUTHORIZE);
        assertThat(fault.leg()).isEqualTo("JO/GOV/CSPD");
    }

    @Test
    void decide_whenTheRegistryHasExpired_deniesWhateverItSays() {
        Registry registry = registry(
                agreement("people", Map.of("CLEARANCE", Set.of("LAW-1")), ActorKind.CITIZEN, OptionalInt.empty()));
        clock.now = registry.expires();

        Fault fault = denied(policy.decide(request("CLEARANCE", "LAW-1", NOW), registry, true));

        assertThat(fault.code()).isEqualTo(FaultCode.REGISTRY_EXPIRED);
        assertThat(fault.detail()).contains(registry.expires().toString());
    }

    @Test
    void decide_whenTheQuotaIsUsedUp_deniesUntilTheMinuteHasSlidOn() {
        Registry registry = quota(3);

        assertThat(take(registry, 3)).containsOnly("ALLOWED");
        assertThat(take(registry, 1)).containsOnly("AGREEMENT_QUOTA");
        clock.now = NOW.plusSeconds(60);
        assertThat(take(registry, 1)).containsOnly("AGREEMENT_QUOTA");
        clock.now = NOW.plusSeconds(81);
        assertThat(take(registry, 2)).containsExactly("ALLOWED", "AGREEMENT_QUOTA");
        clock.now = NOW.plusSeconds(240);
        assertThat(take(registry, 4)).containsExactly("ALLOWED", "ALLOWED", "ALLOWED", "AGREEMENT_QUOTA");
    }

    @Test
    void decide_whenItOnlyAsks_countsNothingButSeesThatTheQuotaIsUsedUp() {
        Registry registry = quota(1);
        AccessRequest request = request("CLEARANCE", "LAW-1", NOW);

        assertThat(verdict(policy.decide(request, registry, false))).isEqualTo("ALLOWED");
        assertThat(verdict(policy.decide(request, registry, false))).isEqualTo("ALLOWED");
        assertThat(verdict(policy.decide(request, registry, true))).isEqualTo("ALLOWED");
        assertThat(verdict(policy.decide(request, registry, false))).isEqualTo("AGREEMENT_QUOTA");
    }

    @Test
    void decide_whenTheClockStepsBack_doesNotOpenTheQuotaAnew() {
        Registry registry = quota(2);
        take(registry, 2);

        clock.now = NOW.minusSeconds(600);

        assertThat(take(registry, 1)).containsOnly("AGREEMENT_QUOTA");
    }

    @Test
    void decide_whenManyThreadsAsk_allowsExactlyTheQuota() {
        Registry registry = quota(100);

        long allowed = IntStream.range(0, 1000)
                .parallel()
                .filter(i -> policy.decide(request("CLEARANCE", "LAW-1", NOW), registry, true)
                        instanceof AccessDecision.Allowed)
                .count();

        assertThat(allowed).isEqualTo(100);
    }

    @Test
    void take_whenThereAreManyIdleAgreements_forgetsThem() {
        QuotaWindows windows = new QuotaWindows();
        for (int i = 0; i < 30_000; i++) {
            windows.take("agreement-" + i, Quota.perMinute(1), NOW.plus(Duration.ofMinutes(i)));
        }

        assertThat(windows.size()).isLessThanOrEqualTo(10_001);
    }

    private List<String> take(Registry registry, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> verdict(policy.decide(request("CLEARANCE", "LAW-1", NOW), registry, true)))
                .toList();
    }

    private static Registry quota(int perMinute) {
        return registry(agreement(
                "people", Map.of("CLEARANCE", Set.of("LAW-1")), ActorKind.CITIZEN, OptionalInt.of(perMinute)));
    }

    private static AccessRequest request(String purpose, String legalBasis, Instant at) {
        return request(purpose, legalBasis, actor(ActorKind.CITIZEN), at);
    }

    private static AccessRequest request(String purpose, String legalBasis, Actor actor, Instant at) {
        return new AccessRequest(CONSUMER, SERVICE, purpose, legalBasis, actor, null, null, Map.of(), null, at);
    }

    private static Actor actor(ActorKind kind) {
        return new Actor(kind, AssuranceLevel.SUBSTANTIAL, "actor-1", null);
    }

    private static Agreement agreement(
            String id, Map<String, Set<String>> purposes, ActorKind actor, OptionalInt perMinute) {
        return new Agreement(
                id,
                CONSUMER,
                SERVICE,
                purposes,
                List.of(ActorRule.unconditional(actor)),
                List.of("lifeStatus"),
                new Quota(perMinute, OptionalInt.empty()),
                null,
                false,
                NOW.minusSeconds(60),
                NOW.plusSeconds(60),
                null,
                null);
    }

    private static Registry registry(Agreement... agreements) {
        return new Registry("JO", 7, NOW, NOW.plusSeconds(86_400), List.of(), List.of(), List.of(agreements));
    }

    private static String verdict(AccessDecision decision) {
        return decision instanceof AccessDecision.Denied denied
                ? denied.fault().code().name()
                : "ALLOWED";
    }

    private static Fault denied(AccessDecision decision) {
        assertThat(decision).isInstanceOf(AccessDecision.Denied.class);
        return ((AccessDecision.Denied) decision).fault();
    }

    private static final class SettableClock extends Clock {
        private volatile Instant now = NOW;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
