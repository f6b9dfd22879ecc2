package org.wasl.faults.check;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.wasl.faults.ledger.LedgerEntry;
import org.wasl.faults.ledger.LedgerEntry.Marked;
import org.wasl.faults.ledger.LedgerEntry.Told;

/** P1: whoever asked was told in the end, and no log holds a request without its answer. */
final class NothingLost implements Check {

    /** The phase from which on no answer is owed any more. */
    static final String ALL_SAID = "all-said";

    @Override
    public List<Violation> violations(Evidence evidence) {
        List<Violation> found = new ArrayList<>();
        OptionalLong due = evidence.ledger().stream()
                .filter(entry -> entry instanceof Marked marked && ALL_SAID.equals(marked.phase()))
                .mapToLong(LedgerEntry::at)
                .max();
        for (History history : History.of(evidence.ledger()).values()) {
            String key = history.intended().flow() + " " + history.intended().key();
            if (!history.ended()) {
                found.add(new Violation(
                        Promise.P1,
                        key,
                        "has no end: neither answer nor coded refusal, after "
                                + history.told().size() + " words and "
                                + history.silent().size() + " silences"));
            } else if (late(history, due)) {
                found.add(new Violation(Promise.P1, key, "a later answer was announced, and it never came"));
            }
        }
        found.addAll(unanswered(evidence.leaves()));
        return found;
    }

    /** Announced for later, and still not there after everybody has said what they had to say. */
    private static boolean late(History history, OptionalLong due) {
        List<Told> told = history.told();
        return due.isPresent()
                && told.stream().anyMatch(Told::announced)
                && told.stream().noneMatch(one -> one.answered() || !one.fault().isEmpty());
    }

    static List<Violation> unanswered(List<LoggedLeaf> leaves) {
        Map<String, List<LoggedLeaf>> answers = leaves.stream()
                .filter(leaf -> leaf.ends() || ("INTERIM".equals(leaf.kind()) && !leaf.refused()))
                .collect(groupingBy(leaf -> leaf.member() + " " + leaf.inReplyTo()));
        List<Violation> found = new ArrayList<>();
        for (LoggedLeaf request : leaves) {
            if (request.request()
                    && answers.getOrDefault(request.member() + " " + request.messageId(), List.of()).stream()
                            .noneMatch(answer -> answers(answer, request))) {
                found.add(new Violation(
                        Promise.P1,
                        request.service() + " " + request.messageId(),
                        "is logged as " + request.direction() + " for " + request.member() + " in " + request.log()
                                + " at index " + request.index() + ", and has no answer there"));
            }
        }
        return found;
    }

    private static boolean answers(LoggedLeaf answer, LoggedLeaf request) {
        return "SENT".equals(request.direction())
                ? "RECEIVED".equals(answer.direction()) || answer.sender().equals(request.sender())
                : "SENT".equals(answer.direction()) && answer.sender().equals(request.provider());
    }
}
