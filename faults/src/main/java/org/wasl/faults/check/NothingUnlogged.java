package org.wasl.faults.check;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.wasl.faults.ledger.LedgerEntry.Told;

/** P3: no back-end disclosed anything about somebody of whom its agency's log holds no request, and no answer left that no log holds. */
final class NothingUnlogged implements Check {

    @Override
    public List<Violation> violations(Evidence evidence) {
        List<Violation> found = new ArrayList<>();
        for (Reading reading : Reading.of(evidence)) {
            if (reading.received() == 0 && reading.certain()) {
                found.add(new Violation(
                        Promise.P3,
                        reading.agency() + " about " + reading.subject(),
                        "disclosed " + reading.lines() + " times, and its log holds no request about them"));
            }
        }
        // A composite's asker and its composer are one member: what it sends is already its own.
        Set<String> own = evidence.leaves().stream()
                .filter(leaf -> leaf.ends() && member(leaf.consumer()).equals(member(leaf.provider())))
                .map(LoggedLeaf::messageId)
                .collect(toSet());
        Set<String> sent = ids(evidence, "SENT");
        Set<String> received = ids(evidence, "RECEIVED");
        for (History history : History.of(evidence.ledger()).values()) {
            for (Told told : history.told()) {
                if (told.answered() && !told.replyId().isEmpty()) {
                    if (!sent.contains(told.replyId())) {
                        found.add(unlogged(history, told, "its provider's"));
                    } else if (!received.contains(told.replyId()) && !own.contains(told.replyId())) {
                        found.add(unlogged(history, told, "its consumer's"));
                    }
                }
            }
        }
        return found;
    }

    private static Violation unlogged(History history, Told told, String whose) {
        return new Violation(
                Promise.P3,
                history.intended().flow() + " " + history.intended().key(),
                "was answered by " + told.replyId() + ", which is not in " + whose + " log");
    }

    private static String member(String subsystem) {
        return subsystem.substring(0, Math.max(0, subsystem.lastIndexOf('/')));
    }

    private static Set<String> ids(Evidence evidence, String direction) {
        return evidence.leaves().stream()
                .filter(leaf -> leaf.ends() && direction.equals(leaf.direction()))
                .map(LoggedLeaf::messageId)
                .collect(toSet());
    }
}
