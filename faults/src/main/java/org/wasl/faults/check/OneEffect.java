package org.wasl.faults.check;

import static java.util.stream.Collectors.toCollection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.wasl.faults.ledger.LedgerEntry.Told;

/** P2: one signed answer a request, and the same one however often it is asked for; each back-end is read once for it. */
final class OneEffect implements Check {

    @Override
    public List<Violation> violations(Evidence evidence) {
        List<Violation> found = new ArrayList<>();
        for (History history : History.of(evidence.ledger()).values()) {
            String key = history.intended().flow() + " " + history.intended().key();
            differing(history, Told::replyId)
                    .ifPresent(ids -> found.add(new Violation(Promise.P2, key, "has several answers: " + ids)));
            differing(history, Told::digest)
                    .ifPresent(digests ->
                            found.add(new Violation(Promise.P2, key, "was answered in different octets: " + digests)));
        }
        Map<String, Integer> answers = new TreeMap<>();
        for (LoggedLeaf leaf : evidence.leaves()) {
            if (leaf.ends() && "SENT".equals(leaf.direction()) && leaf.sender().equals(leaf.provider())) {
                answers.merge(leaf.provider() + " to " + leaf.inReplyTo(), 1, Integer::sum);
            }
        }
        answers.forEach((request, count) -> {
            if (count > 1) {
                found.add(new Violation(Promise.P2, request, "was answered " + count + " times"));
            }
        });
        for (Reading reading : Reading.of(evidence)) {
            // One that nothing ties to the logs may have been read for, too.
            if (reading.certain() && reading.received() > 0 && reading.lines() > reading.allowed()) {
                found.add(new Violation(
                        Promise.P2,
                        reading.agency() + " about " + reading.subject(),
                        "disclosed " + reading.lines() + " times for " + reading.received() + " requests, where "
                                + reading.allowed() + " are explained"));
            }
        }
        return found;
    }

    private static Optional<Set<String>> differing(History history, Function<Told, String> of) {
        Set<String> values = history.told().stream()
                .filter(Told::answered)
                .map(of)
                .filter(value -> !value.isEmpty())
                .collect(toCollection(TreeSet::new));
        return values.size() > 1 ? Optional.of(values) : Optional.empty();
    }
}
