package org.wasl.node.edge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.wasl.node.edge.problem.Problem;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.RetryHint;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.agreement.QuotaCounter;
import org.wasl.security.registry.Quota;

/**
 * How often one caller may ask at this node's edges, whatever agreements allow: whoever asks more is refused before
 * anything is built, signed or sent, and told when to come again. Counted at this node; safe for many threads.
 */
public final class CallerRates {

    private final QuotaCounter counts = QuotaCounter.inProcess();
    private final Quota systems;
    private final Quota people;
    private final Clock clock;

    /**
     * @param systemsPerMinute how often one subsystem of an agency
     * @param peoplePerMinute how often one person
     */
    public CallerRates(int systemsPerMinute, int peoplePerMinute, Clock clock) {
        this.systems = Quota.perMinute(systemsPerMinute);
        this.people = Quota.perMinute(peoplePerMinute);
        this.clock = clock;
    }

    /**
     * Counts a request of an agency's system.
     *
     * @throws RefusedException when it has asked too often
     */
    public void count(SubsystemId client) {
        count("system " + client, systems);
    }

    /**
     * Counts a person's request.
     *
     * @param actorId the opaque id of who asks
     * @throws RefusedException when they have asked too often
     */
    public void count(String actorId) {
        count("person " + actorId, people);
    }

    private void count(String caller, Quota quota) {
        Instant now = clock.instant();
        if (!counts.take(caller, quota, now)) {
            Duration wait = counts.wait(caller, quota, now);
            throw new RefusedException(
                    Problem.atEdge(
                            FaultCode.QUOTA,
                            RetryHint.with(
                                    "more than " + quota.perMinute().orElseThrow() + " requests a minute", wait)),
                    null);
        }
    }
}
