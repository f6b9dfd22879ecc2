package org.wasl.security.keys;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.CurrentRegistry;

/**
 * The members' keys, with those members' messages signed by short-term keys whose own keys are slow: a hardware module then
 * signs a certificate every few hours, and not every message. What is not signing messages stays as it is. There is no
 * way back by itself: a member that is to sign by short-term keys and has none signs nothing.
 */
public final class ShortTermMemberKeys implements MemberKeys, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ShortTermMemberKeys.class);

    private final StoredMemberKeys stored;
    private final CurrentRegistry registry;
    private final Clock clock;
    private final Map<MemberId, ShortTermSeries> series = new HashMap<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "wasl-short-term-keys");
        thread.setDaemon(true);
        return thread;
    });

    private ShortTermMemberKeys(StoredMemberKeys stored, CurrentRegistry registry, ShortTermTerms terms, Clock clock) {
        this.stored = stored;
        this.registry = registry;
        this.clock = clock;
        for (MemberId member : terms.members()) {
            if (stored.members().contains(member)) {
                series.put(member, new ShortTermSeries(member, terms.life(), new ShortTermIssuer(clock)));
            }
        }
    }

    /**
     * Makes the first keys and begins to renew them. That one cannot be made is told, and tried again: the registry may
     * grant the right later.
     *
     * @param stored all keys that are kept somewhere; not closed with this
     * @param registry says who may issue, and for how long
     */
    public static ShortTermMemberKeys open(
            StoredMemberKeys stored, CurrentRegistry registry, ShortTermTerms terms, Clock clock) {
        ShortTermMemberKeys keys = new ShortTermMemberKeys(stored, registry, terms, clock);
        if (!keys.series.isEmpty()) {
            keys.look();
            long millis = terms.interval().toMillis();
            keys.scheduler.scheduleWithFixedDelay(keys::look, millis, millis, TimeUnit.MILLISECONDS);
        }
        return keys;
    }

    /** Looks at all of them now: renews those whose time it is. */
    public synchronized void look() {
        Instant now = clock.instant();
        series.forEach((member, one) -> {
            try {
                one.look(stored.issuingKeys(member), registry.get(), now);
            } catch (RuntimeException e) {
                // An exception would end the schedule, and with it every later renewal.
                LOG.error("the short-term key of {} could not be looked at", member, e);
            }
        });
    }

    /** How it stands with each, by member. */
    public List<ShortTermState> states() {
        Instant now = clock.instant();
        return series.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue().state(now))
                .toList();
    }

    @Override
    public Optional<SigningKey> messageKey(MemberId member) {
        ShortTermSeries own = series.get(member);
        if (own == null) {
            return stored.messageKey(member);
        }
        Optional<SigningKey> key = own.key();
        return key.isPresent() ? key : Optional.of(new NoKeyYet(member));
    }

    @Override
    public Optional<DecryptionKey> decryptionKey(String certificateDigest) {
        return stored.decryptionKey(certificateDigest);
    }

    @Override
    public Optional<CheckpointKey> checkpointKey(MemberId member) {
        return stored.checkpointKey(member);
    }

    @Override
    public List<CheckpointKey> checkpointKeys(MemberId member) {
        return stored.checkpointKeys(member);
    }

    @Override
    public Optional<CheckpointKey> witnessKey(MemberId member) {
        return stored.witnessKey(member);
    }

    @Override
    public Set<MemberId> members() {
        return stored.members();
    }

    @Override
    public synchronized void close() {
        scheduler.shutdownNow();
        series.values().forEach(ShortTermSeries::close);
    }
}
