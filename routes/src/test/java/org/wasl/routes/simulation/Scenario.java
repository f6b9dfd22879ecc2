package org.wasl.routes.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;

/**
 * What is asked and what goes wrong in one run; the rest is up to the schedule's seed.
 *
 * @param schedule the seed of everything that is not written down here
 * @param alone whether one node speaks for all members, as on one machine
 * @param narrow whether tables are as small as they may be
 */
record Scenario(long schedule, boolean alone, boolean narrow, List<Ask> asks, List<Fault> faults) {

    /** What is asked of the back-ends. */
    enum Way {
        FOUND,
        NOT_FOUND,
        FAILED,
        /** A record that is not valid. */
        INVALID,
        /** The back-end throws, once. */
        BROKEN_ONCE,
        /** The back-end throws whenever it is asked. */
        BROKEN,
        /** The answer comes later. */
        LATER,
        /** It is announced for later and never comes. */
        NEVER,
    }

    /** What the asker does besides. */
    enum Then {
        NOTHING,
        /** Asks the same again, under the same id. */
        AGAIN,
        /** Asks something else under the same id. */
        OTHER,
        CANCEL,
        FIND
    }

    /**
     * One question.
     *
     * @param at when, in milliseconds
     * @param slow how long the back-ends take, in milliseconds
     * @param way how the first back-end answers
     * @param other how the second one of a composite service answers
     * @param after how long after it the asker does something besides, in milliseconds
     */
    record Ask(
            UUID id,
            int at,
            SubsystemId consumer,
            ServiceId service,
            int timeout,
            int slow,
            Way way,
            Way other,
            boolean allowed,
            Then then,
            int after) {

        boolean composite() {
            return service.equals(Federation.CLEARANCE);
        }

        /** The same, and nothing besides. */
        Ask plain(int slowness) {
            return new Ask(id, at, consumer, service, timeout, slowness, way, other, allowed, Then.NOTHING, after);
        }

        /** The same, of back-ends that answer at once. */
        Ask quick() {
            return new Ask(id, at, consumer, service, timeout, 0, way, other, allowed, then, after);
        }

        String number() {
            return String.format("%010d", Math.floorMod(id.getLeastSignificantBits(), 10_000_000_000L));
        }
    }

    /** What goes wrong. */
    enum Kind {
        /** A node is killed at that time. */
        KILL,
        /** A node is killed when it reaches so many points from then on. */
        KILL_AT_POINT,
        COMMIT_LOST,
        COMMIT_KEPT,
        LOG_FULL,
        LOG_SLOW,
        BROKER_FAILS,
        QUEUES_FULL,
        NETWORK_SLOW,
        LOSS,
        DOUBLES,
        CLOCK,
        WITHDRAWN,
        COMPROMISED,
        GATE,
        POISON,
        FORGED
    }

    /**
     * One fault.
     *
     * @param at when, in milliseconds
     * @param node which node, modulo how many there are
     * @param amount how much, how long or which
     */
    record Fault(Kind kind, int at, int node, int amount) {}

    Scenario {
        asks = List.copyOf(asks);
        faults = List.copyOf(faults);
    }

    boolean calm() {
        return faults.isEmpty();
    }

    /** What this seed stands for. */
    static Scenario of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long schedule = random.nextLong();
        boolean alone = random.nextInt(3) == 0;
        boolean narrow = random.nextInt(8) == 0;
        List<Ask> asks = new ArrayList<>();
        int many = narrow ? 3 + random.nextInt(4) : 1 + random.nextInt(3);
        for (int i = 0; i < many; i++) {
            asks.add(ask(random));
        }
        List<Fault> faults = new ArrayList<>();
        if (random.nextInt(5) > 0) {
            int wrong = 1 + random.nextInt(3);
            for (int i = 0; i < wrong; i++) {
                faults.add(fault(random));
            }
        }
        return new Scenario(schedule, alone, narrow, asks, faults);
    }

    private static Ask ask(SplittableRandom random) {
        boolean composite = random.nextInt(4) == 0;
        boolean life = random.nextBoolean();
        List<SubsystemId> askers =
                life ? List.of(Federation.WEB, Federation.COURT) : List.of(Federation.WEB, Federation.DESK);
        long high = random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x4000L;
        long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new Ask(
                new UUID(high, low),
                random.nextInt(1_500),
                composite ? Federation.WEB : askers.get(random.nextInt(2)),
                composite ? Federation.CLEARANCE : life ? Federation.LIFE : Federation.ATTACHMENTS,
                2_000 + random.nextInt(4_000),
                random.nextInt(3) == 0 ? random.nextInt(3_500) : random.nextInt(20),
                way(random),
                way(random),
                random.nextInt(12) > 0,
                random.nextInt(3) == 0 ? pick(random, Then.values()) : Then.NOTHING,
                random.nextInt(4_000));
    }

    private static Way way(SplittableRandom random) {
        return random.nextInt(5) < 2 ? Way.FOUND : pick(random, Way.values());
    }

    private static Fault fault(SplittableRandom random) {
        Kind kind = random.nextInt(3) == 0 ? Kind.KILL_AT_POINT : pick(random, Kind.values());
        int amount = kind == Kind.KILL_AT_POINT ? random.nextInt(24) : random.nextInt(3_000);
        return new Fault(kind, random.nextInt(2_500), random.nextInt(6), amount);
    }

    private static <T> T pick(SplittableRandom random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    Scenario with(long otherSchedule) {
        return new Scenario(otherSchedule, alone, narrow, asks, faults);
    }

    Scenario without(@Nullable Ask ask, @Nullable Fault fault) {
        List<Ask> fewerAsks = new ArrayList<>(asks);
        List<Fault> fewerFaults = new ArrayList<>(faults);
        fewerAsks.remove(ask);
        fewerFaults.remove(fault);
        return new Scenario(schedule, alone, narrow, fewerAsks, fewerFaults);
    }

    Scenario with(Ask before, Ask after) {
        List<Ask> others = new ArrayList<>(asks);
        others.set(others.indexOf(before), after);
        return new Scenario(schedule, alone, narrow, others, faults);
    }

    /** Everything, one line each. */
    String text() {
        StringBuilder text = new StringBuilder(alone ? "one node for all" : "a node for each member");
        text.append(narrow ? ", narrow tables" : "").append(", schedule ").append(schedule);
        asks.forEach(ask -> text.append("\n  ").append(ask));
        faults.forEach(fault -> text.append("\n  ").append(fault));
        return text.toString();
    }
}
