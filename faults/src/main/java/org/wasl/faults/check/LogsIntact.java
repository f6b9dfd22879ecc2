package org.wasl.faults.check;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** P5: after whatever happened, the offline verifier finds every log whole. */
final class LogsIntact implements Check {

    @Override
    public List<Violation> violations(Evidence evidence) {
        List<Violation> found = new ArrayList<>();
        new TreeMap<>(evidence.verdicts()).forEach((log, verdict) -> {
            if (!Evidence.INTACT.equals(verdict)) {
                found.add(new Violation(Promise.P5, log, verdict));
            }
        });
        return found;
    }
}
