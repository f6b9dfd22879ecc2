package org.wasl.node.configuration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.certificate.RevocationLists;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Expiring;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;

/**
 * Looks at the registry's certificates in the background: asks for the status of those in use before a message needs it,
 * and warns of what is about to end.
 */
final class CertificateWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration PREPARING = Duration.ofSeconds(30);
    private static final int MAX_PREPARED = 1_000;

    private final CurrentRegistry registry;
    private final CertificatePath path;
    private final RevocationLists lists;
    private final Duration warnBefore;
    private final Clock clock;
    private final Set<Expiring> warned = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "wasl-certificates");
        thread.setDaemon(true);
        return thread;
    });
    private long prepared;
    private volatile List<Expiring> expiring = List.of();

    /** @param warnBefore how long before its end a thing is warned of */
    CertificateWatch(
            CurrentRegistry registry, CertificatePath path, RevocationLists lists, Duration warnBefore, Clock clock) {
        this.registry = registry;
        this.path = path;
        this.lists = lists;
        this.warnBefore = warnBefore;
        this.clock = clock;
        looks.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What ends soon, soonest first. */
    List<Expiring> expiring() {
        return expiring;
    }

    /** What ends within this time, soonest first. */
    List<Expiring> within(Duration time) {
        return Expiring.within(time, registry.get(), lists.lists(), clock.instant());
    }

    private void look() {
        try {
            Registry current = registry.get();
            if (current.version() != prepared && prepare(current)) {
                prepared = current.version();
            }
            expiring = Expiring.within(warnBefore, current, lists.lists(), clock.instant());
            warned.retainAll(Set.copyOf(expiring));
            for (Expiring soon : expiring) {
                if (warned.add(soon)) {
                    LOG.warn("{} {} ends at {}", soon.kind(), soon.name(), soon.ends());
                }
            }
        } catch (RuntimeException e) {
            // An exception would end the schedule, and with it every later warning.
            LOG.error("looking at the certificates failed", e);
        }
    }

    /**
     * Whether everything was answered; else it is asked again at the next look. Whoever relies on a certificate asks for
     * himself, and finds the answer at hand.
     */
    private boolean prepare(Registry current) {
        Instant now = clock.instant();
        long begun = System.nanoTime();
        int asked = 0;
        boolean answered = true;
        for (Member member : current.members()) {
            for (RegisteredCertificate entry : member.certificates()) {
                boolean inUse = !now.isBefore(entry.validFrom()) && now.isBefore(entry.validTo());
                boolean inTime = System.nanoTime() - begun < PREPARING.toNanos();
                if (inUse && inTime && asked < MAX_PREPARED) {
                    asked++;
                    answered &= path.refusal(current, member.id(), entry.use(), entry.certificate(), now)
                            .filter(fault -> fault.code() == FaultCode.CERTIFICATE_STATUS_UNKNOWN)
                            .isEmpty();
                }
            }
        }
        return answered;
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
