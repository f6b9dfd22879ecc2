package org.wasl.bench.scale;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The plan at work: requests arrive by chance, each goes through the portal's machine and log, to its agencies in parallel
 * through a broker, their machine, log and back-end, and back. The same seed gives the same run.
 */
final class World {

    private static final double MICROS = 1e-6;
    private static final double MILLIS = 1e-3;

    /** How long a person waits at most. */
    static final double DEADLINE_SECONDS = 2;

    private final Plan plan;
    private final Assumptions assumed;
    private final Disturbance disturbance;
    private final SplittableRandom random;
    private final double seconds;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Stations.Cores[] portals;
    private final Stations.Log[] portalLogs;
    private final Stations.Cores[] brokers;
    private final Stations.Cores[][] agencies;
    private final Stations.Log[][] agencyLogs;
    private final double[] cumulative;
    private final List<Double> latencies = new ArrayList<>();
    private final double composing;
    private final double side;
    private final double hop;
    private long order;

    private World(Plan plan, Disturbance disturbance, double seconds, long seed) {
        this.plan = plan;
        this.assumed = plan.assumed();
        this.disturbance = disturbance;
        this.seconds = seconds;
        this.random = new SplittableRandom(seed);
        Costs costs = plan.costs();
        double factor = Plan.factor(assumed, costs);
        this.composing = costs.composing() * MICROS * factor;
        this.side = costs.side() * MICROS * factor;
        this.hop = costs.broker() * MICROS * assumed.unmeasured() / 2;
        this.portals = cores(standing(plan.portalNodes()), assumed.cores());
        this.portalLogs = logs(portals.length);
        this.brokers = cores(plan.brokerPairs(), assumed.cores());
        this.agencies = new Stations.Cores[assumed.agencies()][];
        this.agencyLogs = new Stations.Log[assumed.agencies()][];
        this.cumulative = new double[assumed.agencies()];
        double sum = 0;
        for (int rank = 0; rank < assumed.agencies(); rank++) {
            Plan.Machines machines = plan.agencies().get(rank);
            agencies[rank] = cores(standing(machines.nodes()), machines.cores());
            agencyLogs[rank] = logs(agencies[rank].length);
            sum += assumed.share(rank);
            cumulative[rank] = sum;
        }
    }

    /** Lets so many simulated seconds of arrivals go by, at this rate, and waits for the last answer. */
    static Outcome run(Plan plan, double perSecond, Disturbance disturbance, double seconds, long seed) {
        World world = new World(plan, disturbance, seconds, seed);
        world.arrivals(perSecond);
        world.events();
        return world.outcome();
    }

    private int standing(int nodes) {
        return Math.max(1, (int) Math.floor(nodes * disturbance.sites()));
    }

    private static Stations.Cores[] cores(int machines, int cores) {
        Stations.Cores[] stations = new Stations.Cores[machines];
        Arrays.setAll(stations, i -> new Stations.Cores(cores));
        return stations;
    }

    private Stations.Log[] logs(int machines) {
        Stations.Log[] logs = new Stations.Log[machines];
        double leaf = 1 / plan.costs().leavesPerSecond();
        Arrays.setAll(logs, i -> new Stations.Log(plan.costs().syncMilliseconds() * MILLIS, leaf));
        return logs;
    }

    private void arrivals(double perSecond) {
        if (disturbance.brokerSeconds() > 0) {
            at(seconds / 2, () -> {
                for (Stations.Cores broker : brokers) {
                    broker.closedUntil(seconds / 2 + disturbance.brokerSeconds());
                }
            });
        }
        double time = 0;
        int next = 0;
        while (true) {
            time += -StrictMath.log(1 - random.nextDouble()) / perSecond;
            if (time >= seconds) {
                return;
            }
            Request request = new Request(time, next++ % portals.length);
            at(time, request::begin);
        }
    }

    private void at(double time, Runnable step) {
        events.add(new Event(time, order++, step));
    }

    private void events() {
        Event event = events.poll();
        while (event != null) {
            event.step().run();
            event = events.poll();
        }
    }

