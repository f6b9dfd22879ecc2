package org.wasl.node.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.node.simulation.Judgement.Outcome;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.agreement.AccessRequest;
import org.wasl.security.agreement.RegistryAccessPolicy;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Registry;

/**
 * Runs a proposed registry against the requests of a log's last days, by the code that decides, and compares it with the
 * registry in force. Both are taken as they stand, as though they had stood all along: an agreement's beginning and end
 * do not count, but one that has ended or was withdrawn does not allow. Reads only; the log may be a running node's.
 */
public final class Simulation {

    private static final int PAGE = 1_000;
    private static final int MAX_GROUPS = 10_000;
    private static final int MAX_EXAMPLES = 20;
    private static final int HOURS = 24;
    private static final Duration ALWAYS = Duration.ofDays(36_500);

    private final Registry inForce;
    private final Registry proposed;
    private final AsicContainerVerifier opener;
    private final SchemaCatalogue schemas;
    private final Instant now;
    private final LogClock clock = new LogClock();
    private final RegistryAccessPolicy before = new RegistryAccessPolicy(clock);
    private final RegistryAccessPolicy after = new RegistryAccessPolicy(clock);
    private final Map<GroupKey, Counts> groups = new TreeMap<>();
    private final Map<FieldKey, Long> fields = new TreeMap<>();
    private final Map<String, Long> refusedBy = new TreeMap<>();
    private final Map<String, Peak> peaks = new TreeMap<>();
    private final List<SimulationReport.Example> examples = new ArrayList<>();
    private final Counts all = new Counts();
    private long sealed;

    /**
     * @param inForce the registry with which the proposed one is compared
     * @param opener opens containers
     * @param now until when requests are looked at
     */
    public Simulation(
            Registry inForce, Registry proposed, AsicContainerVerifier opener, SchemaCatalogue schemas, Instant now) {
        this.inForce = standing(inForce, now);
        this.proposed = standing(proposed, now);
        this.opener = opener;
        this.schemas = schemas;
        this.now = now;
    }

    private record GroupKey(String consumer, String service, String purpose) implements Comparable<GroupKey> {
        @Override
        public int compareTo(GroupKey other) {
            return toString().compareTo(other.toString());
        }
    }

    private record FieldKey(String consumer, String service, String path, String change)
            implements Comparable<FieldKey> {
        @Override
        public int compareTo(FieldKey other) {
            return toString().compareTo(other.toString());
        }
    }

    private static final class Counts {
        private long requests;
        private long unchanged;
        private long newlyAllowed;
        private long newlyRefused;
        private long depends;
        private final long[] byHour = new long[HOURS];

        void count(Outcome was, Outcome becomes, int hour) {
            requests++;
            byHour[hour]++;
            if (was == becomes && was != Outcome.DEPENDS) {
                unchanged++;
            } else if (was == Outcome.REFUSED && becomes == Outcome.ALLOWED) {
                newlyAllowed++;
            } else if (was != Outcome.REFUSED && becomes == Outcome.REFUSED) {
                newlyRefused++;
            } else {
                depends++;
            }
        }
    }

