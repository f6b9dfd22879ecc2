package org.wasl.routes.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Whether the simulation can fail: each defect is found within few runs, by a promise that it breaks. */
class SimulationMutationTest {

    private static final int RUNS = 2_000;
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private static Level before = Level.WARN;

    @BeforeAll
    static void quiet() {
        before = ROOT.getLevel();
        ROOT.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        ROOT.setLevel(before);
    }

    static Stream<Arguments> defects() {
        return Stream.of(
                Arguments.of("a replay guard that forgets", Mutations.without("serve.replay"), Set.of(Promise.P2)),
                Arguments.of(
                        "a request that is served whatever its time",
                        Mutations.without("serve.freshness"),
                        Set.of(Promise.P9)),
                Arguments.of(
                        "a request that is not logged before the back-end is asked",
                        Mutations.without("serve.log-request"),
                        Set.of(Promise.P3)),
                Arguments.of("a record that is not cut", Mutations.without("serve.minimise"), Set.of(Promise.P4)),
                Arguments.of(
                        "an answer that is given before the log has committed",
                        new Mutations(Map.of(), true, true),
                        Set.of(Promise.P1, Promise.P2, Promise.P3, Promise.P5, Promise.LIVENESS)),
                Arguments.of(
                        "a start that takes nothing up", new Mutations(Map.of(), false, false), Set.of(Promise.P1)),
                Arguments.of(
                        "a reply that is not answered to its asker",
                        Mutations.without("receive-reply.answer"),
                        Set.of(Promise.P1, Promise.LIVENESS)),
                Arguments.of(
                        "a step that fails once in a while",
                        new Mutations(Map.of("serve.sign", failing()), false, true),
                        Set.of(Promise.P1, Promise.LIVENESS)));
    }

    private static Processor failing() {
        return exchange -> {
            throw new IllegalStateException("a defect");
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defects")
    void run_withADefect_isFoundByAPromise(String name, Mutations defect, Set<Promise> promises) {
        Optional<Violation> found = Stream.iterate(0L, seed -> seed + 1)
                .limit(RUNS)
                .flatMap(seed -> Simulation.run(Scenario.of(seed), defect, false).violation().stream())
                .findFirst();
        assertThat(found).as(name).isPresent();
        assertThat(promises).as(found.get().getMessage()).contains(found.get().promise());
    }
}
