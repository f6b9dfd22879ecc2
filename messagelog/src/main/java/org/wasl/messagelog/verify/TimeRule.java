package org.wasl.messagelog.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether the times of leaves can be, by what others' clocks said of the log: a leaf is no younger than the first dated
 * checkpoint that covers it, and no older than the last one before it; both with the tolerance that clocks have. Leaves
 * that wait for the next dated checkpoint are kept only where they are younger than all before, a bounded number of them.
 */
final class TimeRule {

    /** How far two clocks that are right may be apart. */
    private static final long SKEW_MILLIS = Duration.ofSeconds(60).toMillis();

    private static final int MAX_WAITING = 4_096;

    private final DamageList damages;

    /** Leaves since the last dated checkpoint, each younger than all before it. */
    private final List<Waiting> waiting = new ArrayList<>();

    /** Leaves whose key is compromised, by the instant from which it is, that no time-stamp covers yet. */
    private final Map<Instant, Unproven> unproven = new TreeMap<>();

    private long floorMillis = Long.MIN_VALUE;
    private long floorSize;

    private record Waiting(long index, long atMillis) {}

    private record Unproven(long first, long count) {

        Unproven more() {
            return new Unproven(first, count + 1);
        }
    }

    TimeRule(DamageList damages) {
        this.damages = damages;
    }

    /** The latest time, in milliseconds, that a leaf can have which is covered by something of this time. */
    static long latest(long millis) {
        return millis + SKEW_MILLIS;
    }

    /** The earliest time, in milliseconds, at which something can be that is called as old as this. */
    static long earliest(long millis) {
        return millis - SKEW_MILLIS;
    }

    /** Hears of a leaf. */
    void leaf(CheckedRow row) {
        if (floorMillis != Long.MIN_VALUE && row.atMillis() < floorMillis - SKEW_MILLIS) {
            damages.add(
                    DamageKind.TIME,
                    row.index(),
                    "the leaf's time is " + said(row.atMillis()) + ", but a checkpoint of " + floorSize
                            + " leaves, without it, is of " + said(floorMillis));
        }
        if (waiting.isEmpty()
                || row.atMillis() > waiting.get(waiting.size() - 1).atMillis()) {
            waiting.add(new Waiting(row.index(), row.atMillis()));
            if (waiting.size() == MAX_WAITING) {
                thin();
            }
        }
        Instant compromised = row.compromisedFrom();
        if (compromised != null) {
            unproven.merge(compromised, new Unproven(row.index(), 1), (known, more) -> known.more());
        }
    }

    /** What is younger than anything before it stays found; only which leaf was first is said less exactly. */
    private void thin() {
        List<Waiting> half = new ArrayList<>();
        for (int i = 1; i < waiting.size(); i += 2) {
            half.add(waiting.get(i));
        }
        waiting.clear();
        waiting.addAll(half);
    }

    /**
     * Hears that the tree of this size, which is the one so far, existed at the latest at this time.
     *
     * @param size its size
     * @param by the earliest of the times by which others dated it
     */
    void dated(long size, Instant by) {
        long millis = by.toEpochMilli();
        for (Waiting leaf : waiting) {
            if (leaf.atMillis() > latest(millis)) {
                damages.add(
                        DamageKind.TIME,
                        leaf.index(),
                        "the leaf's time is " + said(leaf.atMillis()) + ", but a checkpoint of " + size
                                + " leaves, with it, is of " + by);
                break;
            }
        }
        waiting.clear();
        if (floorMillis != Long.MIN_VALUE && millis < floorMillis - SKEW_MILLIS) {
            damages.add(
                    DamageKind.TIME,
                    floorSize,
                    "a checkpoint of " + size + " leaves is of " + by + ", but one of " + floorSize + " leaves of "
                            + said(floorMillis));
        }
        if (millis > floorMillis) {
            floorMillis = millis;
            floorSize = size;
        }
    }

    /** Hears that the tree so far was time-stamped at this time. */
    void stamped(Instant at) {
        unproven.forEach((compromised, leaves) -> {
            if (!at.isBefore(compromised)) {
                damages.add(unproven(compromised, leaves, "the first time-stamp that covers it is of " + at));
            }
        });
        unproven.clear();
    }

    void save(StateFields out) {
        out.put("floor", floorMillis);
        out.put("floor-size", floorSize);
        out.put(
                "waiting",
                waiting.stream()
                        .map(leaf -> leaf.index() + ":" + leaf.atMillis())
                        .toList());
        List<String> leaves = new ArrayList<>();
        unproven.forEach((compromised, those) ->
                leaves.add(those.first() + "/" + those.count() + "/" + compromised.toEpochMilli()));
        out.put("unproven", leaves);
    }

    void restore(StateFields in) {
        floorMillis = in.number("floor");
        floorSize = in.number("floor-size");
        for (String leaf : in.parts("waiting")) {
            String[] parts = leaf.split(":", 2);
            waiting.add(new Waiting(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
        }
        for (String leaves : in.parts("unproven")) {
            String[] parts = leaves.split("/", 3);
            unproven.put(
                    Instant.ofEpochMilli(Long.parseLong(parts[2])),
                    new Unproven(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
        }
    }

    /** Nothing more comes. */
    void finish() {
        unproven.forEach((compromised, leaves) ->
                damages.add(unproven(compromised, leaves, "no time-stamp shows that it is older")));
        unproven.clear();
    }

    private static Damage unproven(Instant compromised, Unproven leaves, String why) {
        String others = leaves.count() == 1 ? "" : " (and " + (leaves.count() - 1) + " more after it)";
        return new Damage(
                DamageKind.TIME,
                leaves.first(),
                "the container's key is compromised from " + compromised + " on, and " + why + others);
    }

    private static String said(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
