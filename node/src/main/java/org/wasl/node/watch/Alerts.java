package org.wasl.node.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.wasl.connectors.template.BackEndState;
import org.wasl.node.traffic.Counts;
import org.wasl.node.traffic.Flow;
import org.wasl.node.traffic.Traffic;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.Expiring;

/** Compares what is measured with what is declared tolerable. */
public final class Alerts {

    private static final String NODE = "node";
    private static final String STATE = "state";
    private static final String SECONDS = "seconds";
    private static final String MESSAGES = "messages";
    private static final String PERCENT = "percent";
    private static final int HUNDRED = 100;
    /** The half of what is tolerable, or twice of it, is past the time for a warning. */
    private static final int MUCH = 2;

    private final Thresholds thresholds;
    private final Map<Subject, Instant> begun = new HashMap<>();

    private record Subject(AlertKind kind, String name) {}

    public Alerts(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /**
     * What somebody has to look at now, the urgent first.
     *
     * @param deadLetters how many there were in the last day
     * @param undelivered how many late answers could not be handed on
     */
    public synchronized List<Alert> of(Vitals vitals, Traffic traffic, int deadLetters, int undelivered) {
        Collector found = new Collector(vitals.at());
        node(vitals, found);
        ends(vitals, found);
        vitals.backEnds().stream()
                .filter(backEnd -> backEnd.breaker() != BackEndState.Breaker.CLOSED)
                .forEach(backEnd -> found.add(
                        AlertKind.BREAKER_OPEN,
                        backEnd.breaker() == BackEndState.Breaker.OPEN ? Severity.CRITICAL : Severity.WARNING,
                        backEnd.service().toString(),
                        backEnd.failed() + (long) backEnd.slow(),
                        backEnd.calls(),
                        STATE));
        agencies(traffic, found);
        vitals.queues()
                .forEach((queue, depth) -> found.above(AlertKind.QUEUE_DEPTH, queue, depth, thresholds.queueDepth()));
        found.above(AlertKind.DEAD_LETTERS, NODE, deadLetters, thresholds.deadLetters());
        found.above(AlertKind.WEBHOOKS, NODE, undelivered, 0);
        return found.alerts();
    }

    private void node(Vitals vitals, Collector found) {
        if (!vitals.logAvailable()) {
            found.add(AlertKind.LOG_UNAVAILABLE, Severity.CRITICAL, NODE, 0, 1, STATE);
        }
        if (vitals.diskTotal() > 0) {
            long free = vitals.diskFree() * HUNDRED / vitals.diskTotal();
            if (free < thresholds.diskFreePercent()) {
                Severity severity = free * MUCH < thresholds.diskFreePercent() ? Severity.CRITICAL : Severity.WARNING;
                found.add(AlertKind.DISK_SPACE, severity, NODE, free, thresholds.diskFreePercent(), PERCENT);
            }
        }
        if (vitals.uncovered().compareTo(thresholds.uncovered()) > 0) {
            found.add(
                    AlertKind.CHECKPOINT_AGE,
                    Severity.CRITICAL,
                    NODE,
                    vitals.uncovered().toSeconds(),
                    thresholds.uncovered().toSeconds(),
                    SECONDS);
        }
    }

    private void ends(Vitals vitals, Collector found) {
        ends(AlertKind.REGISTRY_EXPIRY, "version " + vitals.registryVersion(), vitals.registryExpires(), found);
        for (Expiring expiring : vitals.expiring()) {
            if (expiring.kind() != Expiring.Kind.REGISTRY) {
                ends(AlertKind.CERTIFICATE_EXPIRY, expiring.name(), expiring.ends(), found);
            }
        }
    }

    private void ends(AlertKind kind, String name, Instant ends, Collector found) {
        Duration left = Duration.between(found.at, ends);
        if (left.compareTo(thresholds.expiry()) < 0) {
            boolean soon = left.multipliedBy(MUCH).compareTo(thresholds.expiry()) < 0;
            found.add(
                    kind,
                    soon ? Severity.CRITICAL : Severity.WARNING,
                    name,
                    left.toSeconds(),
                    thresholds.expiry().toSeconds(),
                    SECONDS);
        }
    }

    private void agencies(Traffic traffic, Collector found) {
        Map<MemberId, Counts> agencies = new TreeMap<>();
        for (Map.Entry<Flow, Counts> flow : traffic.lastMinutes().entrySet()) {
            agencies.computeIfAbsent(flow.getKey().service().member(), first -> new Counts())
                    .add(flow.getValue());
        }
        agencies.forEach((agency, counts) -> {
            long judged = counts.answered() + counts.failed();
            if (judged >= thresholds.least()) {
                long failed = counts.failed() * HUNDRED / judged;
                if (failed > thresholds.failedPercent()) {
                    Severity severity =
                            failed > (long) MUCH * thresholds.failedPercent() ? Severity.CRITICAL : Severity.WARNING;
                    found.add(
                            AlertKind.ERROR_RATE,
                            severity,
                            agency.toString(),
                            failed,
                            thresholds.failedPercent(),
                            PERCENT);
                }
            }
            if (counts.promised() >= thresholds.least()) {
                long within = counts.within() * HUNDRED / counts.promised();
                if (within < thresholds.withinPercent()) {
                    found.add(
                            AlertKind.SERVICE_LEVEL,
                            Severity.WARNING,
                            agency.toString(),
                            within,
                            thresholds.withinPercent(),
                            PERCENT);
                }
            }
        });
    }

    /** Gathers, and remembers since when each is so. */
    private final class Collector {

        private final Instant at;
        private final List<Alert> found = new ArrayList<>();

        Collector(Instant at) {
            this.at = at;
        }

        void above(AlertKind kind, String subject, long measured, long tolerated) {
            if (measured > tolerated) {
                add(kind, Severity.WARNING, subject, measured, tolerated, MESSAGES);
            }
        }

        void add(AlertKind kind, Severity severity, String subject, long measured, long threshold, String unit) {
            Instant since = begun.computeIfAbsent(new Subject(kind, subject), first -> at);
            found.add(new Alert(kind, severity, subject, measured, threshold, unit, since));
        }

        List<Alert> alerts() {
            begun.keySet().removeIf(subject -> found.stream()
                    .noneMatch(alert ->
                            alert.kind() == subject.kind() && alert.subject().equals(subject.name())));
            found.sort(Comparator.comparing(Alert::severity)
                    .reversed()
                    .thenComparing(Alert::kind)
                    .thenComparing(Alert::subject));
            return List.copyOf(found);
        }
    }
}
