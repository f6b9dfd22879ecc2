package org.wasl.routes.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Many simulated runs of the real exchange and composite services. {@code -Dwasl.simulation.runs=N} plays N seeds,
 * {@code -Dwasl.simulation.from=N} begins at another, {@code -Dwasl.simulation.seed=N} plays one and tells what happens.
 */
class SimulationTest {

    private static final int RUNS = Integer.getInteger("wasl.simulation.runs", 20_000);
    private static final long FROM = Long.getLong("wasl.simulation.from", 0);
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private static final int MOST_FAILURES = 3;

    private static Level before = Level.WARN;

    @BeforeAll
    static void quiet() {
        // What goes wrong on purpose is no news.
        before = ROOT.getLevel();
        ROOT.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        ROOT.setLevel(before);
    }

    @Test
    void run_whenSeedsOnceBrokeAPromise_keepsAll() throws IOException {
        for (long seed : found()) {
            assertThat(failure(seed, Mutations.NONE)).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void run_ofManySeeds_keepsAllPromises() throws InterruptedException, ExecutionException {
        Long one = Long.getLong("wasl.simulation.seed");
        if (one != null) {
            Scenario scenario = Scenario.of(one);
            System.out.println(scenario.text());
            Simulation.Outcome outcome = Simulation.run(scenario, Mutations.NONE, true);
            outcome.trace().forEach(System.out::println);
            assertThat(outcome.violation()).isEmpty();
            return;
        }
        assertThat(play(FROM, FROM + RUNS)).isEmpty();
    }

    @Test
    void run_ofTheSameSeedTwice_isTheSame() {
        for (long seed = 0; seed < 20; seed++) {
            Scenario scenario = Scenario.of(seed);
            assertThat(Simulation.run(scenario, Mutations.NONE, true).trace())
                    .as("seed %d", seed)
                    .isEqualTo(Simulation.run(scenario, Mutations.NONE, true).trace());
        }
    }

    /** As many at once as there are processors: runs share nothing. */
    private static List<String> play(long from, long to) throws InterruptedException, ExecutionException {
        AtomicLong next = new AtomicLong(from);
        List<Callable<List<String>>> players = new ArrayList<>();
        int many = Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < many; i++) {
            players.add(() -> {
                List<String> failures = new ArrayList<>();
                for (long seed = next.getAndIncrement(); seed < to; seed = next.getAndIncrement()) {
                    failure(seed, Mutations.NONE).ifPresent(failures::add);
                    if (failures.size() >= MOST_FAILURES) {
                        return failures;
                    }
                }
                return failures;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            List<String> failures = new ArrayList<>();
            for (Future<List<String>> player : threads.invokeAll(players)) {
                failures.addAll(player.get());
            }
            return failures;
        } finally {
            threads.shutdownNow();
        }
    }

    /** What broke, in the smallest scenario that was found, with what happened in it; empty when nothing did. */
    static Optional<String> failure(long seed, Mutations mutations) {
        Scenario scenario = Scenario.of(seed);
        return Simulation.run(scenario, mutations, false).violation().map(violation -> {
            Scenario smallest = new Shrinking(mutations).shrink(scenario, violation.promise());
            Simulation.Outcome told = Simulation.run(smallest, mutations, true);
            return "seed " + seed + ": " + violation.getMessage() + "\nsmallest: " + smallest.text() + "\n"
                    + String.join("\n", told.trace());
        });
    }

    private static List<Long> found() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SimulationTest.class.getResourceAsStream("found-seeds.txt")),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .map(Long::valueOf)
                    .toList();
        }
    }
}
