package org.wasl.node.edge.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.leaf.Payload;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.OpenResult;

/**
 * The requests that officers made themselves, as their providers received them. That somebody is an officer only the
 * signed header says: it is read once for each of them. No payload is.
 */
final class OfficerRequests {

    private static final int CHUNK = 500;

    private final AuditedLog log;
    private final AsicContainerVerifier opener;
    private final Set<String> composers;

    /** @param composers the subsystems that ask on behalf of others, whose requests are parts of what somebody asked */
    OfficerRequests(AuditedLog log, AsicContainerVerifier opener, Set<String> composers) {
        this.log = log;
        this.opener = opener;
        this.composers = Set.copyOf(composers);
    }

    /**
     * What was found.
     *
     * @param byOfficer the requests of each, newest first, by their opaque ids
     * @param looked how many requests were looked at, whoever's
     * @param unknown how many actors' headers are not there any more
     * @param lookedBackTo before when nothing was looked at; empty when all of the period was
     */
    record Found(Map<String, List<FoundLeaf>> byOfficer, int looked, int unknown, Optional<Instant> lookedBackTo) {}

    Found find(@Nullable Instant from, @Nullable Instant to, int most) {
        LogQuery query = LogQuery.all()
                .withDirection(Direction.RECEIVED.name())
                .withKind(MessageKind.REQUEST.name())
                .between(from, to);
        Map<String, Optional<ActorKind>> kinds = new HashMap<>();
        Map<String, List<FoundLeaf>> byOfficer = new TreeMap<>();
        long before = Long.MAX_VALUE;
        int looked = 0;
        Optional<Instant> lookedBackTo = Optional.empty();
        List<FoundLeaf> chunk = log.search(query, null, before, CHUNK);
        while (!chunk.isEmpty()) {
            for (FoundLeaf leaf : chunk) {
                before = leaf.index();
                String actor = leaf.leaf().actor();
                if (actor != null
                        && !composers.contains(String.valueOf(leaf.leaf().consumer()))
                        && kinds.computeIfAbsent(actor, id -> kind(leaf))
                                .filter(kind -> kind == ActorKind.OFFICER)
                                .isPresent()) {
                    byOfficer.computeIfAbsent(actor, id -> new ArrayList<>()).add(leaf);
                }
            }
            looked += chunk.size();
            if (looked >= most) {
                lookedBackTo = Optional.of(
                        Instant.ofEpochMilli(chunk.get(chunk.size() - 1).leaf().atMillis()));
                break;
            }
            chunk = log.search(query, null, before, CHUNK);
        }
        int unknown = (int) kinds.values().stream().filter(Optional::isEmpty).count();
        return new Found(byOfficer, looked, unknown, lookedBackTo);
    }

    private Optional<ActorKind> kind(FoundLeaf leaf) {
        return log.row(leaf.index())
                .flatMap(row -> Optional.ofNullable(row.payload()))
                .map(Payload::container)
                .map(opener::open)
                .flatMap(result -> result instanceof OpenResult.Opened opened
                        ? Optional.of(opened.container().header().actor().kind())
                        : Optional.empty());
    }
}
