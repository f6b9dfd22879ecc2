package org.wasl.faults.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.wasl.faults.check.Checker;
import org.wasl.faults.check.Promise;
import org.wasl.faults.check.Violation;
import org.wasl.faults.fault.Episode;
import org.wasl.faults.fault.Observation;
import org.wasl.faults.ledger.LedgerEntry;

/**
 * What a run says of itself.
 *
 * @param facts of the run and the machine, by name
 * @param episodes each fault with what callers met before, during and after it
 * @param notRun faults that could not be tried, and why
 */
public record RunReport(
        long seed,
        String site,
        Map<String, String> facts,
        List<Told> episodes,
        Map<String, String> notRun,
        List<Violation> violations,
        Map<String, Long> counts) {

    public RunReport {
        facts = Map.copyOf(facts);
        episodes = List.copyOf(episodes);
        notRun = Map.copyOf(notRun);
        violations = List.copyOf(violations);
        counts = Map.copyOf(counts);
    }

    /**
     * An episode as it is told.
     *
     * @param recoverySeconds from when mending began until requests were answered one after the other
     */
    public record Told(Episode episode, Window before, Window during, Window after, double recoverySeconds) {

        static Told of(Episode episode, List<LedgerEntry> ledger) {
            return new Told(
                    episode,
                    Window.of(ledger, episode.began(), episode.injected()),
                    Window.of(ledger, episode.injected(), episode.recovered()),
                    Window.of(ledger, episode.recovered(), episode.ended()),
                    (episode.recovered() - episode.healed()) / 1_000.0);
        }
    }

    /** How a promise stands after the run. */
    public enum Standing {
        /** Tried and kept. */
        KEPT,
        /** Tried and broken. */
        BROKEN,
        /** Not tried in this run. */
        NOT_TRIED
    }

    /** Of these episodes. */
    public static List<Told> told(List<Episode> episodes, List<LedgerEntry> ledger) {
        return episodes.stream().map(episode -> Told.of(episode, ledger)).toList();
    }

    /** How each promise stands. */
    public Map<Promise, Standing> standings() {
        Map<Promise, Standing> standings = new EnumMap<>(Promise.class);
        for (Promise promise : Promise.values()) {
            standings.put(promise, Standing.NOT_TRIED);
        }
        if (!episodes.isEmpty()) {
            Checker.ALWAYS.forEach(promise -> standings.put(promise, Standing.KEPT));
        }
        for (Told told : episodes) {
            for (Observation seen : told.episode().observations()) {
                standings.merge(
                        seen.promise(),
                        seen.kept() ? Standing.KEPT : Standing.BROKEN,
                        (one, other) -> one == Standing.BROKEN ? one : other);
            }
        }
        violations.forEach(violation -> standings.put(violation.promise(), Standing.BROKEN));
        return standings;
    }

    /** What a fault saw that should not have been. */
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        violations.forEach(violation -> broken.add(violation.toString()));
        for (Told told : episodes) {
            for (Observation seen : told.episode().observations()) {
                if (!seen.kept()) {
                    broken.add(seen.promise() + " " + told.episode().fault() + ": " + seen.seen());
                }
            }
        }
        return broken;
    }

    /** Faults that the harness could not carry out. */
    public List<String> failures() {
        return episodes.stream()
                .filter(told -> !told.episode().failure().isEmpty())
                .map(told -> told.episode().fault() + ": " + told.episode().failure())
                .toList();
    }

    /** Whether everything that was tried was kept, and could be tried. */
    public boolean good() {
        return broken().isEmpty() && failures().isEmpty();
    }
}
