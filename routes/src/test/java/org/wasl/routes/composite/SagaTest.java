package org.wasl.routes.composite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.wasl.routes.composite.CompositeDeclaration.Source;
import org.wasl.routes.composite.CompositeDeclaration.Step;
import org.wasl.routes.composite.CompositeDeclaration.Undo;
import org.wasl.routes.composite.EffectOutcome.State;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.Priority;
import org.wasl.security.registry.Label;

/** Whatever answers come, are lost or come late, and whenever the composer is killed: all changes stand, or none, or it is said which. */
class SagaTest {

    private static final Label LABEL = new Label("خطوة", "Step");
    private static final int MOST_RUNS = 60;

    /** How a step's agency answers. */
    enum Doing {
        ANSWERS,
        /** It changes nothing and says so. */
        REFUSES,
        /** It changes something, and its answer is lost. */
        ANSWER_LOST,
        /** The request is lost. */
        REQUEST_LOST,
        /** The request arrives when the composer has long gone on. */
        ARRIVES_LATE
    }

    /** How a step's agency answers the request to undo it. */
    enum Undoing {
        ANSWERS,
        REFUSES_TWICE,
        /** It undoes it, and the answer is lost; the next time it answers. */
        ANSWER_LOST,
        NEVER_ANSWERS,
        /** It will not, and says so. */
        REFUSES_FOR_GOOD
    }

    record Plan(boolean changes, Doing doing, Undoing undoing) {}

