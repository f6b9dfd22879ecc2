package org.wasl.routes.composite;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.wasl.routes.composite.CompositeDeclaration.Effect;
import org.wasl.routes.composite.CompositeDeclaration.Rule;
import org.wasl.routes.composite.CompositeDeclaration.Source;
import org.wasl.routes.composite.CompositeDeclaration.Step;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.registry.Label;

class StepGraphTest {

    private static final Label LABEL = new Label("خطوة", "Step");

    /** What the asker was asked, by step; each is answered when the test says so. */
    private final Map<String, Map<String, String>> asked = new HashMap<>();

    private final Map<String, CompletableFuture<StepOutcome>> answers = new HashMap<>();

    private static Step step(String id, Map<String, Source> parameters, String... after) {
        return new Step(
                id,
                ServiceId.parse("JO/GOV/CSPD/registry/" + id + "/v1"),
                LABEL,
                parameters,
                Set.of(after),
                true,
                Duration.ofSeconds(1),
                null,
                RecordExpression.compile("true()", Set.of()),
                null,
                null,
                List.of());
    }

    private CompletableFuture<List<StepOutcome>> run(Step... steps) {
        return new StepGraph(List.of(steps), Map.of("number", "42"), (step, parameters) -> {
                    asked.put(step.id(), parameters);
                    return answers.computeIfAbsent(step.id(), id -> new CompletableFuture<>());
                })
                .run();
    }

