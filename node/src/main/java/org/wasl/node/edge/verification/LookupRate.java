package org.wasl.node.edge.verification;

import java.time.Clock;
import java.time.Duration;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;

/** How many look-ups the node answers a minute, whoever asks: they are for everybody, and each reads the log. */
public final class LookupRate {

    private static final long WINDOW_MILLIS = Duration.ofMinutes(1).toMillis();

    private final int perMinute;
    private final Clock clock;
    private long window = Long.MIN_VALUE;
    private int taken;

    /** @param perMinute how many at most */
    public LookupRate(int perMinute, Clock clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /** Takes one; refused when this minute has none left. */
    synchronized void take() {
        long now = clock.millis() / WINDOW_MILLIS;
        if (now != window) {
            window = now;
            taken = 0;
        }
        if (taken >= perMinute) {
            throw new RefusedException(FaultCode.OVERLOADED, "As many codes as a minute has room for were looked up.");
        }
        taken++;
    }
}
