package org.wasl.security.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.agreement.Evaluation.Verdict;
import org.wasl.security.assertion.Mandate;
import org.wasl.security.assertion.VerifiedAssertion;
import org.wasl.security.registry.ActorRule;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.OpeningHours;
import org.wasl.security.registry.Parameter;
import org.wasl.security.registry.Quota;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;
import org.wasl.security.registry.SubjectScope;
import org.wasl.security.registry.Subsystem;

/** Each rule by itself, by a fixed clock: what it lets pass, what it refuses, and by which code. */
class AccessRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final SubsystemId CONSUMER = SubsystemId.parse("JO/GOV/PORTAL/composer");
    private static final ServiceId PERSONS = ServiceId.parse("JO/GOV/CSPD/registry/life-status/v1");
    private static final ServiceId THINGS = ServiceId.parse("JO/GOV/CSPD/registry/vehicle-record/v1");
    private static final ServiceId NOBODYS = ServiceId.parse("JO/GOV/CSPD/registry/statistics/v1");
    private static final String OWN = "9870000001";
    private static final String OTHER = "9870000002";

    private final RegistryAccessPolicy policy = new RegistryAccessPolicy(Clock.fixed(NOW, ZoneOffset.UTC));

    // About whom

    @Test
    void own_whenThePersonAsksAboutThemselves_isAllowed() {
        assertThat(verdict(own(), ask(PERSONS, OWN, citizen(OWN, null)))).isEqualTo("ALLOWED");
    }

    @Test
    void own_whenThePersonAsksAboutSomebodyElse_isRefused() {
        assertThat(verdict(own(), ask(PERSONS, OTHER, citizen(OWN, null)))).isEqualTo("AGREEMENT_SUBJECT");
    }

    @Test
    void own_whenThePersonAsksAboutTheRepresentedParty_isRefused() {
        VerifiedAssertion assertion = citizen(OWN, new Mandate("party-7", OTHER));
        assertThat(verdict(own(), ask(PERSONS, OTHER, assertion, "party-7", null)))
                .isEqualTo("AGREEMENT_SUBJECT");
    }

    @Test
    void own_whenTheIssuerAssertsNoNationalNumber_isRefused() {
        assertThat(verdict(own(), ask(PERSONS, OWN, citizen(null, null)))).isEqualTo("AGREEMENT_SUBJECT");
    }

    @Test
    void own_whenNothingIsAsserted_isRefusedEvenIfNoAssertionIsAskedFor() {
        ActorRule rule = new ActorRule(ActorKind.CITIZEN, SubjectScope.OWN, false, AssuranceLevel.LOW);
        assertThat(verdict(rule, ask(PERSONS, OWN, null))).isEqualTo("AGREEMENT_SUBJECT");
    }

    @Test
    void own_whenTheServiceIsAboutAThing_isDecidedByTheRecordsOwner() {
        AccessDecision decision = policy.decide(ask(THINGS, "1234", citizen(OWN, null)), registry(own()), true);

        assertThat(decision).isInstanceOfSatisfying(AccessDecision.Allowed.class, allowed -> {
            assertThat(allowed.owner()).isEqualTo(OWN);
            assertThat(allowed.toString()).doesNotContain(OWN);
        });
    }

    @Test
    void own_whenTheServiceIsAboutNobody_isRefused() {
        assertThat(verdict(own(), ask(NOBODYS, OWN, citizen(OWN, null)))).isEqualTo("AGREEMENT_SUBJECT");
    }

    @Test
    void own_whenAnotherAgreementAllowsWithoutLookingAtTheRecord_thatOneDecides() {
        Agreement looser = agreement("b", ActorRule.unconditional(ActorKind.CITIZEN));
        Registry both = registry(List.of(agreement("a", own()), looser));

        AccessDecision decision = policy.decide(ask(THINGS, "1234", citizen(OWN, null)), both, true);

        assertThat(decision).isEqualTo(new AccessDecision.Allowed(with(looser, THINGS), null));
    }

    @Test
    void caseReference_whenNamed_isAllowedAndWhenNotIsRefused() {
        ActorRule rule = new ActorRule(ActorKind.CITIZEN, SubjectScope.CASE, false, AssuranceLevel.LOW);

        assertThat(verdict(rule, ask(PERSONS, OTHER, null, null, "case-7"))).isEqualTo("ALLOWED");
        assertThat(verdict(rule, ask(PERSONS, OTHER, null, null, null))).isEqualTo("AGREEMENT_CASE");
        assertThat(verdict(rule, ask(PERSONS, OTHER, null, null, " "))).isEqualTo("AGREEMENT_CASE");
    }

    @Test
    void mandate_whenAssertedForThatPartyAndThatPerson_isAllowed() {
        VerifiedAssertion assertion = citizen(OWN, new Mandate("party-7", OTHER));

        assertThat(verdict(mandate(), ask(PERSONS, OTHER, assertion, "party-7", null)))
                .isEqualTo("ALLOWED");
        assertThat(verdict(mandate(), ask(PERSONS, OTHER, assertion, "party-8", null)))
                .isEqualTo("AGREEMENT_MANDATE");
        assertThat(verdict(mandate(), ask(PERSONS, OTHER, assertion, null, null)))
                .isEqualTo("AGREEMENT_MANDATE");
        assertThat(verdict(mandate(), ask(PERSONS, OWN, assertion, "party-7", null)))
                .isEqualTo("AGREEMENT_MANDATE");
        assertThat(verdict(mandate(), ask(PERSONS, OTHER, citizen(OWN, null), "party-7", null)))
                .isEqualTo("AGREEMENT_MANDATE");
        assertThat(verdict(mandate(), ask(PERSONS, OTHER, null, "party-7", null)))
                .isEqualTo("AGREEMENT_ASSERTION");
    }

    @Test
    void mandate_whenTheServiceIsAboutAThing_isDecidedByTheRecordsOwner() {
        AccessRequest request = ask(THINGS, "1234", citizen(OWN, new Mandate("party-7", OTHER)), "party-7", null);

        assertThat(policy.decide(request, registry(mandate()), true))
                .isInstanceOfSatisfying(AccessDecision.Allowed.class, allowed -> assertThat(allowed.owner())
                        .isEqualTo(OTHER));
    }

    @Test
    void actors_whenOneOfSeveralOfAKindFits_isAllowed() {
        Registry registry = registry(List.of(agreement("a", own(), mandate())));
        VerifiedAssertion assertion = citizen(OWN, new Mandate("party-7", OTHER));

        assertThat(verdict(policy.decide(ask(PERSONS, OWN, assertion), registry, true)))
                .isEqualTo("ALLOWED");
        assertThat(verdict(policy.decide(ask(PERSONS, OTHER, assertion, "party-7", null), registry, true)))
                .isEqualTo("ALLOWED");
        assertThat(verdict(policy.decide(ask(PERSONS, "9870000003", assertion, "party-7", null), registry, true)))
                .isIn("AGREEMENT_SUBJECT", "AGREEMENT_MANDATE");
    }

    // Who it is

    @Test
    void assertion_whenRequiredAndAbsent_isRefused() {
        assertThat(verdict(own(), ask(PERSONS, OWN, null))).isEqualTo("AGREEMENT_ASSERTION");
    }

    @Test
    void assertion_whenItSpeaksOfAnotherActor_isRefusedEvenIfNoneIsAskedFor() {
        ActorRule rule = ActorRule.unconditional(ActorKind.CITIZEN);
        VerifiedAssertion other = new VerifiedAssertion(
                URI.create("http://issuer"), "actor-2", ActorKind.CITIZEN, AssuranceLevel.HIGH, OWN, null, NOW);
        VerifiedAssertion officer = new VerifiedAssertion(
                URI.create("http://issuer"), "actor-1", ActorKind.OFFICER, AssuranceLevel.HIGH, OWN, null, NOW);

        assertThat(verdict(rule, ask(PERSONS, OWN, other))).isEqualTo("AGREEMENT_ASSERTION");
        assertThat(verdict(rule, ask(PERSONS, OWN, officer))).isEqualTo("AGREEMENT_ASSERTION");
    }

    @Test
    void assertion_whenItCameUnchecked_isRefusedByWhoDecidesAndForeseenByWhoAsks() {
        AccessRequest unchecked = new AccessRequest(
                CONSUMER,
                PERSONS,
                "CLEARANCE",
                "LAW-1",
                new Actor(ActorKind.CITIZEN, AssuranceLevel.HIGH, "actor-1", "ab".repeat(32)),
                null,
                null,
                Map.of("nationalNumber", OWN),
                null,
                NOW);
        Registry registry = registry(own());

        assertThat(verdict(policy.decide(unchecked, registry, true))).isEqualTo("AGREEMENT_ASSERTION");
        assertThat(verdict(policy.confirm(unchecked, registry))).isEqualTo("AGREEMENT_ASSERTION");
        assertThat(verdict(policy.foresee(unchecked, registry))).isEqualTo("ALLOWED");
        assertThat(policy.explain(unchecked, registry).evaluations())
                .extracting(Evaluation::verdict)
                .containsExactly(Verdict.UNDETERMINED);
    }

    @Test
    void foresee_whenSomethingIsPlainlyNotAllowed_isRefused() {
        assertThat(verdict(policy.foresee(ask(PERSONS, OWN, null), registry(own()))))
                .isEqualTo("AGREEMENT_ASSERTION");
        assertThat(verdict(policy.foresee(ask(PERSONS, OTHER, citizen(OWN, null)), registry(own()))))
                .isEqualTo("AGREEMENT_SUBJECT");
    }

    @ParameterizedTest
    @EnumSource(AssuranceLevel.class)
    void assurance_whenLowerThanAskedFor_isRefused(AssuranceLevel asked) {
        ActorRule rule = new ActorRule(ActorKind.CITIZEN, SubjectScope.ANY, false, asked);
        for (AssuranceLevel given : AssuranceLevel.values()) {
            VerifiedAssertion assertion = new VerifiedAssertion(
                    URI.create("http://issuer"), "actor-1", ActorKind.CITIZEN, given, OWN, null, NOW);
            // The header claims the highest level all along: the issuer's word goes before it.
            assertThat(verdict(rule, ask(PERSONS, OWN, assertion)))
                    .isEqualTo(given.compareTo(asked) >= 0 ? "ALLOWED" : "AGREEMENT_ASSURANCE");
        }
    }

    // When, and how often

    @Test
    void withdrawal_whenItsInstantHasCome_isRefused() {
        assertThat(verdict(policy.decide(any(NOW.minusMillis(1)), withdrawn(NOW), true)))
                .isEqualTo("ALLOWED");
        assertThat(verdict(policy.decide(any(NOW), withdrawn(NOW), true))).isEqualTo("AGREEMENT_WITHDRAWN");
        assertThat(verdict(policy.confirm(any(NOW), withdrawn(NOW)))).isEqualTo("AGREEMENT_WITHDRAWN");
    }

    @Test
    void hours_whenClosed_isRefusedWithTheHours() {
        OpeningHours hours = new OpeningHours(
                ZoneId.of("Asia/Amman"),
                List.of(new OpeningHours.Open(EnumSet.of(DayOfWeek.MONDAY), LocalTime.of(8, 0), LocalTime.of(13, 0))));
        Registry registry = registry(List.of(copy(agreement("a", anyCitizen()), Quota.UNLIMITED, hours, null)));

        assertThat(verdict(policy.decide(any(NOW.minusMillis(1)), registry, true)))
                .isEqualTo("ALLOWED");
        Fault fault = denied(policy.decide(any(NOW), registry, true));
        assertThat(fault.code()).isEqualTo(FaultCode.AGREEMENT_HOURS);
        assertThat(fault.detail()).contains("Monday 08:00-13:00").contains("Asia/Amman");
    }

    @Test
    void quota_whenTheDayIsUsedUp_isRefusedThoughTheMinuteIsNot() {
        Registry registry = registry(List.of(
                copy(agreement("a", anyCitizen()), new Quota(OptionalInt.of(100), OptionalInt.of(5)), null, null)));
        List<String> verdicts = IntStream.range(0, 6)
                .mapToObj(i -> verdict(policy.decide(any(NOW), registry, true)))
                .toList();

        assertThat(verdicts).containsExactly("ALLOWED", "ALLOWED", "ALLOWED", "ALLOWED", "ALLOWED", "AGREEMENT_QUOTA");
        // Confirming what was counted is not refused for having been counted.
        assertThat(verdict(policy.confirm(any(NOW), registry))).isEqualTo("ALLOWED");
    }

    @Test
    void quota_whenADayHasSlidOn_hasRoomAgain() {
        QuotaWindows windows = new QuotaWindows();
        Quota quota = new Quota(OptionalInt.of(10), OptionalInt.of(2));

        assertThat(windows.take("a", quota, NOW)).isTrue();
        assertThat(windows.take("a", quota, NOW)).isTrue();
        assertThat(windows.take("a", quota, NOW.plus(Duration.ofHours(23)))).isFalse();
        assertThat(windows.take("a", quota, NOW.plus(Duration.ofHours(48)))).isTrue();
    }

    @Test
    void quota_whenRefusedForTheMinute_doesNotCountForTheDay() {
        QuotaWindows windows = new QuotaWindows();
        Quota quota = new Quota(OptionalInt.of(1), OptionalInt.of(3));

        assertThat(windows.take("a", quota, NOW)).isTrue();
        for (int i = 0; i < 50; i++) {
            assertThat(windows.take("a", quota, NOW)).isFalse();
        }
        assertThat(windows.take("a", quota, NOW.plusSeconds(121))).isTrue();
    }

    @Test
    void quota_whenAnotherRuleRefuses_isNotCounted() {
        Registry registry = registry(List.of(copy(agreement("a", own()), Quota.perMinute(1), null, null)));
        for (int i = 0; i < 5; i++) {
            policy.decide(ask(PERSONS, OTHER, citizen(OWN, null)), registry, true);
        }
        assertThat(verdict(policy.decide(ask(PERSONS, OWN, citizen(OWN, null)), registry, true)))
                .isEqualTo("ALLOWED");
    }

    // How it is told

    @Test
    void decide_whenDenied_isThatOfTheClosestAgreementAndNamesItsRule() {
        Agreement far = agreement("far", ActorRule.unconditional(ActorKind.SYSTEM));
        Agreement near = agreement("near", own());

        for (List<Agreement> order : List.of(List.of(far, near), List.of(near, far))) {
            Fault fault = denied(policy.decide(ask(PERSONS, OTHER, citizen(OWN, null)), registry(order), true));
            assertThat(fault.code()).isEqualTo(FaultCode.AGREEMENT_SUBJECT);
            assertThat(fault.detail())
                    .startsWith("agreement near, rule subject: ")
                    .doesNotContain(OTHER, OWN);
            assertThat(RefusalDetail.agreement(fault)).contains("near");
        }
    }

    @ParameterizedTest
    @EnumSource(AccessRule.class)
    void explanation_ofEveryRule_isGivenInBothLanguages(AccessRule rule) {
        Evaluation evaluation = new Evaluation(agreement("a-1", own(), mandate()), own(), List.of(), null);
        Fault fault = new Fault(rule.code(), Stage.AUTHORIZE, "JO/GOV/CSPD", RefusalDetail.of(evaluation, rule));

        assertThat(AccessRule.of(rule.code())).contains(rule);
        assertThat(RefusalDetail.agreement(fault)).contains("a-1");
        assertThat(RefusalDetail.explanation(fault, "ar").orElseThrow())
                .contains("a-1")
                .containsPattern("\\p{IsArabic}{3}");
        assertThat(RefusalDetail.explanation(fault, "en").orElseThrow())
                .contains("a-1")
                .matches("[ -~]+");
        assertThat(RuleText.demand(rule, evaluation).english()).matches("[ -~]+");
        assertThat(RuleText.demand(rule, evaluation).arabic()).containsPattern("\\p{IsArabic}{2}");
    }

    @Test
    void explanation_whenTheFaultIsNoAgreements_isNone() {
        Fault fault = new Fault(FaultCode.RECORD_NOT_FOUND, Stage.CONNECTOR, "JO/GOV/CSPD", "none");
        assertThat(RefusalDetail.explanation(fault, "en")).isEmpty();
        Fault none = new Fault(FaultCode.AGREEMENT_NONE, Stage.AUTHORIZE, "JO/GOV/CSPD", "none");
        assertThat(RefusalDetail.explanation(none, "ar")).isPresent();
    }

    @Test
    void explain_whenAsked_saysOfEveryAgreementAndRuleHowItCameOut() {
        Registry registry =
                registry(List.of(agreement("a", own()), agreement("b", ActorRule.unconditional(ActorKind.SYSTEM))));

        AccessTrace trace = policy.explain(ask(PERSONS, OTHER, citizen(OWN, null)), registry);

        assertThat(trace.evaluations()).extracting(one -> one.agreement().id()).containsExactly("a", "b");
        assertThat(trace.evaluations().get(0).failed()).contains(AccessRule.SUBJECT);
        assertThat(trace.evaluations().get(1).failed()).contains(AccessRule.ACTOR);
        assertThat(trace.evaluations().get(0).findings()).hasSize(AccessRule.values().length - 2);
        assertThat(trace.decision()).isInstanceOf(AccessDecision.Denied.class);
    }

    // Default deny

    /** What a request may have wrong. */
    enum Flaw {
        CONSUMER(FaultCode.AGREEMENT_NONE),
        SERVICE(FaultCode.AGREEMENT_NONE),
        PURPOSE(FaultCode.AGREEMENT_PURPOSE),
        LEGAL_BASIS(FaultCode.AGREEMENT_LEGAL_BASIS),
        TOO_EARLY(FaultCode.AGREEMENT_NOT_IN_FORCE),
        TOO_LATE(FaultCode.AGREEMENT_NOT_IN_FORCE),
        WITHDRAWN(FaultCode.AGREEMENT_WITHDRAWN),
        ACTOR(FaultCode.AGREEMENT_ACTOR),
        NO_ASSERTION(FaultCode.AGREEMENT_ASSERTION),
        FOREIGN_ASSERTION(FaultCode.AGREEMENT_ASSERTION),
        ASSURANCE(FaultCode.AGREEMENT_ASSURANCE),
        SUBJECT(FaultCode.AGREEMENT_SUBJECT),
        HOURS(FaultCode.AGREEMENT_HOURS),
        QUOTA(FaultCode.AGREEMENT_QUOTA);

        private final FaultCode code;

        Flaw(FaultCode code) {
            this.code = code;
        }
    }

    @Provide
    Arbitrary<Set<Flaw>> flaws() {
        return Arbitraries.of(Flaw.class).set().ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<Integer>> decoys() {
        return Arbitraries.integers().between(0, 6).list().ofMaxSize(3);
    }

    /** Whatever is wrong, and whatever other agreements there are that do not fit, nothing is allowed. */
    @Property(tries = 2_000)
    void decide_whenAnythingIsWrong_isNeverAllowed(
            @ForAll("flaws") Set<Flaw> flaws, @ForAll("decoys") List<Integer> decoys) {
        RegistryAccessPolicy fresh = new RegistryAccessPolicy(Clock.fixed(NOW, ZoneOffset.UTC));
        Agreement good = agreement("good", own());
        good = copy(good, Quota.perMinute(1), flaws.contains(Flaw.HOURS) ? closed() : null, null);
        if (flaws.contains(Flaw.WITHDRAWN)) {
            good = copy(good, good.quota(), good.hours(), NOW.minusSeconds(1));
        }
        List<Agreement> agreements = new java.util.ArrayList<>(
                decoys.stream().map(AccessRulesTest::unfitting).distinct().toList());
        agreements.add(good);
        Registry registry = registry(agreements);
        if (flaws.contains(Flaw.QUOTA)) {
            fresh.decide(
                    ask(PERSONS, OWN, citizen(OWN, null)),
                    registry(List.of(copy(agreement("good", own()), Quota.perMinute(1), null, null))),
                    true);
        }

        AccessDecision decision = fresh.decide(flawed(flaws), registry, true);

        if (flaws.isEmpty()) {
            assertThat(verdict(decision)).isEqualTo("ALLOWED");
        } else {
            assertThat(verdict(decision)).isNotEqualTo("ALLOWED");
            if (flaws.size() == 1 && decoys.isEmpty()) {
                assertThat(denied(decision).code()).isEqualTo(flaws.iterator().next().code);
            }
        }
    }

    private static AccessRequest flawed(Set<Flaw> flaws) {
        Instant at = flaws.contains(Flaw.TOO_EARLY)
                ? NOW.minus(Duration.ofDays(400))
                : flaws.contains(Flaw.TOO_LATE) ? NOW.plus(Duration.ofDays(400)) : NOW;
        if (flaws.contains(Flaw.WITHDRAWN) && flaws.contains(Flaw.TOO_EARLY)) {
            at = NOW;
        }
        AssuranceLevel level = flaws.contains(Flaw.ASSURANCE) ? AssuranceLevel.LOW : AssuranceLevel.HIGH;
        ActorKind kind = flaws.contains(Flaw.ACTOR) ? ActorKind.SYSTEM : ActorKind.CITIZEN;
        VerifiedAssertion assertion = new VerifiedAssertion(
                URI.create("http://issuer"),
                flaws.contains(Flaw.FOREIGN_ASSERTION) ? "actor-2" : "actor-1",
                kind,
                level,
                OWN,
                null,
                NOW);
        return new AccessRequest(
                flaws.contains(Flaw.CONSUMER) ? SubsystemId.parse("JO/GOV/PORTAL/other") : CONSUMER,
                flaws.contains(Flaw.SERVICE) ? THINGS : PERSONS,
                flaws.contains(Flaw.PURPOSE) ? "CURIOSITY" : "CLEARANCE",
                flaws.contains(Flaw.LEGAL_BASIS) ? "LAW-9" : "LAW-1",
                new Actor(kind, AssuranceLevel.HIGH, "actor-1", null),
                null,
                null,
                Map.of("nationalNumber", flaws.contains(Flaw.SUBJECT) ? OTHER : OWN),
                flaws.contains(Flaw.NO_ASSERTION) ? null : assertion,
                at);
    }

    /** Agreements that allow nothing of what the property asks, however little else is wrong with them. */
    private static Agreement unfitting(int which) {
        Agreement model = agreement("decoy-" + which, own());
        return switch (which) {
            case 0 -> with(model, NOBODYS);
            case 1 -> copy(model, Quota.UNLIMITED, null, NOW.minus(Duration.ofDays(500)));
            case 2 -> agreement("decoy-2", mandate());
            case 3 -> agreement("decoy-3", ActorRule.unconditional(ActorKind.OFFICER));
            case 4 -> with(model, Map.of("OTHER", Set.of("LAW-1", "LAW-9")));
            case 5 -> with(model, Map.of("OTHER", Set.of("LAW-1")));
            default ->
                agreement("decoy-6", new ActorRule(ActorKind.OFFICER, SubjectScope.CASE, false, AssuranceLevel.LOW));
        };
    }

    private static OpeningHours closed() {
        return new OpeningHours(
                ZoneOffset.UTC,
                List.of(new OpeningHours.Open(EnumSet.of(DayOfWeek.TUESDAY), LocalTime.of(8, 0), LocalTime.of(9, 0))));
    }

    // What the tests are made of

    private String verdict(ActorRule rule, AccessRequest request) {
        return verdict(policy.decide(request, registry(rule), true));
    }

    private static ActorRule own() {
        return new ActorRule(ActorKind.CITIZEN, SubjectScope.OWN, true, AssuranceLevel.SUBSTANTIAL);
    }

    private static ActorRule mandate() {
        return new ActorRule(ActorKind.CITIZEN, SubjectScope.MANDATE, true, AssuranceLevel.SUBSTANTIAL);
    }

    private static ActorRule anyCitizen() {
        return ActorRule.unconditional(ActorKind.CITIZEN);
    }

    private static VerifiedAssertion citizen(@Nullable String number, @Nullable Mandate mandate) {
        return new VerifiedAssertion(
                URI.create("http://issuer"),
                "actor-1",
                ActorKind.CITIZEN,
                AssuranceLevel.HIGH,
                number,
                mandate,
                NOW.plusSeconds(60));
    }

    private static AccessRequest any(Instant at) {
        return ask(PERSONS, OWN, null).at(at);
    }

    private static AccessRequest ask(ServiceId service, String subject, @Nullable VerifiedAssertion assertion) {
        return ask(service, subject, assertion, null, null);
    }

    private static AccessRequest ask(
            ServiceId service,
            String subject,
            @Nullable VerifiedAssertion assertion,
            @Nullable String party,
            @Nullable String caseReference) {
        return new AccessRequest(
                CONSUMER,
                service,
                "CLEARANCE",
                "LAW-1",
                new Actor(ActorKind.CITIZEN, AssuranceLevel.HIGH, "actor-1", null),
                party,
                caseReference,
                Map.of(service.equals(THINGS) ? "plateNumber" : "nationalNumber", subject),
                assertion,
                NOW);
    }

    private static Agreement agreement(String id, ActorRule... actors) {
        return new Agreement(
                id,
                CONSUMER,
                PERSONS,
                Map.of("CLEARANCE", Set.of("LAW-1")),
                List.of(actors),
                List.of("record"),
                Quota.UNLIMITED,
                null,
                false,
                NOW.minus(Duration.ofDays(300)),
                NOW.plus(Duration.ofDays(300)),
                null,
                null);
    }

    private static Agreement copy(
            Agreement of, Quota quota, @Nullable OpeningHours hours, @Nullable Instant withdrawn) {
        return new Agreement(
                of.id(),
                of.consumer(),
                of.service(),
                of.purposes(),
                of.actors(),
                of.released(),
                quota,
                hours,
                of.confidential(),
                of.validFrom(),
                of.validTo(),
                withdrawn,
                null);
    }

    private static Agreement with(Agreement of, ServiceId service) {
        return new Agreement(
                of.id(),
                of.consumer(),
                service,
                of.purposes(),
                of.actors(),
                of.released(),
                of.quota(),
                of.hours(),
                of.confidential(),
                of.validFrom(),
                of.validTo(),
                of.withdrawn(),
                null);
    }

    private static Agreement with(Agreement of, Map<String, Set<String>> purposes) {
        return new Agreement(
                of.id(),
                of.consumer(),
                of.service(),
                purposes,
                of.actors(),
                of.released(),
                of.quota(),
                of.hours(),
                of.confidential(),
                of.validFrom(),
                of.validTo(),
                of.withdrawn(),
                null);
    }

    private static Registry withdrawn(Instant at) {
        return registry(List.of(copy(agreement("a", anyCitizen()), Quota.UNLIMITED, null, at)));
    }

    private static Registry registry(ActorRule... actors) {
        Agreement persons = agreement("a", actors);
        return registry(List.of(
                persons, with(agreement("a-things", actors), THINGS), with(agreement("a-nobodys", actors), NOBODYS)));
    }

    private static Registry registry(List<Agreement> agreements) {
        List<Agreement> all = new java.util.ArrayList<>(agreements);
        // What the tests say of persons they also mean of things.
        if (agreements.stream().allMatch(agreement -> agreement.service().equals(PERSONS))
                && agreements.stream().anyMatch(agreement -> agreement.id().equals("b"))) {
            agreements.forEach(agreement -> all.add(with(agreement, THINGS)));
        }
        Label label = new Label("خدمة", "service");
        List<Service> services = List.of(
                service(PERSONS, "nationalNumber", true, null),
                service(THINGS, "plateNumber", true, "vehicle/owner/identifier"),
                service(NOBODYS, "nationalNumber", false, null));
        Member member = new Member(
                PERSONS.member(),
                label,
                List.of("node-1"),
                List.of(),
                List.of(new Subsystem(PERSONS.subsystem(), label, services)));
        return new Registry("JO", 7, NOW, NOW.plus(Duration.ofDays(1)), List.of(), List.of(member), all);
    }

    private static Service service(ServiceId id, String parameter, boolean subject, @Nullable String ownerField) {
        return new Service(
                id,
                new Label("خدمة", "service"),
                List.of(new Parameter(parameter, true, null, subject)),
                "urn:wasl:civil:1",
                "1.0",
                false,
                ownerField,
                Set.of("GET"),
                null);
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
}
