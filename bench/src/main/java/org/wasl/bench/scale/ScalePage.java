package org.wasl.bench.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wasl.bench.report.MarkdownTable;
import org.wasl.bench.report.Report;
import org.wasl.bench.report.ReportText;

/** The page on a country's load: a template that people write, with the plan's tables and simulated runs in it. */
public final class ScalePage {

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final double MILLION = 1e6;
    private static final double PERCENT = 100;
    private static final List<Double> GROWTH = List.of(1.0, 1.5, 2.0, 3.0, 4.0);

    private final Report report;
    private final Assumptions assumed;
    private final Costs costs;
    private final Plan plan;
    private final double seconds;
    private final long seed;

    private ScalePage(Report report, Assumptions assumed, Costs costs, double seconds, long seed) {
        this.report = report;
        this.assumed = assumed;
        this.costs = costs;
        this.plan = Plan.of(assumed, costs);
        this.seconds = seconds;
        this.seed = seed;
    }

    /**
     * The page for the standard country; empty when the report lacks a figure that the plan needs.
     *
     * @param seconds how long each simulated run goes on
     * @param seed of all runs
     */
    public static Optional<ScalePage> of(Report report, double seconds, long seed) {
        return Costs.of(report).map(costs -> new ScalePage(report, Assumptions.standard(), costs, seconds, seed));
    }

    /**
     * The whole page.
     *
     * @throws IllegalArgumentException when the template names a part that there is not
     */
    public String render(String template) {
        Map<String, Supplier<List<String>>> parts = new TreeMap<>();
        parts.put("measured", this::measured);
        parts.put("assumed", this::assumed);
        parts.put("plan", this::plan);
        parts.put("storage", this::storage);
        parts.put("growth", this::growth);
        parts.put("faults", this::faults);
        StringBuilder page = new StringBuilder();
        for (String line : template.lines().toList()) {
            if (line.startsWith(OPEN) && line.endsWith(CLOSE)) {
                String name = line.substring(OPEN.length(), line.length() - CLOSE.length());
                Supplier<List<String>> part = parts.get(name);
                if (part == null) {
                    throw new IllegalArgumentException("no part " + name + "; there are " + parts.keySet());
                }
                part.get().forEach(made -> page.append(made).append('\n'));
            } else {
                page.append(line).append('\n');
            }
        }
        return page.toString();
    }

    private List<String> measured() {
        return new MarkdownTable(2, "figure", "from", "value")
                .row("one exchange, both sides and broker", "`exchange`, sustained", micros(costs.exchange()))
                .row(
                        "one request with four agencies, all of it",
                        "`composite`, many callers",
                        micros(costs.composite()))
                .row(
                        "both hops of an exchange through the broker, callers with it",
                        "`floor-transient`",
                        micros(costs.broker()))
                .row("one side of an exchange", "the half of exchange less broker", micros(costs.side()))
                .row(
                        "composing: the request and its answer",
                        "composite less four exchanges",
                        micros(costs.composing()))
                .row("leaves that one log takes a second", "`log-append`", number(costs.leavesPerSecond()))
                .row(
                        "one synchronisation of the disk",
                        "at the start of the run",
                        number(costs.syncMilliseconds()) + " ms")
                .row("500 members instead of 5", "`curve-members`", "× " + number(costs.members()))
                .row(
                        "measured",
                        report.machine().processor() + ", " + report.machine().cores() + " cores",
                        report.began())
                .lines();
    }

    private List<String> assumed() {
        return new MarkdownTable(1, "assumption", "value")
                .row("citizens", number(assumed.citizens() / MILLION) + " million")
                .row("agencies", Integer.toString(assumed.agencies()))
                .row("requests a second at the peak", number(assumed.peakPerSecond()))
                .row("agencies asked by a request", Integer.toString(assumed.fanOut()))
                .row("mean of a year, as a share of the peak", percent(assumed.meanToPeak()))
                .row(
                        "how unevenly agencies are asked",
                        "Zipf, exponent " + number(assumed.popularity()) + ": the first gets "
                                + percent(assumed.share(0)) + " of all questions")
                .row("machine", assumed.cores() + " cores, used to " + percent(assumed.target()) + " at the peak")
                .row("TLS, network and PostgreSQL, which the bench has not", "× " + number(assumed.unmeasured()))
                .row("network, one way", number(assumed.networkMilliseconds()) + " ms")
                .row(
                        "an agency's own answer",
                        "median " + number(assumed.backEndMilliseconds()) + " ms, logarithmically normal with σ "
                                + number(assumed.backEndSpread()))
                .row(
                        "a leaf at rest, nothing packs well",
                        number(assumed.leafOctets()) + " + " + number(assumed.payloadOctets()) + " octets")
                .row("evidence is kept", assumed.years() + " years, in " + assumed.copies() + " copies")
                .row(
                        "a core a year, a terabyte a year",
                        number(assumed.coreYear()) + " and " + number(assumed.terabyteYear()) + " (put in your own)")
                .lines();
    }

