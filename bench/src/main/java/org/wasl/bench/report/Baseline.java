package org.wasl.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wasl.bench.load.Measured;

/**
 * What the product costs as ratios to raw cryptography and to a bus without any security, all of the same run, so that
 * a slow or busy machine does not matter.
 */
public record Baseline(int format, String measured, Machine machine, List<Ratio> ratios) {

    private static final double CPU_TOLERANCE = 1.20;
    /** Rates vary more than CPU time on a shared machine. */
    private static final double RATE_TOLERANCE = 1.35;

    /**
     * One ratio.
     *
     * @param moreIsWorse whether the product got worse when it rises
     * @param tolerance by which factor it may be worse
     */
    public record Ratio(String name, double value, boolean moreIsWorse, double tolerance) {

        /** The worst value that is let pass. */
        public double bound() {
            return moreIsWorse ? value * tolerance : value / tolerance;
        }
    }

    /** One ratio now, against what it was; {@code now} is NaN when this run did not measure it. */
    public record Judgement(Ratio before, double now) {

        /** Whether it is worse than what is let pass, or was not measured at all. */
        public boolean isRegression() {
            return Double.isNaN(now) || (before.moreIsWorse() ? now > before.bound() : now < before.bound());
        }
    }

    public Baseline {
        if (format != Report.FORMAT) {
            throw new IllegalArgumentException("a baseline of format " + format + ", not " + Report.FORMAT);
        }
        ratios = List.copyOf(ratios);
    }

    /** The ratios of this report: those whose both sides were measured. */
    public static Baseline of(Report report) {
        List<Ratio> ratios = new ArrayList<>();
        Optional<Measured> exchange = best(report, "exchange");
        Optional<Measured> floor = best(report, "floor");
        if (exchange.isPresent() && floor.isPresent()) {
            double ours = exchange.get().cpuMicrosecondsPerOperation();
            ratios.add(cpu("exchange CPU to floor CPU", ours / floor.get().cpuMicrosecondsPerOperation()));
            double rate = exchange.get().perSecond() / floor.get().perSecond();
            ratios.add(new Ratio("exchange rate to floor rate", rate, false, RATE_TOLERANCE));
        }
        Optional<Double> crypto = crypto(report);
        if (exchange.isPresent() && crypto.isPresent()) {
            double ours = exchange.get().cpuMicrosecondsPerOperation();
            ratios.add(cpu("exchange CPU to its raw signatures and verifications", ours / crypto.get()));
        }
        CostParts.of(report)
                .flatMap(parts -> exchange.map(ours -> cpu(
                        "exchange CPU to the sum of its unavoidable parts",
                        ours.cpuMicrosecondsPerOperation() / parts.cpuMicroseconds())))
                .ifPresent(ratios::add);
        Optional<Double> append = limit(report, "log-append");
        if (append.isPresent() && crypto.isPresent()) {
            ratios.add(cpu("leaf in a log to raw signatures and verifications", append.get() / crypto.get()));
        }
        return new Baseline(Report.FORMAT, report.began(), report.machine(), ratios);
    }

    private static Ratio cpu(String name, double value) {
        return new Ratio(name, value, true, CPU_TOLERANCE);
    }

    private static Optional<Measured> best(Report report, String workload) {
        return report.result(Parts.PEERS, workload)
                .flatMap(Report::best)
                .filter(measured -> measured.operations() > 0 && measured.unanswered() == 0);
    }

    private static Optional<Double> crypto(Report report) {
        return limit(report, "raw-sign")
                .flatMap(sign -> limit(report, "raw-verify").map(verify -> 2 * (sign + verify)));
    }

    private static Optional<Double> limit(Report report, String workload) {
        return report.result(Parts.LIMITS, workload)
                .flatMap(CostParts::cheapest)
                .map(Measured::cpuMicrosecondsPerOperation);
    }

    /** Every ratio of this baseline, as this report has it. */
    public List<Judgement> judge(Report report) {
        List<Ratio> now = of(report).ratios();
        return ratios.stream()
                .map(before -> new Judgement(
                        before,
                        now.stream()
                                .filter(ratio -> ratio.name().equals(before.name()))
                                .mapToDouble(Ratio::value)
                                .findFirst()
                                .orElse(Double.NaN)))
                .toList();
    }
}
