package org.wasl.node.configuration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.erasure.Erased;
import org.wasl.messagelog.erasure.ErasureOrder;
import org.wasl.messagelog.erasure.Erasures;
import org.wasl.messagelog.erasure.Selection;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Service;
import org.wasl.security.registry.Subsystem;

/** Erases the containers of services whose retention, by the registry, is over. */
final class RetentionSchedule implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionSchedule.class);

    /** Who orders what nobody orders: no person. */
    private static final String ACTOR = "system:retention";

    private final Erasures erasures;
    private final CurrentRegistry registry;
    private final Clock clock;
    private final AtomicLong erased = new AtomicLong();
    private volatile boolean failing;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "wasl-retention");
        thread.setDaemon(true);
        return thread;
    });

    RetentionSchedule(Erasures erasures, CurrentRegistry registry, Duration interval, Clock clock) {
        this.erasures = erasures;
        this.registry = registry;
        this.clock = clock;
        looks.scheduleWithFixedDelay(this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How many containers were erased since the start. */
    long erased() {
        return erased.get();
    }

    /** Whether the last look failed. */
    boolean failing() {
        return failing;
    }

    private void look() {
        try {
            for (Member member : registry.get().members()) {
                for (Subsystem subsystem : member.subsystems()) {
                    subsystem.services().forEach(this::erase);
                }
            }
            failing = false;
        } catch (LogUnavailableException e) {
            failing = true;
            LOG.error("what need not be kept any more cannot be erased now", e);
        } catch (RuntimeException e) {
            failing = true;
            // An exception would end the schedule, and with it every later erasure.
            LOG.error("looking for what need not be kept any more failed", e);
        }
    }

    private void erase(Service service) {
        Duration retention = service.retention();
        if (retention == null) {
            return;
        }
        Instant before = clock.instant().minus(retention);
        Erased done = erasures.erase(new ErasureOrder(
                ACTOR,
                "the retention of " + retention + " is over",
                new Selection.Expired(service.id().toString(), before)));
        erased.addAndGet(done.containers());
        if (done.containers() > 0) {
            LOG.info("{} containers of {} were erased: their retention is over", done.containers(), service.id());
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
