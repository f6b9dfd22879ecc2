package org.wasl.faults.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wasl.faults.ledger.LedgerEntry.Told;

/** P6: every consolidated answer names each source with its status, and never says complete or clear where one is missing. */
final class PartialLabelled implements Check {

    private static final Set<String> MISSING =
            Set.of("REFUSED", "TIMED_OUT", "UNAVAILABLE", "STALE", "DEFERRED", "INVALID");

    @Override
    public List<Violation> violations(Evidence evidence) {
        List<Violation> found = new ArrayList<>();
        for (History history : History.of(evidence.ledger()).values()) {
            for (Told told : history.told()) {
                if (!told.overall().isEmpty()) {
                    check(history, told, evidence.stepsOf(), found);
                }
            }
        }
        return found;
    }

    private static void check(History history, Told told, Map<String, Set<String>> stepsOf, List<Violation> found) {
        String flow = history.intended().flow();
        String key = flow + " " + history.intended().key();
        Set<String> steps = stepsOf.getOrDefault(flow, Set.of());
        if (!told.sources().keySet().containsAll(steps)) {
            found.add(new Violation(
                    Promise.P6, key, "names the sources " + told.sources().keySet() + ", not all of " + steps));
        }
        boolean missing = told.sources().values().stream().anyMatch(MISSING::contains);
        if (missing && "COMPLETE".equals(told.overall())) {
            found.add(new Violation(Promise.P6, key, "is called complete with sources " + told.sources()));
        }
        if (missing && "CLEAR".equals(told.decision())) {
            found.add(new Violation(Promise.P6, key, "is decided as clear with sources " + told.sources()));
        }
        if (told.sources().values().stream().anyMatch(String::isEmpty)) {
            found.add(new Violation(Promise.P6, key, "has a source without a status: " + told.sources()));
        }
    }
}
