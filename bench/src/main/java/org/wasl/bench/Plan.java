package org.wasl.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wasl.bench.exchange.BurstWorkload;
import org.wasl.bench.exchange.SigningMode;
import org.wasl.bench.load.LoadJob;
import org.wasl.bench.load.Scenario;
import org.wasl.bench.report.Parts;

/** Which processes measure what, for each command. */
final class Plan {

    private static final double SETTLE_SECONDS = 2;
    private static final double WARM_UP_PATIENCE = 4;
    private static final int IN_FLIGHT = 1_000;
    private static final int FEW_CALLERS = 16;
    private static final double SHORT_SETTLE_SECONDS = 1;
    private static final double LIMIT_WARM_UP_SHARE = 1.0 / 6;
    private static final double LIMIT_WINDOW_SHARE = 1.0 / 5;
    /** Five nodes in one process: as many more paths through the same code to compile. */
    private static final double COMPOSITE_WARM_UPS = 2.5;

    private static final double CURVE_WARM_UP_SHARE = 1.0 / 6;
    private static final double CURVE_WINDOW_SHARE = 1.0 / 3;
    private static final double COMPARED_WINDOW_SHARE = 2.0 / 3;
    private static final String LOG_LEAVES = "logLeaves";
    private static final int LARGE_OCTETS = 256 * 1_024;
    private static final int DOCUMENT_CALLERS = 4;
    private static final int HUGE_OCTETS = 4 * 1_024 * 1_024;

    private final RunOptions options;

    Plan(RunOptions options) {
        this.options = options;
    }

    /** The product's exchange: its peak, a long run, a constant rate, and what it keeps at rest. */
    List<LoadJob> exchange() {
        double window = options.windowSeconds();
        return List.of(job(
                Parts.EXCHANGE,
                "exchange",
                Map.of(),
                List.of(
                        Scenario.closed(Parts.MANY, options.callers, SETTLE_SECONDS, window),
                        Scenario.closed(Parts.SUSTAINED, options.callers, SETTLE_SECONDS, options.sustainedSeconds()),
                        Scenario.open(
                                Parts.RATE, options.rate, options.callers, IN_FLIGHT, SETTLE_SECONDS, 2 * window))));
    }

    /** Four agencies asked in parallel, their answers consolidated. */
    List<LoadJob> composite() {
        double window = options.windowSeconds();
        double warmUp = COMPOSITE_WARM_UPS * options.warmUpCpuSeconds();
        return List.of(new LoadJob(
                Parts.COMPOSITE,
                "composite",
                Map.of(),
                options.callers,
                warmUp,
                warmUp * WARM_UP_PATIENCE + 1,
                List.of(
                        Scenario.closed(Parts.FEW, FEW_CALLERS, SETTLE_SECONDS, window),
                        Scenario.closed(Parts.MANY, options.callers, SETTLE_SECONDS, 2 * window))));
    }

    /**
     * The exchange with keys in memory and with slow keys: as issuers of short-term certificates, and for each message. The
     * first two take turns, so that a machine that gets busier or quieter meanwhile favours neither.
     */
    List<LoadJob> slowKeys() {
        double window = options.windowSeconds();
        List<LoadJob> jobs = new ArrayList<>();
        for (SigningMode mode :
                List.of(SigningMode.SOFTWARE, SigningMode.SHORT_TERM, SigningMode.SHORT_TERM, SigningMode.SOFTWARE)) {
            jobs.add(job(
                    Parts.SLOW_KEYS,
                    mode.workload(),
                    Map.of(),
                    List.of(Scenario.closed(Parts.MANY, options.callers, SETTLE_SECONDS, window))));
        }
        // It mostly waits for its turn: no warm-up of CPU seconds would end.
        jobs.add(new LoadJob(
                Parts.SLOW_KEYS,
                SigningMode.EVERY_MESSAGE.workload(),
                Map.of(),
                FEW_CALLERS,
                0,
                1,
                List.of(Scenario.closed(Parts.MANY, FEW_CALLERS, SETTLE_SECONDS, window))));
        return jobs;
    }

    /** What a team would pick instead, the floor, and the product as they are measured. */
    List<LoadJob> peers() {
        List<LoadJob> jobs = new ArrayList<>();
        for (String peer : Catalogue.peers()) {
            jobs.add(compared(peer));
        }
        jobs.add(compared("exchange"));
        return jobs;
    }

    /** The physical limits, the peers, and the product. */
    List<LoadJob> comparison() {
        List<LoadJob> jobs = new ArrayList<>(limits());
        jobs.addAll(peers());
        return jobs;
    }

    /** Everything; the product is measured alike with its peers first, while the machine is the same for all. */
    List<LoadJob> all() {
        List<LoadJob> jobs = new ArrayList<>(comparison());
        jobs.addAll(exchange());
        jobs.addAll(composite());
        jobs.addAll(slowKeys());
        jobs.addAll(curves());
        return jobs;
    }

    /** One workload, as its parameters say: in phases of its own where it has some, else by as many callers as the options say. */
    LoadJob workload(String name, Map<String, String> parameters) {
        if (BurstWorkload.NAME.equals(name)) {
            return job(name, name, parameters, BurstWorkload.phases(options.windowSeconds()));
        }
        return job(
                name,
                name,
                parameters,
                List.of(Scenario.closed(Parts.MANY, options.callers, SETTLE_SECONDS, options.windowSeconds())));
    }

    /** One of those that are compared: all in the same way. */
    LoadJob compared(String workload) {
        double window = Math.max(1, options.windowSeconds() * COMPARED_WINDOW_SHARE);
        return job(
                Parts.PEERS,
                workload,
                Map.of(),
                List.of(
                        Scenario.closed(Parts.FEW, FEW_CALLERS, SETTLE_SECONDS, window),
                        Scenario.closed(Parts.MANY, options.callers, SETTLE_SECONDS, window)));
    }