    @Provide
    Arbitrary<List<Plan>> plans() {
        Arbitrary<Plan> plan = Combinators.combine(
                        Arbitraries.frequency(net.jqwik.api.Tuple.of(3, true), net.jqwik.api.Tuple.of(1, false)),
                        Arbitraries.frequency(
                                net.jqwik.api.Tuple.of(4, Doing.ANSWERS),
                                net.jqwik.api.Tuple.of(1, Doing.REFUSES),
                                net.jqwik.api.Tuple.of(1, Doing.ANSWER_LOST),
                                net.jqwik.api.Tuple.of(1, Doing.REQUEST_LOST),
                                net.jqwik.api.Tuple.of(1, Doing.ARRIVES_LATE)),
                        Arbitraries.of(Undoing.class))
                .as(Plan::new);
        return plan.list().ofMinSize(1).ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<Integer>> kills() {
        return Arbitraries.integers().between(1, 12).list().ofMaxSize(5);
    }

    @Property(tries = 3_000)
    void saga_whateverHappens_standsWholeOrNotAtAllOrSaysWhat(
            @ForAll("plans") @Size(min = 1) List<Plan> plans, @ForAll("kills") List<Integer> kills) {
        World world = new World(plans, new ArrayList<>(kills));
        Composing.Gathered end = world.run();
        world.lateRequestsArrive();

        Set<String> remains = new TreeSet<>();
        end.effects().forEach((step, effect) -> {
            if (effect.state() == State.NOT_UNDONE) {
                remains.add(step);
            }
        });
        boolean clear = Decision.of(end.outcomes(), end.effects()).verdict() == Decision.Verdict.CLEAR;
        Set<String> changing = new TreeSet<>();
        for (Step step : world.steps) {
            if (step.undo() != null) {
                changing.add(step.id());
            }
        }
        if (clear) {
            assertThat(world.standing).isEqualTo(changing);
            assertThat(end.effects().values()).allMatch(effect -> effect.state() == State.DONE);
        } else {
            assertThat(remains).as("what may stand is named").containsAll(world.standing);
            assertThat(end.effects().values()).noneMatch(effect -> effect.state() == State.DONE);
        }
        assertThat(end.effects().keySet()).isEqualTo(changing);
        assertThat(world.asked).as("no undo without its do").containsAll(world.undoAsked);
        assertThat(world.undone).as("undone in the reverse order").isSortedAccordingTo((a, b) -> b - a);
        // Nothing is said to remain that could be undone. Behind one that never answers the others have one attempt at
        // the end.
        boolean blocked = plans.stream().anyMatch(plan -> plan.changes() && plan.undoing() == Undoing.NEVER_ANSWERS);
        for (int i = 0; i < plans.size(); i++) {
            Undoing undoing = plans.get(i).undoing();
            boolean undoable = undoing == Undoing.ANSWERS
                    || (!blocked && (undoing == Undoing.REFUSES_TWICE || undoing == Undoing.ANSWER_LOST));
            assertThat(undoable && remains.contains("s" + i)).isFalse();
        }
    }

    /** The composer is killed here; what is in the log stays. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Agencies, log and a composer that is started again whenever it was killed. */
    private static final class World implements Saga.Undoer {

        private final List<Plan> plans;
        private final List<Step> steps = new ArrayList<>();
        private final List<Integer> kills;
        private int untilKill;

        // The log of the composer.
        private final Set<String> asked = new HashSet<>();
        private final Map<String, ExchangeResult> results = new HashMap<>();
        private final Map<String, StepOutcome> outcomes = new HashMap<>();
        private final Set<String> undoAsked = new HashSet<>();

        // The agencies.
        private final Set<String> standing = new TreeSet<>();
        private final Set<String> barred = new HashSet<>();
        private final Set<String> late = new HashSet<>();
        private final Map<String, Integer> undoCalls = new HashMap<>();
        private final List<Integer> undone = new ArrayList<>();

        World(List<Plan> plans, List<Integer> kills) {
            this.plans = plans;
            this.kills = kills;
            this.untilKill = next();
            Set<String> before = new HashSet<>();
            for (int i = 0; i < plans.size(); i++) {
                steps.add(step("s" + i, plans.get(i).changes(), before));
                before.add("s" + i);
            }
        }

        private int next() {
            return kills.isEmpty() ? Integer.MAX_VALUE : kills.remove(0);
        }

        private void mayBeKilled() {
            if (--untilKill == 0) {
                untilKill = next();
                throw new Killed();
            }
        }

        Composing.Gathered run() {
            for (int run = 1; run <= MOST_RUNS; run++) {
                try {
                    Map<String, EffectOutcome> effects = new HashMap<>();
                    boolean undo = !undoAsked.isEmpty();
                    StepGraph graph =
                            new StepGraph(steps, Map.of(), (step, parameters) -> undo ? remember(step) : ask(step));
                    List<StepOutcome> gathered = graph.run().join();
                    effects.putAll(new Saga(this)
                            .settle(gathered, graph.undoing(), new Saga.Mode(undo, run == MOST_RUNS))
                            .join());
                    if (effects.values().stream().noneMatch(effect -> effect.state() == State.UNDOING)) {
                        return new Composing.Gathered(accepted(), gathered, effects);
                    }
                } catch (CompletionException | Killed e) {
                    if (!(e instanceof Killed) && !(e.getCause() instanceof Killed)) {
                        throw e;
                    }
                }
            }
            throw new AssertionError("it never ends");
        }

        private static Composing.Accepted accepted() {
            return new Composing.Accepted(
                    CompositeFlight.of(UUID.randomUUID(), ServiceId.parse("JO/GOV/X/y/z/v1")),
                    new CompositeDeclaration(
                            ServiceId.parse("JO/GOV/X/y/z/v1"),
                            LABEL,
                            "P",
                            "L",
                            Duration.ofSeconds(1),
                            List.of(),
                            List.of()),
                    message(),
                    Map.of(),
                    null,
                    new Composing.Run(Instant.now(), false, false));
        }

        private int number(String step) {
            return Integer.parseInt(step.substring(1));
        }

        private CompletableFuture<StepOutcome> ask(Step step) {
            StepOutcome known = outcomes.get(step.id());
            if (known != null) {
                return CompletableFuture.completedFuture(known);
            }
            mayBeKilled();
            asked.add(step.id());
            mayBeKilled();
            Doing doing = plans.get(number(step.id())).doing();
            if (doing == Doing.ANSWERS || doing == Doing.ANSWER_LOST) {
                change(step);
            }
            if (doing == Doing.ARRIVES_LATE) {
                late.add(step.id());
            }
            mayBeKilled();
            StepOutcome outcome = outcome(step, doing);
            outcomes.put(step.id(), outcome);
            mayBeKilled();
            return CompletableFuture.completedFuture(outcome);
        }

        private CompletableFuture<StepOutcome> remember(Step step) {
            StepOutcome known = outcomes.get(step.id());
            if (known != null) {
                return CompletableFuture.completedFuture(known);
            }
            return CompletableFuture.completedFuture(
                    asked.contains(step.id())
                            ? outcome(step, Doing.REQUEST_LOST)
                            : StepOutcome.notAsked(step, SourceStatus.TIMED_OUT, Optional.empty()));
        }

        private void change(Step step) {
            if (step.undo() != null && !barred.contains(step.id())) {
                standing.add(step.id());
            }
        }

        void lateRequestsArrive() {
            steps.stream().filter(step -> late.contains(step.id())).forEach(this::change);
        }

        private static StepOutcome outcome(Step step, Doing doing) {
            Optional<Fault> fault =
                    switch (doing) {
                        case ANSWERS -> Optional.empty();
                        case REFUSES -> Optional.of(fault(FaultCode.RECORD_CONFLICT));
                        case ANSWER_LOST, REQUEST_LOST, ARRIVES_LATE ->
                            Optional.of(fault(FaultCode.EXCHANGE_TIMED_OUT));
                    };
            return new StepOutcome(
                    step,
                    fault.map(f -> StepAssessment.status(f.code())).orElse(SourceStatus.AVAILABLE),
                    Optional.of(message()),
                    Optional.of(message()),
                    doing == Doing.ANSWERS ? Optional.of(Records.of("<x/>")) : Optional.empty(),
                    Optional.empty(),
                    fault,
                    List.of(),
                    Optional.empty());
        }

        @Override
        public Optional<ExchangeResult> find(StepOutcome outcome, int attempt) {
            return Optional.ofNullable(results.get(outcome.step().id() + attempt));
        }

        @Override
        public CompletableFuture<ExchangeResult> undo(
                StepOutcome outcome, int attempt, Map<String, String> parameters) {
            String id = outcome.step().id();
            assertThat(parameters).containsEntry("what", id);
            mayBeKilled();
            undoAsked.add(id);
            mayBeKilled();
            Undoing undoing = plans.get(number(id)).undoing();
            int call = undoCalls.merge(id, 1, Integer::sum);
            boolean refused = undoing == Undoing.REFUSES_FOR_GOOD
                    || undoing == Undoing.NEVER_ANSWERS
                    || (undoing == Undoing.REFUSES_TWICE && call <= 2);
            if (!refused) {
                standing.remove(id);
                barred.add(id);
            }
            mayBeKilled();
            FaultCode code = undoing == Undoing.REFUSES_FOR_GOOD
                    ? FaultCode.RECORD_CONFLICT
                    : refused || (undoing == Undoing.ANSWER_LOST && call == 1) ? FaultCode.EXCHANGE_TIMED_OUT : null;
            ExchangeResult result = code == null
                    ? new ExchangeResult.Answered(message(), message())
                    : new ExchangeResult.Faulted(fault(code), Optional.of(message()), Optional.of(message()));
            results.put(id + attempt, result);
            if (code == null) {
                undone.add(number(id));
            }
            mayBeKilled();
            return CompletableFuture.completedFuture(result);
        }

        private static Fault fault(FaultCode code) {
            return new Fault(code, Stage.CONNECTOR, "agency", "as the test says");
        }

        private static Step step(String id, boolean changes, Set<String> before) {
            ServiceId service = ServiceId.parse("JO/GOV/X/y/" + id + "/v1");
            return new Step(
                    id,
                    service,
                    LABEL,
                    Map.of(),
                    before,
                    true,
                    Duration.ofSeconds(1),
                    null,
                    RecordExpression.compile("true()", Set.of()),
                    null,
                    null,
                    List.of(),
                    null,
                    null,
                    Set.of(),
                    false,
                    changes ? new Undo(service, Map.of("what", new Source.Constant(id)), Duration.ofSeconds(1)) : null);
        }

        private static Container message() {
            ServiceId service = ServiceId.parse("JO/GOV/X/y/z/v1");
            Header header = new Header(
                    UUID.randomUUID(),
                    "c",
                    MessageKind.REQUEST,
                    service.subsystem(),
                    service.subsystem(),
                    service.subsystem(),
                    service,
                    "1.0",
                    "application/xml",
                    new Actor(ActorKind.SYSTEM, AssuranceLevel.HIGH, "a", null),
                    null,
                    "P",
                    "L",
                    "WEB",
                    "ar",
                    Priority.NORMAL,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    null,
                    null);
            return new Container(new byte[0], header, new byte[0], new byte[0], "", "");
        }
    }

    @Property(tries = 200)
    void saga_whenNothingFails_undoesNothing(@ForAll("plans") List<Plan> plans) {
        List<Plan> good = plans.stream()
                .map(plan -> new Plan(plan.changes(), Doing.ANSWERS, plan.undoing()))
                .toList();
        World world = new World(good, new ArrayList<>(List.of(2, 5)));
        Composing.Gathered end = world.run();
        assertThat(world.undoAsked).isEmpty();
        assertThat(Decision.of(end.outcomes(), end.effects()).verdict()).isEqualTo(Decision.Verdict.CLEAR);
        assertThat(Objects.requireNonNull(end.effects()).values()).allMatch(effect -> effect.state() == State.DONE);
    }
}
