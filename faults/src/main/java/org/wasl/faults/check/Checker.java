package org.wasl.faults.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares what callers, back-ends and logs say, and names what does not fit. */
public final class Checker {

    private static final List<Check> CHECKS =
            List.of(new NothingLost(), new OneEffect(), new NothingUnlogged(), new LogsIntact(), new PartialLabelled());

    /** The promises that are checked after every run, whatever was broken. */
    public static final List<Promise> ALWAYS = List.of(Promise.P1, Promise.P2, Promise.P3, Promise.P5, Promise.P6);

    private Checker() {}

    /** All violations; none when the run kept what was promised. */
    public static List<Violation> violations(Evidence evidence) {
        List<Violation> found = new ArrayList<>();
        for (Check check : CHECKS) {
            found.addAll(check.violations(evidence));
        }
        return List.copyOf(found);
    }

    /** How many lines of a back-end's book one exchange of each service makes, from a site that nothing disturbs. */
    public static Map<String, Integer> linesOf(Evidence undisturbed) {
        Map<String, Integer> lines = new TreeMap<>();
        for (Reading reading : Reading.of(undisturbed)) {
            if (reading.received() > 0) {
                int each = (reading.lines() + reading.received() - 1) / reading.received();
                reading.services().forEach(service -> lines.merge(service, each, Math::max));
            }
        }
        return lines;
    }

    /** The requests that some log holds without an answer: what still runs, while it may. */
    public static List<Violation> unanswered(List<LoggedLeaf> leaves) {
        return NothingLost.unanswered(leaves);
    }
}
