package org.wasl.faults.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wasl.faults.ledger.Disclosure;
import org.wasl.faults.ledger.LedgerEntry;

/**
 * All that is known after a run, from three sources that know nothing of each other: the callers, the back-ends, the logs.
 *
 * @param ledger what callers asked and were told
 * @param disclosures what the back-ends wrote down
 * @param leaves of all logs, each log's in its order
 * @param verdicts what the offline verifier said of each log, by the log's name; {@code intact} or what is wrong
 * @param linesOf how many lines of a back-end's book one undisturbed exchange makes, by service
 * @param stepsOf the steps of each consolidated answer, by flow
 */
public record Evidence(
        List<LedgerEntry> ledger,
        List<Disclosure> disclosures,
        List<LoggedLeaf> leaves,
        Map<String, String> verdicts,
        Map<String, Integer> linesOf,
        Map<String, Set<String>> stepsOf) {

    /** The word of a verifier that found nothing. */
    public static final String INTACT = "intact";

    public Evidence {
        ledger = List.copyOf(ledger);
        disclosures = List.copyOf(disclosures);
        leaves = List.copyOf(leaves);
        verdicts = Map.copyOf(verdicts);
        linesOf = Map.copyOf(linesOf);
        stepsOf = Map.copyOf(stepsOf);
    }
}
