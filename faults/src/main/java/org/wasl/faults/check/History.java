package org.wasl.faults.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wasl.faults.ledger.LedgerEntry;
import org.wasl.faults.ledger.LedgerEntry.Intended;
import org.wasl.faults.ledger.LedgerEntry.Sent;
import org.wasl.faults.ledger.LedgerEntry.Silent;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.faults.load.Flow;

/** What became of one request, however often it was asked. */
record History(Intended intended, List<Sent> sent, List<Told> told, List<Silent> silent) {

    /** All requests of a ledger, by their keys, in the order in which they were intended. */
    static Map<String, History> of(List<LedgerEntry> ledger) {
        Map<String, History> all = new LinkedHashMap<>();
        for (LedgerEntry entry : ledger) {
            if (entry instanceof Intended intended) {
                all.put(intended.key(), new History(intended, new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
            } else if (entry instanceof LedgerEntry.OfRequest about) {
                History history = all.get(about.key());
                if (history == null) {
                    throw new IllegalArgumentException(
                            "the ledger tells of " + about.key() + ", which nobody intended");
                }
                if (entry instanceof Sent sent) {
                    history.sent.add(sent);
                } else if (entry instanceof Told told) {
                    history.told.add(told);
                } else if (entry instanceof Silent silent) {
                    history.silent.add(silent);
                }
            }
        }
        return all;
    }

    /**
     * What ties its messages together in the logs: what was told; for an agency's own request, which names itself, its key. Empty
     * for a composite request whose asker was never told.
     */
    Optional<String> correlation() {
        Optional<String> heard = told.stream()
                .map(Told::correlation)
                .filter(text -> !text.isEmpty())
                .findFirst();
        return heard.isPresent() || isComposite() ? heard : Optional.of(intended.key());
    }

    private boolean isComposite() {
        return Flow.of(intended.flow()).composite();
    }

    /** Whether something of it may be in the logs that nothing ties to it. */
    boolean untied() {
        return correlation().isEmpty() && (!told.isEmpty() || silent.stream().anyMatch(Silent::reached));
    }

    /**
     * Whether it has an end: an answer, a coded refusal or the announcement of a later answer. Nothing is owed to whoever
     * never asked, or met nobody who listened.
     */
    boolean ended() {
        return told.stream()
                        .anyMatch(one -> one.answered()
                                || one.announced()
                                || !one.fault().isEmpty())
                || (told.isEmpty()
                        && sent.size() == silent.size()
                        && silent.stream().noneMatch(Silent::reached));
    }

    long lastAt() {
        long last = intended.at();
        for (Told one : told) {
            last = Math.max(last, one.at());
        }
        for (Silent one : silent) {
            last = Math.max(last, one.at());
        }
        return last;
    }
}