    /** The time of the row that is being looked at. */
    private static final class LogClock extends Clock {
        private Instant at = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return at;
        }
    }

    /**
     * Runs it.
     *
     * @param days how many days back
     * @param progress told how many rows of how many were looked at
     * @throws LogStoreException when the log cannot be read
     */
    public SimulationReport run(LogSource log, int days, BiConsumer<Long, Long> progress) throws LogStoreException {
        Instant from = now.minus(Duration.ofDays(days));
        long size = log.head().size();
        long first = firstSince(log, size, from.toEpochMilli());
        LoggedRequests requests = new LoggedRequests(opener, schemas, inForce, this::judge);
        for (long index = first; index < size; index += PAGE) {
            log.scan(index, (int) Math.min(PAGE, size - index), row -> {
                // A clock that stepped back may have left older rows among the newer.
                if (row.leaf().atMillis() >= from.toEpochMilli()) {
                    requests.take(row);
                }
            });
            progress.accept(Math.min(size, index + PAGE) - first, size - first);
        }
        requests.end();
        return report(from, requests.unreadable());
    }

    /** Rows are in the order of time, give or take a clock's step: halving finds the first of the days asked for. */
    private static long firstSince(LogSource log, long size, long fromMillis) throws LogStoreException {
        long low = 0;
        long high = size;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (atMillis(log, middle) < fromMillis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static long atMillis(LogSource log, long index) throws LogStoreException {
        long[] at = {Long.MAX_VALUE};
        LongConsumer keep = millis -> at[0] = millis;
        log.scan(index, 1, row -> keep.accept(row.leaf().atMillis()));
        return at[0];
    }

    private void judge(LoggedRequest request) {
        clock.at = request.at();
        AccessRequest question = request.question();
        Judgement was = Judgement.of(before, question, inForce);
        Judgement becomes = Judgement.of(after, question, proposed);
        int hour = request.at().atZone(ZoneOffset.UTC).getHour();
        all.count(was.outcome(), becomes.outcome(), hour);
        sealed += request.sealed() ? 1 : 0;
        GroupKey key =
                new GroupKey(question.consumer().toString(), question.service().toString(), question.purpose());
        if (groups.size() < MAX_GROUPS || groups.containsKey(key)) {
            groups.computeIfAbsent(key, fresh -> new Counts()).count(was.outcome(), becomes.outcome(), hour);
        }
        Agreement agreement = becomes.agreement();
        if (agreement != null) {
            peaks.computeIfAbsent(agreement.id(), id -> new Peak())
                    .count(request.at().toEpochMilli());
        }
        if (was.outcome() != Outcome.REFUSED && becomes.outcome() == Outcome.REFUSED) {
            refusedBy.merge(code(becomes), 1L, Long::sum);
        }
        if (was.outcome() != Outcome.REFUSED && becomes.outcome() != Outcome.REFUSED) {
            compareFields(key, was, becomes);
        }
        if (was.outcome() != becomes.outcome() && examples.size() < MAX_EXAMPLES) {
            examples.add(new SimulationReport.Example(
                    request.messageId(),
                    request.at().toString(),
                    was.outcome().name(),
                    becomes.outcome().name(),
                    becomes.outcome() == Outcome.REFUSED ? code(becomes) : code(was)));
        }
    }

    private static String code(Judgement judgement) {
        return judgement.code() == null ? "" : judgement.code().wireCode();
    }

    private void compareFields(GroupKey key, Judgement was, Judgement becomes) {
        if (Objects.equals(was.released(), becomes.released())) {
            return;
        }
        for (String path : without(was.released(), becomes.released())) {
            fields.merge(new FieldKey(key.consumer(), key.service(), path, "LOST"), 1L, Long::sum);
        }
        for (String path : without(becomes.released(), was.released())) {
            fields.merge(new FieldKey(key.consumer(), key.service(), path, "GAINED"), 1L, Long::sum);
        }
    }

    /** The paths that none of the others covers: a path releases all below it. */
    private static Set<String> without(List<String> paths, List<String> others) {
        Set<String> left = new HashSet<>(paths);
        left.removeIf(path -> others.stream().anyMatch(other -> path.equals(other) || path.startsWith(other + "/")));
        return left;
    }

    private SimulationReport report(Instant from, long unreadable) {
        List<SimulationReport.Group> counted = groups.entrySet().stream()
                .map(entry -> new SimulationReport.Group(
                        entry.getKey().consumer(),
                        entry.getKey().service(),
                        entry.getKey().purpose(),
                        entry.getValue().requests,
                        entry.getValue().unchanged,
                        entry.getValue().newlyAllowed,
                        entry.getValue().newlyRefused,
                        entry.getValue().depends,
                        java.util.Arrays.stream(entry.getValue().byHour).boxed().toList()))
                .toList();
        List<SimulationReport.FieldChange> changed = fields.entrySet().stream()
                .map(entry -> new SimulationReport.FieldChange(
                        entry.getKey().consumer(),
                        entry.getKey().service(),
                        entry.getKey().path(),
                        entry.getKey().change(),
                        entry.getValue()))
                .toList();
        Map<String, SimulationReport.Peaks> most = new TreeMap<>();
        peaks.forEach((id, peak) -> most.put(id, peak.peaks()));
        return new SimulationReport(
                from.toString(),
                now.toString(),
                all.requests,
                all.unchanged,
                all.newlyAllowed,
                all.newlyRefused,
                all.depends,
                sealed,
                unreadable,
                refusedBy,
                counted,
                changed,
                most,
                examples);
    }

    /** The registry as it stands, without beginnings and ends; what has ended by now allows nothing. */
    private static Registry standing(Registry registry, Instant now) {
        Instant begin = Instant.EPOCH;
        Instant end = begin.plus(ALWAYS);
        List<Agreement> agreements = registry.agreements().stream()
                .map(agreement -> {
                    Instant withdrawn = agreement.withdrawn();
                    boolean over =
                            !now.isBefore(agreement.validTo()) || (withdrawn != null && !now.isBefore(withdrawn));
                    return new Agreement(
                            agreement.id(),
                            agreement.consumer(),
                            agreement.service(),
                            agreement.purposes(),
                            agreement.actors(),
                            agreement.released(),
                            agreement.quota(),
                            agreement.hours(),
                            agreement.confidential(),
                            begin,
                            end,
                            over ? begin : null,
                            agreement.embargo());
                })
                .toList();
        return registry.with(agreements).between(begin, end);
    }
}
