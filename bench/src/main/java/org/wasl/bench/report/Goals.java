package org.wasl.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.wasl.bench.load.LoadResult;
import org.wasl.bench.load.Measured;
import org.wasl.bench.report.Goal.Verdict;

/** The project's goals for speed, judged by one report. */
public final class Goals {

    private static final double EXCHANGES_PER_SECOND = 1_500;
    private static final double SUSTAINED_SECONDS = 300;
    private static final double RATE_PER_SECOND = 1_000;
    private static final double P99_MILLISECONDS = 50;
    private static final double COMPOSITES_PER_SECOND = 300;
    private static final double TIMES_UNAVOIDABLE = 2;
    private static final double RESIDENT_MEBIBYTES = 1_024;
    private static final double LEAD = 5;
    private static final double SLOW_KEY_SHARE = 0.95;
    private static final double AT_REST_BYTES = 1_200;
    private static final String NONE = "not measured";

    private final Report report;
    private final List<Goal> goals = new ArrayList<>();

    private Goals(Report report) {
        this.report = report;
    }

    /** All of them, whether measured or not. */
    public static List<Goal> of(Report report) {
        Goals goals = new Goals(report);
        goals.sustained();
        goals.latency();
        goals.composite();
        goals.parts();
        goals.memory();
        goals.flat(Parts.CURVE_CALLERS, "cost per exchange from 1 to 1,000 callers", 1_000);
        goals.flat(Parts.CURVE_LOG, "cost per exchange from an empty log to ten million leaves", 10_000_000);
        goals.peers();
        goals.slowKeys();
        goals.atRest();
        return List.copyOf(goals.goals);
    }

    private Optional<Measured> exchange(String scenario) {
        return report.result(Parts.EXCHANGE, "exchange").flatMap(result -> Report.scenario(result, scenario));
    }

    private void sustained() {
        String asked = "at least 1,500 a second for 5 minutes";
        Optional<Measured> measured = exchange(Parts.SUSTAINED);
        add("signed, logged exchanges", asked, measured.map(m -> {
            String figure = String.format(
                    Locale.ROOT,
                    "%s a second for %.0f s, %d unanswered",
                    ReportText.number(m.perSecond()),
                    m.seconds(),
                    m.unanswered());
            boolean met = m.perSecond() >= EXCHANGES_PER_SECOND && m.unanswered() == 0;
            boolean longEnough = m.scenario().windowSeconds() >= SUSTAINED_SECONDS;
            return new Judged(figure, longEnough ? Verdict.of(met) : Verdict.NOT_SHOWN);
        }));
    }

    private void latency() {
        Optional<Measured> measured = exchange(Parts.RATE);
        add("p99 at 1,000 a second", "under 50 ms", measured.map(m -> {
            Double p99 = m.latency().p99Milliseconds();
            String figure = String.format(
                    Locale.ROOT,
                    "%s ms at %s a second, %d unanswered",
                    ReportText.time(p99),
                    ReportText.number(m.scenario().ratePerSecond()),
                    m.unanswered());
            boolean met = p99 != null && p99 < P99_MILLISECONDS;
            boolean asAsked = m.scenario().ratePerSecond() >= RATE_PER_SECOND;
            return new Judged(figure, asAsked ? Verdict.of(met) : Verdict.NOT_SHOWN);
        }));
    }

    private void composite() {
        Optional<Measured> measured =
                report.result(Parts.COMPOSITE, "composite").flatMap(Report::best);
        add(
                "consolidated requests to four agencies",
                "300 a second",
                measured.map(m -> new Judged(
                        ReportText.number(m.perSecond()) + " a second, " + m.unanswered() + " unanswered",
                        Verdict.of(m.perSecond() >= COMPOSITES_PER_SECOND && m.unanswered() == 0))));
    }

    private void parts() {
        Optional<CostParts> parts = CostParts.of(report);
        // At the load that is asked for; what it takes after a shorter warm-up stands beside its peers.
        Optional<Measured> ours = exchange(Parts.SUSTAINED);
        String asked = "within 2× of the sum of its unavoidable parts";
        add(
                "CPU per exchange",
                asked,
                parts.isEmpty() || ours.isEmpty()
                        ? Optional.empty()
                        : Optional.of(times(
                                ours.get().cpuMicrosecondsPerOperation(),
                                parts.get().cpuMicroseconds())));
    }

    private static Judged times(double exchange, double sum) {
        String figure = ReportText.number(exchange) + " µs, " + ReportText.ratio(exchange / sum) + " of "
                + ReportText.number(sum) + " µs";
        return new Judged(figure, Verdict.of(exchange <= TIMES_UNAVOIDABLE * sum));
    }

