package org.wasl.faults.check;

import java.util.ArrayList;
import java.util.List;
import org.wasl.faults.ledger.LedgerEntry;

/** A time in which processes were killed, cut off or slow: work may have been begun and not ended. */
record Interruption(long from, long until) {

    /** Of a ledger, in order; one that never ended lasts to the end. */
    static List<Interruption> of(List<LedgerEntry> ledger) {
        List<Interruption> all = new ArrayList<>();
        long since = -1;
        for (LedgerEntry entry : ledger) {
            if (entry instanceof LedgerEntry.Marked marked) {
                if ("injected".equals(marked.phase())) {
                    if (since >= 0) {
                        all.add(new Interruption(since, marked.at()));
                    }
                    since = marked.at();
                } else if ("recovered".equals(marked.phase()) && since >= 0) {
                    all.add(new Interruption(since, marked.at()));
                    since = -1;
                }
            }
        }
        if (since >= 0) {
            all.add(new Interruption(since, Long.MAX_VALUE));
        }
        return all;
    }

    static int during(List<Interruption> all, long from, long until) {
        int overlaps = 0;
        for (Interruption one : all) {
            if (one.from <= until && one.until >= from) {
                overlaps++;
            }
        }
        return overlaps;
    }
}