    private static StepOutcome outcome(Step step, SourceStatus status, String record, Effect... effects) {
        List<Rule> rules = new ArrayList<>();
        for (Effect effect : effects) {
            rules.add(new Rule(RecordExpression.compile("true()", Set.of()), effect, LABEL));
        }
        return new StepOutcome(
                step,
                status,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Records.of(record)),
                Optional.empty(),
                Optional.empty(),
                rules,
                Optional.of(new BigDecimal("1.000")));
    }

    private void answer(StepOutcome outcome) {
        answers.get(outcome.step().id()).complete(outcome);
    }

    @Test
    void run_whenStepsAreIndependent_asksAllAtOnce() {
        CompletableFuture<List<StepOutcome>> run = run(
                step("a", Map.of("n", new Source.RequestInput("number"))), step("b", Map.of()), step("c", Map.of()));
        assertThat(asked).containsOnlyKeys("a", "b", "c").containsEntry("a", Map.of("n", "42"));
        assertThat(run).isNotDone();
    }

    @Test
    void run_whenAStepNeedsARecordsValue_waitsAndPassesIt() {
        Step a = step("a", Map.of());
        Source value = new Source.EarlierStep("a", RecordExpression.compile("plate", Set.of()));
        Step b = step("b", Map.of("plate", value));
        CompletableFuture<List<StepOutcome>> run = run(b, a);
        assertThat(asked).containsOnlyKeys("a");
        answer(outcome(a, SourceStatus.AVAILABLE, "<v><plate>11-14321</plate></v>"));
        assertThat(asked).containsEntry("b", Map.of("plate", "11-14321"));
        answer(outcome(b, SourceStatus.AVAILABLE, "<x/>"));
        assertThat(run.join()).extracting(o -> o.step().id()).containsExactly("b", "a");
    }

    @Test
    void run_whenTheValueIsMissing_doesNotAskAndSaysWhichStepGaveNothing() {
        Step a = step("a", Map.of());
        Step b = step("b", Map.of("plate", new Source.EarlierStep("a", RecordExpression.compile("plate", Set.of()))));
        CompletableFuture<List<StepOutcome>> run = run(a, b);
        answer(outcome(a, SourceStatus.AVAILABLE, "<v/>"));
        StepOutcome last = run.join().get(1);
        assertThat(asked).doesNotContainKey("b");
        assertThat(last.status()).isEqualTo(SourceStatus.UNAVAILABLE);
        assertThat(last.fault().orElseThrow().detail()).contains("'a'");
    }

    @Test
    void run_whenARuleStops_laterStepsAreNotApplicable() {
        Step a = step("a", Map.of());
        Step b = step("b", Map.of(), "a");
        Step c = step("c", Map.of(), "b");
        CompletableFuture<List<StepOutcome>> run = run(a, b, c);
        answer(outcome(a, SourceStatus.AVAILABLE, "<v/>", Effect.STOPS));
        List<StepOutcome> outcomes = run.join();
        assertThat(asked).containsOnlyKeys("a");
        assertThat(outcomes)
                .extracting(StepOutcome::status)
                .containsExactly(SourceStatus.AVAILABLE, SourceStatus.NOT_APPLICABLE, SourceStatus.NOT_APPLICABLE);
        Decision decision = Decision.of(outcomes);
        assertThat(decision.verdict()).isEqualTo(Decision.Verdict.BLOCKED);
        assertThat(decision.ready()).isTrue();
        assertThat(decision.overall()).isEqualTo(Decision.Overall.COMPLETE);
    }

    @Test
    void decision_whenARequiredSourceIsNotFound_isNeverClear() {
        Step a = step("a", Map.of());
        Decision decision = Decision.of(List.of(StepOutcome.notAsked(a, SourceStatus.NOT_FOUND, Optional.empty())));
        assertThat(decision.verdict()).isEqualTo(Decision.Verdict.UNDETERMINED);
        assertThat(decision.missing()).containsExactly("a");
        assertThat(decision.overall()).isEqualTo(Decision.Overall.COMPLETE);
    }

    @Test
    void decision_forEveryStatusOfARequiredSource_isClearOnlyWhenSettled() {
        Step a = step("a", Map.of());
        for (SourceStatus status : SourceStatus.values()) {
            Decision decision = Decision.of(List.of(StepOutcome.notAsked(a, status, Optional.empty())));
            boolean settled = status == SourceStatus.AVAILABLE || status == SourceStatus.NOT_APPLICABLE;
            assertThat(decision.ready()).as(status.name()).isEqualTo(settled);
            assertThat(decision.verdict() == Decision.Verdict.CLEAR)
                    .as(status.name())
                    .isEqualTo(settled);
        }
    }

    @Test
    void decision_whenOneSourceIsDownAndOneBlocks_isBlockedButNotReady() {
        Step a = step("a", Map.of());
        Step b = step("b", Map.of());
        Decision decision = Decision.of(List.of(
                outcome(a, SourceStatus.AVAILABLE, "<v/>", Effect.BLOCKS),
                StepOutcome.notAsked(b, SourceStatus.TIMED_OUT, Optional.empty())));
        assertThat(decision.verdict()).isEqualTo(Decision.Verdict.BLOCKED);
        assertThat(decision.ready()).isFalse();
        assertThat(decision.overall()).isEqualTo(Decision.Overall.PARTIAL);
        assertThat(decision.dues()).contains(new BigDecimal("1.000"));
    }

    @Test
    void decision_whenASourceDefers_isPending() {
        Step a = step("a", Map.of());
        Decision decision = Decision.of(List.of(StepOutcome.notAsked(a, SourceStatus.DEFERRED, Optional.empty())));
        assertThat(decision.overall()).isEqualTo(Decision.Overall.PENDING);
        assertThat(decision.verdict()).isEqualTo(Decision.Verdict.UNDETERMINED);
    }

    private static Step each(String id, String items, int most, Map<String, Source> parameters) {
        Step plain = step(id, parameters);
        return new Step(
                id,
                plain.service(),
                LABEL,
                parameters,
                Set.of(),
                true,
                plain.deadline(),
                null,
                plain.requires(),
                null,
                null,
                List.of(),
                null,
                new CompositeDeclaration.ForEach("a", RecordExpression.compile(items, Set.of()), most),
                Set.of(),
                false);
    }

    private static Source item(String expression) {
        return new Source.Item(RecordExpression.compile(expression, Set.of()));
    }

    @Test
    void run_whenAStepIsForEachItem_asksEachOnceUnderItsOwnId() {
        Step a = step("a", Map.of());
        Step heirs = each("heir", "heir", 3, Map.of("n", item("number"), "kind", new Source.Constant("life")));
        CompletableFuture<List<StepOutcome>> run = run(a, heirs, step("after", Map.of(), "heir"));
        answer(outcome(
                a, SourceStatus.AVAILABLE, "<v><heir><number>1</number></heir><heir><number>2</number></heir></v>"));
        assertThat(asked)
                .containsEntry("heir_1", Map.of("n", "1", "kind", "life"))
                .containsEntry("heir_2", Map.of("n", "2", "kind", "life"))
                .doesNotContainKey("after");
        answer(outcome(step("heir_1", Map.of()), SourceStatus.AVAILABLE, "<x/>"));
        answer(outcome(step("heir_2", Map.of()), SourceStatus.NOT_FOUND, "<x/>"));
        assertThat(asked).containsKey("after");
        answer(outcome(step("after", Map.of()), SourceStatus.AVAILABLE, "<x/>"));
        assertThat(run.join()).extracting(o -> o.step().id()).containsExactly("a", "heir_1", "heir_2", "after");
    }

    @Test
    void run_whenThereAreMoreItemsThanDeclared_asksNoneAndSaysSo() {
        Step a = step("a", Map.of());
        CompletableFuture<List<StepOutcome>> run = run(a, each("heir", "heir", 1, Map.of("n", item("."))));
        answer(outcome(a, SourceStatus.AVAILABLE, "<v><heir>1</heir><heir>2</heir></v>"));
        assertThat(asked).containsOnlyKeys("a");
        StepOutcome none = run.join().get(1);
        assertThat(none.status()).isEqualTo(SourceStatus.UNAVAILABLE);
        assertThat(none.fault().orElseThrow().detail()).contains("2 items, more than the 1");
    }

    @Test
    void run_whenThereIsNoItem_isNotApplicableAndWhatFollowsIsAsked() {
        Step a = step("a", Map.of());
        CompletableFuture<List<StepOutcome>> run =
                run(a, each("heir", "heir", 1, Map.of("n", item("."))), step("after", Map.of(), "heir"));
        answer(outcome(a, SourceStatus.AVAILABLE, "<v/>"));
        assertThat(asked).containsOnlyKeys("a", "after");
        answer(outcome(step("after", Map.of()), SourceStatus.AVAILABLE, "<x/>"));
        assertThat(run.join().get(1).status()).isEqualTo(SourceStatus.NOT_APPLICABLE);
    }

    @Test
    void run_whenAnItemLacksWhatIsAskedBy_asksTheOthersAndSaysSo() {
        Step a = step("a", Map.of());
        CompletableFuture<List<StepOutcome>> run = run(a, each("heir", "heir", 3, Map.of("n", item("number"))));
        answer(outcome(a, SourceStatus.AVAILABLE, "<v><heir/><heir><number>2</number></heir></v>"));
        assertThat(asked).containsOnlyKeys("a", "heir_2");
        answer(outcome(step("heir_2", Map.of()), SourceStatus.AVAILABLE, "<x/>"));
        assertThat(run.join().get(1).status()).isEqualTo(SourceStatus.UNAVAILABLE);
    }

    @Test
    void run_whenTheConditionDoesNotHold_isNotApplicableAndOnlyWhoNeedsItsRecordIsToo() {
        Step a = step("a", Map.of());
        Step plain = step("b", Map.of());
        Step b = new Step(
                "b",
                plain.service(),
                LABEL,
                Map.of(),
                Set.of(),
                true,
                plain.deadline(),
                null,
                plain.requires(),
                null,
                null,
                List.of(),
                new CompositeDeclaration.Condition("a", RecordExpression.compile("sex = 'MALE'", Set.of())),
                null,
                Set.of(),
                false);
        Step needs = step("needs", Map.of("x", new Source.EarlierStep("b", RecordExpression.compile("x", Set.of()))));
        CompletableFuture<List<StepOutcome>> run = run(a, b, step("after", Map.of(), "b"), needs);
        answer(outcome(a, SourceStatus.AVAILABLE, "<v><sex>FEMALE</sex></v>"));
        assertThat(asked).containsOnlyKeys("a", "after");
        answer(outcome(step("after", Map.of()), SourceStatus.AVAILABLE, "<x/>"));
        assertThat(run.join())
                .extracting(StepOutcome::status)
                .containsExactly(
                        SourceStatus.AVAILABLE,
                        SourceStatus.NOT_APPLICABLE,
                        SourceStatus.AVAILABLE,
                        SourceStatus.NOT_APPLICABLE);
    }
}