    private void memory() {
        Optional<Measured> measured = exchange(Parts.SUSTAINED);
        add(
                "memory at that load",
                "under 1 GiB resident",
                measured.map(m -> new Judged(
                        ReportText.number(m.residentPeakMebibytes()) + " MiB at most",
                        Verdict.of(m.residentPeakMebibytes() < RESIDENT_MEBIBYTES))));
    }

    private void flat(String group, String what, double upTo) {
        Optional<Curve> curve = Curve.of(report).stream()
                .filter(c -> c.group().equals(group) && c.points().size() > 1)
                .findFirst();
        add(what, "flat", curve.map(c -> {
            List<Point> points = c.points().stream().filter(p -> p.x() <= upTo).toList();
            Growth growth = Growth.of(points);
            double last = points.get(points.size() - 1).x();
            String figure = String.format(
                    Locale.ROOT,
                    "CPU at %,.0f is %s of that at %,.0f",
                    last,
                    ReportText.ratio(growth.ratio()),
                    points.get(0).x());
            return new Judged(figure, last < upTo ? Verdict.NOT_SHOWN : Verdict.of(growth.isFlat()));
        }));
    }

    /** How a workload did where all are measured alike. */
    private Optional<Measured> compared(String workload) {
        return report.result(Parts.PEERS, workload).flatMap(Report::best);
    }

    private void peers() {
        Optional<Measured> ours = compared("exchange");
        for (LoadResult result : report.group(Parts.PEERS)) {
            String peer = result.job().workload();
            if (peer.equals("exchange") || peer.startsWith("floor")) {
                continue;
            }
            Optional<Measured> theirs = Report.best(result).filter(m -> m.operations() > 0);
            add(
                    "lead over `" + peer + "`",
                    "5× in throughput and in CPU per exchange",
                    ours.isEmpty() || theirs.isEmpty()
                            ? Optional.empty()
                            : Optional.of(lead(ours.get(), theirs.get())));
        }
    }

    private static Judged lead(Measured ours, Measured theirs) {
        double rate = ours.perSecond() / theirs.perSecond();
        double cpu = theirs.cpuMicrosecondsPerOperation() / ours.cpuMicrosecondsPerOperation();
        return new Judged(
                ReportText.ratio(rate) + " in throughput, " + ReportText.ratio(cpu) + " in CPU",
                Verdict.of(rate >= LEAD && cpu >= LEAD));
    }

    private void slowKeys() {
        List<Measured> software = bestOf(Parts.SOFTWARE_KEYS);
        List<Measured> slow = bestOf(Parts.SHORT_TERM_KEYS);
        String asked = "at least 95 % of the throughput with software keys";
        add(
                "an HSM at 100 signatures a second",
                asked,
                software.isEmpty() || slow.isEmpty()
                        ? Optional.empty()
                        : Optional.of(share(
                                mean(slow, Measured::perSecond) / mean(software, Measured::perSecond),
                                mean(software, Measured::cpuMicrosecondsPerOperation)
                                        / mean(slow, Measured::cpuMicrosecondsPerOperation))));
    }

    /** Of each run of this workload beside slow keys; there are several, which took turns. */
    private List<Measured> bestOf(String workload) {
        return report.group(Parts.SLOW_KEYS).stream()
                .filter(result -> result.job().workload().equals(workload))
                .flatMap(result -> Report.best(result).stream())
                .toList();
    }

    private static double mean(List<Measured> runs, ToDoubleFunction<Measured> figure) {
        return runs.stream().mapToDouble(figure).average().orElseThrow();
    }

    private static Judged share(double rate, double cpu) {
        return new Judged(
                String.format(Locale.ROOT, "%.0f %%, by CPU %.0f %%", rate * 100, cpu * 100),
                Verdict.of(rate >= SLOW_KEY_SHARE));
    }

    private void atRest() {
        Optional<Double> bytes = report.group(Parts.EXCHANGE).stream()
                .map(result -> result.figures().get(Parts.AT_REST))
                .filter(figure -> figure != null)
                .findFirst();
        add(
                "a container at rest, beside its payload",
                "at most 1.2 KB",
                bytes.map(b -> new Judged(ReportText.number(b) + " bytes", Verdict.of(b <= AT_REST_BYTES))));
    }

    private record Judged(String measured, Verdict verdict) {}

    private void add(String what, String asked, Optional<Judged> judged) {
        goals.add(new Goal(
                what,
                asked,
                judged.map(Judged::measured).orElse(NONE),
                judged.map(Judged::verdict).orElse(Verdict.NOT_SHOWN)));
    }
}
