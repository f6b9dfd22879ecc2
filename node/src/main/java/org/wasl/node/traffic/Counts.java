package org.wasl.node.traffic;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.FaultCode;

/** What some exchanges came to. Every exchange is counted once as answered, refused or failed. Not safe for threads. */
public final class Counts {

    private final Map<FaultCode, Long> faults = new EnumMap<>(FaultCode.class);
    private final Durations durations = new Durations();
    private long asked;
    private long answered;
    private long deferred;
    private long refused;
    private long failed;
    private long promised;
    private long within;

    /**
     * Counts one more.
     *
     * @param fault what ended it; null when a reply did, or the announcement of one
     * @param later whether its answer was announced for later
     * @param level within what time the agency undertook to answer; null when it undertook nothing
     */
    void add(@Nullable FaultCode fault, boolean later, long millis, @Nullable Duration level) {
        asked++;
        Verdict verdict = fault == null ? Verdict.ANSWERED : Verdict.of(fault);
        if (fault != null) {
            faults.merge(fault, 1L, Long::sum);
        }
        switch (verdict) {
            case ANSWERED -> answered++;
            case REFUSED -> refused++;
            case FAILED -> failed++;
        }
        if (later) {
            deferred++;
        }
        if (verdict == Verdict.REFUSED) {
            return;
        }
        durations.add(millis);
        if (level != null) {
            promised++;
            if (verdict == Verdict.ANSWERED && millis <= level.toMillis()) {
                within++;
            }
        }
    }

    /** Counts what those counted too. */
    public void add(Counts other) {
        asked += other.asked;
        answered += other.answered;
        deferred += other.deferred;
        refused += other.refused;
        failed += other.failed;
        promised += other.promised;
        within += other.within;
        durations.add(other.durations);
        other.faults.forEach((fault, count) -> faults.merge(fault, count, Long::sum));
    }

    /** How many exchanges ended. */
    public long asked() {
        return asked;
    }

    /** How many of them the agency answered, even if it holds nothing or answers later. */
    public long answered() {
        return answered;
    }

    /** How many of those it announced for later. */
    public long deferred() {
        return deferred;
    }

    /** How many ended for a reason that lies with the asker. */
    public long refused() {
        return refused;
    }

    /** How many ended without an answer of use, for which the asker is not to blame. */
    public long failed() {
        return failed;
    }

    /** How many, answered or failed, were of a service whose agency undertook to answer within some time. */
    public long promised() {
        return promised;
    }

    /** How many of those were answered within it. */
    public long within() {
        return within;
    }

    /** How many ended by each fault. */
    public Map<FaultCode, Long> faults() {
        return Collections.unmodifiableMap(faults);
    }

    /**
     * The duration within which this share of the answered and failed ones ended, to a twelfth; zero when there is none.
     *
     * @param share from 0 to 1
     */
    public Duration within(double share) {
        return durations.within(share);
    }
}
