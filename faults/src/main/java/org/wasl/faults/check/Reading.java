package org.wasl.faults.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wasl.faults.ledger.Disclosure;

/**
 * What one back-end disclosed about one person (or one file of persons), against the requests that its agency's log holds about
 * them. Who is asked about is not in a log's leaves: the callers' ledger knows it, and ties it to leaves by correlation.
 *
 * @param lines of the back-end's book
 * @param received requests in the agency's log
 * @param allowed how many lines those explain, with what kills and cuts may have begun in vain
 * @param services that were asked
 * @param certain whether each request about them could be tied to the logs
 */
record Reading(
        String agency, String subject, int lines, int received, int allowed, Set<String> services, boolean certain) {

    private static final int LINES_OF_UNKNOWN = 4;
    /** After how long a back-end that promised its answer for later is first asked again, at the soonest; then twice as long, and so on. */
    private static final double FIRST_LOOK_MILLIS = 4_500;

    static List<Reading> of(Evidence evidence) {
        Map<String, Map<String, Integer>> lines = new LinkedHashMap<>();
        for (Disclosure disclosure : evidence.disclosures()) {
            lines.computeIfAbsent(disclosure.agency(), any -> new LinkedHashMap<>())
                    .merge(disclosure.subject().orElse(""), 1, Integer::sum);
        }
        Map<String, List<LoggedLeaf>> received = new HashMap<>();
        for (LoggedLeaf leaf : evidence.leaves()) {
            if (leaf.request() && "RECEIVED".equals(leaf.direction())) {
                received.computeIfAbsent(leaf.correlation(), any -> new ArrayList<>())
                        .add(leaf);
            }
        }
        Map<String, Integer> looks = looks(evidence.leaves());
        Map<String, List<History>> asked = new HashMap<>();
        for (History history : History.of(evidence.ledger()).values()) {
            String subject = history.intended().subject();
            asked.computeIfAbsent(subject, any -> new ArrayList<>()).add(history);
            // Where a file holds many, its name has the last two digits.
            asked.computeIfAbsent(subject.substring(Math.max(0, subject.length() - 2)), any -> new ArrayList<>())
                    .add(history);
        }
        List<Interruption> interruptions = Interruption.of(evidence.ledger());
        List<Reading> all = new ArrayList<>();
        lines.forEach((agency, bySubject) -> bySubject.forEach((subject, count) -> all.add(reading(
                agency,
                subject,
                count,
                asked.getOrDefault(subject, List.of()),
                received,
                looks,
                interruptions,
                evidence))));
        return all;
    }

    /** How often back-ends may have been asked again about requests whose answer was announced for later, by provider and request. */
    private static Map<String, Integer> looks(List<LoggedLeaf> leaves) {
        Map<String, Long> ends = new HashMap<>();
        long last = 0;
        for (LoggedLeaf leaf : leaves) {
            last = Math.max(last, leaf.at());
            if (leaf.ends() && "SENT".equals(leaf.direction())) {
                ends.putIfAbsent(request(leaf), leaf.at());
            }
        }
        Map<String, Integer> looks = new HashMap<>();
        for (LoggedLeaf leaf : leaves) {
            if ("INTERIM".equals(leaf.kind()) && "SENT".equals(leaf.direction())) {
                long open = Math.max(0, ends.getOrDefault(request(leaf), last) - leaf.at());
                double doublings = Math.log(1 + open / FIRST_LOOK_MILLIS) / Math.log(2);
                // The last look is the one that ends it.
                looks.merge(request(leaf), 1 + (int) Math.ceil(doublings), Math::max);
            }
        }
        return looks;
    }

    private static String request(LoggedLeaf answer) {
        return answer.provider() + " " + answer.inReplyTo();
    }

    private static Reading reading(
            String agency,
            String subject,
            int lines,
            List<History> asked,
            Map<String, List<LoggedLeaf>> received,
            Map<String, Integer> looks,
            List<Interruption> interruptions,
            Evidence evidence) {
        int requests = 0;
        int allowed = 0;
        Set<String> services = new HashSet<>();
        boolean certain = true;
        for (History history : asked) {
            certain &= !history.untied();
            int tries =
                    1 + Interruption.during(interruptions, history.intended().at(), history.lastAt());
            for (LoggedLeaf leaf : received.getOrDefault(history.correlation().orElse(""), List.of())) {
                if (leaf.agency().equals(agency)) {
                    requests++;
                    services.add(leaf.service());
                    int later = looks.getOrDefault(leaf.provider() + " " + leaf.messageId(), 0);
                    allowed += tries * (1 + later) * evidence.linesOf().getOrDefault(leaf.service(), LINES_OF_UNKNOWN);
                }
            }
        }
        return new Reading(agency, subject, lines, requests, allowed, services, certain);
    }
}