    /** What no exchange can do without, each by itself. */
    List<LoadJob> limits() {
        List<LoadJob> jobs = new ArrayList<>();
        for (String limit : Catalogue.limits()) {
            jobs.add(limit(limit));
        }
        return jobs;
    }

    private LoadJob limit(String workload) {
        double window = Math.max(1, options.windowSeconds() * LIMIT_WINDOW_SHARE);
        double warmUp = options.warmUpCpuSeconds() * LIMIT_WARM_UP_SHARE;
        int cores = Runtime.getRuntime().availableProcessors();
        return new LoadJob(
                Parts.LIMITS,
                workload,
                Map.of(),
                cores,
                warmUp,
                Math.max(1, warmUp),
                List.of(
                        Scenario.closed(Parts.ALONE, 1, SHORT_SETTLE_SECONDS, window),
                        Scenario.closed(Parts.FEW, FEW_CALLERS, SHORT_SETTLE_SECONDS, window)));
    }

    /** What the guard compares: the product, the floor, and raw crypto. */
    List<LoadJob> guard() {
        List<LoadJob> jobs = new ArrayList<>(limits());
        Catalogue.peers().stream().filter("floor"::equals).forEach(floor -> jobs.add(compared(floor)));
        jobs.add(compared("exchange"));
        return jobs;
    }

    /** The product over everything that may grow. */
    List<LoadJob> curves() {
        List<LoadJob> jobs = new ArrayList<>();
        for (int octets : options.quick ? List.of(1_024, 65_536) : Parts.PAYLOAD_OCTETS) {
            int callers = octets >= HUGE_OCTETS ? 2 : octets >= LARGE_OCTETS ? 4 : FEW_CALLERS;
            jobs.add(point(Parts.CURVE_PAYLOAD, "payloadOctets", octets, callers));
        }
        for (int octets : options.quick ? List.of(1_024, 1_048_576) : Parts.DOCUMENT_OCTETS) {
            jobs.add(document(octets));
        }
        jobs.add(callersCurve());
        for (int leaves : logLeaves()) {
            jobs.add(logSize(leaves));
            jobs.add(point(Parts.CURVE_LOG, LOG_LEAVES, leaves, FEW_CALLERS));
        }
        for (int agreements : options.quick ? List.of(10, 10_000) : Parts.AGREEMENTS) {
            jobs.add(point(Parts.CURVE_AGREEMENTS, "agreements", agreements, FEW_CALLERS));
        }
        for (int members : options.quick ? List.of(5, 500) : Parts.MEMBERS) {
            jobs.add(point(Parts.CURVE_MEMBERS, "members", members, FEW_CALLERS));
        }
        return jobs;
    }

    private List<Integer> logLeaves() {
        List<Integer> points = new ArrayList<>(options.quick ? List.of(0, 100_000) : Parts.LOG_LEAVES);
        points.removeIf(leaves -> leaves > options.leaves);
        if (!points.contains(options.leaves) && !options.quick) {
            points.add(options.leaves);
        }
        return points;
    }

    private LoadJob logSize(int leaves) {
        String value = Integer.toString(leaves);
        return curve(
                Parts.LOG_SIZE,
                "log-append",
                Map.of(LOG_LEAVES, value),
                List.of(Scenario.closed(value, FEW_CALLERS, SHORT_SETTLE_SECONDS, curveWindow())));
    }

    private LoadJob callersCurve() {
        List<Scenario> scenarios = new ArrayList<>();
        for (int callers : options.quick ? List.of(1, 16, 256) : Parts.CALLERS) {
            scenarios.add(Scenario.closed(Integer.toString(callers), callers, SHORT_SETTLE_SECONDS, curveWindow()));
        }
        return curve(Parts.CURVE_CALLERS, Map.of(), scenarios);
    }

    private LoadJob point(String curve, String parameter, int x, int callers) {
        String value = Integer.toString(x);
        return curve(
                curve,
                Map.of(parameter, value),
                List.of(Scenario.closed(value, callers, SHORT_SETTLE_SECONDS, curveWindow())));
    }

    private LoadJob document(int octets) {
        String value = Integer.toString(octets);
        return curve(
                Parts.CURVE_DOCUMENT,
                "document",
                Map.of("documentOctets", value),
                List.of(Scenario.closed(value, DOCUMENT_CALLERS, SHORT_SETTLE_SECONDS, curveWindow())));
    }

    private double curveWindow() {
        return Math.max(1, options.windowSeconds() * CURVE_WINDOW_SHARE);
    }

    /** Points of a curve are compared with each other, all after the same shorter warm-up. */
    private LoadJob curve(String curve, Map<String, String> parameters, List<Scenario> scenarios) {
        return curve(curve, "exchange", parameters, scenarios);
    }

    private LoadJob curve(String curve, String workload, Map<String, String> parameters, List<Scenario> scenarios) {
        double warmUp = options.warmUpCpuSeconds() * CURVE_WARM_UP_SHARE;
        int callers = Math.min(FEW_CALLERS, scenarios.get(scenarios.size() - 1).callers());
        return new LoadJob(curve, workload, parameters, callers, warmUp, 2 * warmUp + 1, scenarios);
    }

    private LoadJob job(String group, String workload, Map<String, String> parameters, List<Scenario> scenarios) {
        double warmUp = options.warmUpCpuSeconds();
        return new LoadJob(
                group, workload, parameters, options.callers, warmUp, warmUp * WARM_UP_PATIENCE + 1, scenarios);
    }
}
