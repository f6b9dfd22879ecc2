package org.wasl.routes.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a failing scenario smaller, as long as the same promise stays broken: fewer questions, fewer faults, less haste. */
final class Shrinking {

    /** Schedules that are tried of each smaller scenario. */
    private static final int SCHEDULES = 20;

    private static final int ROUNDS = 40;

    private final Mutations mutations;

    Shrinking(Mutations mutations) {
        this.mutations = mutations;
    }

    /** The smallest that was found. */
    Scenario shrink(Scenario failing, Promise promise) {
        Scenario smallest = failing;
        for (int round = 0; round < ROUNDS; round++) {
            Optional<Scenario> smaller = smaller(smallest, promise);
            if (smaller.isEmpty()) {
                return smallest;
            }
            smallest = smaller.get();
        }
        return smallest;
    }

    private Optional<Scenario> smaller(Scenario scenario, Promise promise) {
        for (Scenario candidate : candidates(scenario)) {
            for (int schedule = 0; schedule < SCHEDULES; schedule++) {
                Scenario tried = schedule == 0 ? candidate : candidate.with(schedule);
                if (breaks(tried, promise)) {
                    return Optional.of(tried);
                }
            }
        }
        return Optional.empty();
    }

    private boolean breaks(Scenario scenario, Promise promise) {
        return Simulation.run(scenario, mutations, false)
                .violation()
                .filter(violation -> violation.promise() == promise)
                .isPresent();
    }

    private static List<Scenario> candidates(Scenario scenario) {
        List<Scenario> candidates = new ArrayList<>();
        scenario.faults().forEach(fault -> candidates.add(scenario.without(null, fault)));
        scenario.asks().forEach(ask -> candidates.add(scenario.without(ask, null)));
        for (Scenario.Ask ask : scenario.asks()) {
            if (ask.then() != Scenario.Then.NOTHING) {
                candidates.add(scenario.with(ask, ask.plain(ask.slow())));
            }
            if (ask.slow() > 0) {
                candidates.add(scenario.with(ask, ask.quick()));
            }
        }
        return candidates;
    }
}
