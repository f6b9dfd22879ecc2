package org.wasl.node.edge.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.AsicContainerVerifier;

/** Finds what is unusual in how officers ask: outside office hours, or far more than the others. */
public final class Anomalies {

    static final String ODD_HOURS = "ODD_HOURS";
    static final String VOLUME = "VOLUME";

    /** A median of fewer officers says nothing. */
    private static final int LEAST_OFFICERS = 3;

    /** How many requests are shown of each finding. */
    private static final int MOST_LEAVES = 50;

    private static final int MOST_FINDINGS = 200;

    private final OfficerRequests requests;
    private final Names names;
    private final AnomalyRules rules;

    /** @param composers the subsystems that ask on behalf of others */
    public Anomalies(
            AuditedLog log, AsicContainerVerifier opener, Names names, AnomalyRules rules, Set<String> composers) {
        this.requests = new OfficerRequests(log, opener, composers);
        this.names = names;
        this.rules = rules;
    }

    AnomaliesView in(Instant from, Instant to) {
        OfficerRequests.Found found = requests.find(from, to, rules.scanMax());
        double median = median(found.byOfficer());
        boolean judged = found.byOfficer().size() >= LEAST_OFFICERS;
        double limit = Math.max(median * rules.volumeMultiple(), rules.volumeLeast());
        List<AnomaliesView.Finding> findings = new ArrayList<>();
        found.byOfficer().forEach((officer, leaves) -> {
            List<FoundLeaf> odd = leaves.stream()
                    .filter(leaf -> rules.isOdd(Instant.ofEpochMilli(leaf.leaf().atMillis())))
                    .toList();
            if (!odd.isEmpty()) {
                findings.add(finding(ODD_HOURS, officer, odd, 0));
            }
            if (judged && leaves.size() > limit) {
                findings.add(finding(VOLUME, officer, leaves, limit));
            }
        });
        findings.sort(Comparator.comparingInt(AnomaliesView.Finding::count).reversed());
        return new AnomaliesView(
                from.toString(),
                to.toString(),
                found.looked(),
                found.lookedBackTo().map(Instant::toString).orElse(null),
                found.byOfficer().size(),
                found.unknown(),
                median,
                List.of(oddHours(), volume(judged)),
                List.copyOf(findings.subList(0, Math.min(findings.size(), MOST_FINDINGS))));
    }

    private AnomaliesView.Rule oddHours() {
        Map<String, String> threshold = new LinkedHashMap<>();
        threshold.put("timeZone", rules.zone().getId());
        threshold.put("dayBegins", "%02d:00".formatted(rules.dayBegins()));
        threshold.put("dayEnds", "%02d:00".formatted(rules.dayEnds()));
        threshold.put(
                "restDays",
                String.join(
                        ",",
                        new TreeSet<>(rules.restDays()).stream().map(Enum::name).toList()));
        return new AnomaliesView.Rule(ODD_HOURS, threshold, true);
    }

    private AnomaliesView.Rule volume(boolean judged) {
        Map<String, String> threshold = new LinkedHashMap<>();
        threshold.put("multiple", Integer.toString(rules.volumeMultiple()));
        threshold.put("least", Integer.toString(rules.volumeLeast()));
        threshold.put("leastOfficers", Integer.toString(LEAST_OFFICERS));
        return new AnomaliesView.Rule(VOLUME, threshold, judged);
    }

    static double median(Map<String, List<FoundLeaf>> byOfficer) {
        List<Integer> counts =
                byOfficer.values().stream().map(List::size).sorted().toList();
        if (counts.isEmpty()) {
            return 0;
        }
        int middle = counts.size() / 2;
        return counts.size() % 2 == 1 ? counts.get(middle) : (counts.get(middle - 1) + counts.get(middle)) / 2.0;
    }

    private AnomaliesView.Finding finding(String rule, String officer, List<FoundLeaf> leaves, double limit) {
        return new AnomaliesView.Finding(
                rule,
                officer,
                body(leaves.get(0).leaf().consumer()),
                leaves.size(),
                limit,
                leaves.stream().limit(MOST_LEAVES).map(this::evidence).toList(),
                Math.max(0, leaves.size() - MOST_LEAVES));
    }

    private LeafView.@Nullable Named body(@Nullable String consumer) {
        return consumer == null ? null : LeafView.Named.of(consumer, names.subsystem(SubsystemId.parse(consumer)));
    }

    private AnomaliesView.Evidence evidence(FoundLeaf leaf) {
        String service = leaf.leaf().service();
        return new AnomaliesView.Evidence(
                leaf.index(),
                Instant.ofEpochMilli(leaf.leaf().atMillis()).toString(),
                service == null ? null : LeafView.Named.of(service, names.service(ServiceId.parse(service))),
                leaf.leaf().correlationId());
    }
}