    private List<String> plan() {
        Plan.Machines first = plan.agencies().get(0);
        return new MarkdownTable(2, "part", "load at the peak", "what it takes")
                .row(
                        "portal's nodes",
                        number(Plan.portalCores(assumed, costs)) + " cores, " + number(Plan.portalLeaves(assumed))
                                + " leaves a second",
                        plan.portalNodes() + " nodes of " + assumed.cores() + " cores")
                .row(
                        "broker pairs",
                        number(Plan.exchanges(assumed)) + " exchanges a second, "
                                + number(Plan.brokerCores(assumed, costs)) + " cores",
                        plan.brokerPairs() + " of " + assumed.cores() + " cores, and a backup each")
                .row(
                        "the most asked agency",
                        number(Plan.exchanges(assumed) * assumed.share(0)) + " exchanges a second",
                        first.nodes() + " nodes of " + first.cores() + " cores")
                .row(
                        "all agencies",
                        plan.busyAgencies() + " of " + assumed.agencies() + " need more than two cores a node",
                        number(plan.nodesOfAgencies()) + " nodes")
                .row("cores in all", "", number(plan.cores()))
                .lines();
    }

    private List<String> storage() {
        return new MarkdownTable(1, "what", "value")
                .row(
                        "requests a year",
                        number(plan.requestsPerYear() / MILLION) + " million, "
                                + number(plan.requestsPerYear() / assumed.citizens()) + " for each citizen")
                .row("leaves of a request, in all logs", Integer.toString(Plan.leavesPerRequest(assumed)))
                .row("octets of a request, in all logs", number(plan.octetsPerRequest()))
                .row("a year, once", number(plan.terabytesPerYear()) + " TB")
                .row("kept in the end, all copies", number(plan.terabytesKept()) + " TB")
                .row("machines and disks, a year", number(plan.costPerYear()))
                .row("a thousand requests", number(plan.costPerYear() / plan.requestsPerYear() * 1_000))
                .row("disks' share of it", percent(plan.terabytesKept() * assumed.terabyteYear() / plan.costPerYear()))
                .lines();
    }

    private List<String> growth() {
        MarkdownTable table = table("load");
        for (double times : GROWTH) {
            Outcome outcome = World.run(plan, assumed.peakPerSecond() * times, Disturbance.NONE, seconds, seed);
            row(table, number(times) + "×", outcome);
        }
        return table.lines();
    }

    private List<String> faults() {
        MarkdownTable table = table("what goes wrong");
        row(table, "one of two sites is lost", new Disturbance(0.5, 0, 1));
        row(table, "every broker is away for three seconds", new Disturbance(1, 3, 1));
        row(table, "the most asked agency answers ten times slower", new Disturbance(1, 0, 10));
        return table.lines();
    }

    private void row(MarkdownTable table, String what, Disturbance disturbance) {
        row(table, what, World.run(plan, assumed.peakPerSecond(), disturbance, seconds, seed));
    }

    private static MarkdownTable table(String what) {
        return new MarkdownTable(
                1, what, "in time", "p50 ms", "p99 ms", "portal", "its logs", "brokers", "agency", "its logs");
    }

    private static void row(MarkdownTable table, String what, Outcome outcome) {
        table.row(
                what,
                String.format(
                        Locale.ROOT,
                        "%.2f %%",
                        PERCENT * outcome.answered() / Math.max(1, outcome.answered() + outcome.late())),
                time(outcome.p50Milliseconds()),
                time(outcome.p99Milliseconds()),
                percent(outcome.portal()),
                percent(outcome.portalLog()),
                percent(outcome.broker()),
                percent(outcome.agency()),
                percent(outcome.agencyLog()));
    }

    /** The lines of a terminal: what it takes, and what is nearest to its end at each load. */
    public List<String> brief() {
        List<String> lines = new ArrayList<>(plan());
        for (double times : GROWTH) {
            Outcome outcome = World.run(plan, assumed.peakPerSecond() * times, Disturbance.NONE, seconds, seed);
            lines.add(String.format(
                    Locale.ROOT,
                    "%s×: p99 %s ms, nearest to its end: %s",
                    number(times),
                    time(outcome.p99Milliseconds()),
                    outcome.busiest()));
        }
        return lines;
    }

    private static String time(@Nullable Double milliseconds) {
        return milliseconds == null ? "none" : number(milliseconds);
    }

    private static String micros(double value) {
        return number(value) + " µs";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", PERCENT * share);
    }

    private static String number(double value) {
        return ReportText.number(value);
    }
}
