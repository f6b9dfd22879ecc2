package org.wasl.node.edge.usage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.node.edge.audit.AuditTrail;
import org.wasl.node.edge.audit.AuditedLog;
import org.wasl.node.edge.audit.Embargoes;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.MessageKind;

/**
 * Finds in the log who used a person's data. A use is a request about them that reached its provider, whatever became of
 * it, one that was refused before it left, and what an auditor did about them. What they are not to be told of yet is
 * left out before anything is counted.
 */
final class PersonUses {

    private static final int CHUNK = 500;

    /** Steps of one composite request come together; whoever asks again much later under the same number asks anew. */
    private static final Duration TOGETHER = Duration.ofMinutes(10);

    private static final Set<String> AUDITS = Set.of(AuditTrail.SEARCH, AuditTrail.READ, AuditTrail.BREAK_GLASS);

    /** The same message come again: nobody was told anything. */
    private static final Set<String> REPEATED =
            Set.of(FaultCode.EXCHANGE_REPLAYED.wireCode(), FaultCode.EXCHANGE_ID_REUSED.wireCode());

    private final AuditedLog log;
    private final Embargoes embargoes;
    private final int entriesMax;
    private final Clock clock;

    PersonUses(AuditedLog log, Embargoes embargoes, int entriesMax, Clock clock) {
        this.log = log;
        this.embargoes = embargoes;
        this.entriesMax = entriesMax;
        this.clock = clock;
    }

    /**
     * The uses that a person is told of.
     *
     * @param uses newest first
     * @param lookedBackTo before when nothing was looked at; empty when everything was
     */
    record Found(List<Use> uses, Optional<Instant> lookedBackTo) {}

    Found find(String person, UsageRequest asked) {
        Instant now = clock.instant();
        List<Use> uses = new ArrayList<>();
        Map<String, FoundLeaf> requests = new LinkedHashMap<>();
        LogQuery query = LogQuery.all().between(asked.from(), asked.to());
        long before = Long.MAX_VALUE;
        int looked = 0;
        Optional<Instant> lookedBackTo = Optional.empty();
        List<FoundLeaf> chunk = log.search(query, person, before, CHUNK);
        while (!chunk.isEmpty()) {
            for (FoundLeaf leaf : chunk) {
                before = leaf.index();
                audited(leaf, now).ifPresent(uses::add);
                if (isToldEvent(leaf.leaf()) && told(leaf.leaf(), now)) {
                    uses.add(new Use.Told(leaf.index(), at(leaf), leaf.leaf()));
                }
                if (isRequest(leaf.leaf()) && told(leaf.leaf(), now)) {
                    // Older ones come later: of a request that was received and then refused, it was received. Where an
                    // earlier answer was used since none came, that is what became of it.
                    requests.merge(
                            request(leaf.leaf()) + " " + leaf.leaf().consumer(),
                            leaf,
                            (newer, older) -> isEarlierAnswer(newer.leaf()) ? newer : older);
                }
            }
            looked += chunk.size();
            if (looked >= entriesMax) {
                lookedBackTo = Optional.of(at(chunk.get(chunk.size() - 1)));
                break;
            }
            chunk = log.search(query, person, before, CHUNK);
        }
        uses.addAll(together(requests.values().stream()
                .sorted(Comparator.comparingLong(FoundLeaf::index))
                .toList()));
        uses.sort(Comparator.comparing(Use::at).thenComparing(Use::index).reversed());
        return new Found(uses, lookedBackTo);
    }

    private Optional<Use> audited(FoundLeaf found, Instant now) {
        Leaf leaf = found.leaf();
        String purpose = leaf.purpose();
        if (!Direction.RECORDED.name().equals(leaf.direction()) || purpose == null || !AUDITS.contains(purpose)) {
            return Optional.empty();
        }
        boolean told = log.row(found.index())
                .flatMap(AuditTrail::tellFrom)
                .map(from -> !now.isBefore(from))
                .orElse(true);
        return told ? Optional.of(new Use.Audited(found.index(), at(found), purpose)) : Optional.empty();
    }

    private static @Nullable String request(Leaf leaf) {
        return isEarlierAnswer(leaf) ? leaf.inReplyTo() : leaf.messageId();
    }

    /** Whether this records that an earlier answer was used, which its provider did not see. */
    static boolean isEarlierAnswer(Leaf leaf) {
        return Direction.RECORDED.name().equals(leaf.direction())
                && leaf.inReplyTo() != null
                && leaf.correlationId() != null
                && leaf.consumer() != null
                && leaf.provider() != null
                && leaf.service() != null
                && leaf.purpose() != null;
    }

    /**
     * Whether this is a request that reached its provider, or one that was refused where its subject was known, or the use
     * of an earlier answer to one.
     */
    private static boolean isRequest(Leaf leaf) {
        if (isEarlierAnswer(leaf)) {
            return true;
        }
        boolean request = leaf.kind() == null || MessageKind.REQUEST.name().equals(leaf.kind());
        boolean identified = leaf.messageId() != null
                && leaf.correlationId() != null
                && leaf.consumer() != null
                && leaf.provider() != null
                && leaf.service() != null
                && leaf.purpose() != null;
        if (!request || !identified) {
            return false;
        }
        boolean refused = Direction.REFUSED.name().equals(leaf.direction()) && !REPEATED.contains(leaf.fault());
        return refused || Direction.RECEIVED.name().equals(leaf.direction());
    }

    /** Whether this is an event as its publisher told it to another; that subscriber's own leaf would tell it twice. */
    private static boolean isToldEvent(Leaf leaf) {
        return MessageKind.EVENT.name().equals(leaf.kind())
                && Direction.SENT.name().equals(leaf.direction())
                && leaf.service() != null
                && leaf.purpose() != null
                && leaf.consumer() != null
                && !leaf.consumer().equals(leaf.provider());
    }

    private boolean told(Leaf request, Instant now) {
        return embargoes.until(request).map(until -> !now.isBefore(until)).orElse(true);
    }

    private static List<Use> together(List<FoundLeaf> requests) {
        Map<String, Use.Asked> open = new HashMap<>();
        List<Use> done = new ArrayList<>();
        for (FoundLeaf found : requests) {
            Leaf leaf = found.leaf();
            String member = SubsystemId.parse(Objects.requireNonNull(leaf.consumer()))
                    .member()
                    .toString();
            String key = String.join(" ", leaf.correlationId(), member, leaf.purpose());
            Use.Asked begun = open.get(key);
            if (begun != null && belongs(begun, found)) {
                open.put(key, begun.with(leaf));
            } else {
                Use.Asked fresh = new Use.Asked(found.index(), at(found), List.of(leaf));
                Use.Asked ended = open.put(key, fresh);
                if (ended != null) {
                    done.add(ended);
                }
            }
        }
        done.addAll(open.values());
        return done;
    }

    private static boolean belongs(Use.Asked begun, FoundLeaf found) {
        boolean again = begun.parts().stream()
                .anyMatch(part -> Objects.equals(part.service(), found.leaf().service()));
        return !again && !at(found).isAfter(begun.at().plus(TOGETHER));
    }

    private static Instant at(FoundLeaf found) {
        return Instant.ofEpochMilli(found.leaf().atMillis());
    }
}