    private int agency() {
        int found = Arrays.binarySearch(cumulative, random.nextDouble() * cumulative[cumulative.length - 1]);
        return Math.min(found < 0 ? -found - 1 : found, cumulative.length - 1);
    }

    private double backEnd(int agency) {
        double u = 1 - random.nextDouble();
        double v = random.nextDouble();
        double normal = StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v);
        double median = assumed.backEndMilliseconds() * MILLIS * (agency == 0 ? disturbance.slowAgency() : 1);
        return median * StrictMath.exp(assumed.backEndSpread() * normal);
    }

    private double network() {
        return assumed.networkMilliseconds() * MILLIS;
    }

    private Outcome outcome() {
        double[] sorted =
                latencies.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        long answered = Arrays.stream(sorted).filter(l -> l <= DEADLINE_SECONDS).count();
        return new Outcome(
                answered,
                sorted.length - answered,
                percentile(sorted, 0.5),
                percentile(sorted, 0.99),
                most(portals),
                most(portalLogs),
                most(brokers),
                Arrays.stream(agencies).mapToDouble(this::most).max().orElse(0),
                Arrays.stream(agencyLogs).mapToDouble(this::most).max().orElse(0));
    }

    private double most(Stations.Cores... machines) {
        return Arrays.stream(machines)
                .mapToDouble(machine -> machine.use(seconds))
                .max()
                .orElse(0);
    }

    private double most(Stations.Log... logs) {
        return Arrays.stream(logs).mapToDouble(log -> log.use(seconds)).max().orElse(0);
    }

    private static @Nullable Double percentile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return null;
        }
        double value = sorted[(int) Math.ceil(share * sorted.length) - 1];
        return value > DEADLINE_SECONDS ? null : value / MILLIS;
    }

    /** Something happens; at the same time, in the order in which it was decided. */
    private record Event(double time, long order, Runnable step) implements Comparable<Event> {

        @Override
        public int compareTo(Event other) {
            int byTime = Double.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** One request on its way. Each step says when it is done; nothing is asked before its time has come. */
    private final class Request {

        private final double came;
        private final int portal;
        private int open;

        Request(double came, int portal) {
            this.came = came;
            this.portal = portal;
            this.open = assumed.fanOut();
        }

        void begin() {
            then(portals[portal].take(came, composing / 2), now -> then(portalLogs[portal].append(now, 2), this::ask));
        }

        private void then(double time, Step step) {
            at(time, () -> step.at(time));
        }

        private void ask(double now) {
            for (int i = 0; i < assumed.fanOut(); i++) {
                int agency = agency();
                int node = random.nextInt(agencies[agency].length);
                Stations.Cores broker = brokers[agency % brokers.length];
                then(
                        portals[portal].take(now, side / 2),
                        signed -> then(
                                portalLogs[portal].append(signed, 1),
                                sent -> then(
                                        sent + network(),
                                        there -> then(
                                                broker.take(there, hop),
                                                passed -> then(
                                                        passed + network(),
                                                        arrived -> serve(arrived, agency, node, broker))))));
            }
        }

        private void serve(double now, int agency, int node, Stations.Cores broker) {
            Stations.Cores machine = agencies[agency][node];
            Stations.Log log = agencyLogs[agency][node];
            then(
                    machine.take(now, side / 2),
                    checked -> then(
                            log.append(checked, 1),
                            logged -> then(
                                    logged + backEnd(agency),
                                    fetched -> then(
                                            machine.take(fetched, side / 2),
                                            signed -> then(
                                                    log.append(signed, 1),
                                                    durable -> then(
                                                            durable + network(),
                                                            back -> then(
                                                                    broker.take(back, hop),
                                                                    passed -> then(
                                                                            passed + network(), this::answered))))))));
        }

        private void answered(double now) {
            then(
                    portals[portal].take(now, side / 2),
                    verified -> then(portalLogs[portal].append(verified, 1), this::one));
        }

        private void one(double now) {
            open--;
            if (open == 0) {
                then(
                        portals[portal].take(now, composing / 2),
                        signed -> then(portalLogs[portal].append(signed, 2), done -> latencies.add(done - came)));
            }
        }
    }

    @FunctionalInterface
    private interface Step {

        void at(double now);
    }
}
