package org.wasl.messagelog.store;

import static org.wasl.messagelog.Entries.COMPOSER;
import static org.wasl.messagelog.Entries.REGISTRY;
import static org.wasl.messagelog.Entries.WEB;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.Entries;
import org.wasl.messagelog.LogEntry;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.MessageKind;

/** Requests, answers before and after them, answers of others, refusals and repetitions, as chance has it. */
final class RandomEntries {

    private static final List<SubsystemId> SUBSYSTEMS = List.of(WEB, COMPOSER, REGISTRY);

    private final Random random;
    private final List<UUID> ids = new ArrayList<>();

    RandomEntries(long seed) {
        this.random = new Random(seed);
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    LogEntry next() {
        if (ids.isEmpty() || random.nextInt(3) == 0) {
            ids.add(new UUID(random.nextLong(), random.nextLong()));
        }
        // Mostly what was met lately: so that answers meet their requests.
        UUID about = ids.get(Math.max(0, ids.size() - 1 - random.nextInt(8)));
        boolean asks = random.nextBoolean();
        SubsystemId provider = random.nextInt(4) == 0 ? WEB : any(List.of(REGISTRY, COMPOSER));
        LogEntry entry = Entries.message(
                any(SUBSYSTEMS).member(),
                random.nextBoolean() ? Direction.SENT : Direction.RECEIVED,
                asks ? about : new UUID(random.nextLong(), random.nextLong()),
                asks ? MessageKind.REQUEST : random.nextBoolean() ? MessageKind.REPLY : MessageKind.FAULT,
                asks ? any(List.of(WEB, COMPOSER)) : any(SUBSYSTEMS),
                WEB,
                provider,
                asks ? null : about);
        return random.nextInt(10) == 0 ? Entries.refused(entry, FaultCode.REQUEST_MALFORMED) : entry;
    }
}
