package org.wasl.node.edge.audit;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.messagelog.store.LogRow;
import org.wasl.security.container.MessageKind;

/**
 * The leaves of one request, of a composite one with all its steps: whatever has its correlation id. Containers are read
 * one at a time, since together they may be large.
 *
 * @param leaves in the order logged
 * @param complete whether these are all; of a case that is asked for again and again there may be more than are read
 */
record RequestHistory(List<FoundLeaf> leaves, boolean complete) {

    /** How many leaves are read at most: the newest. */
    static final int MAX_LEAVES = 300;

    static RequestHistory read(AuditedLog log, String correlationId) {
        List<FoundLeaf> found =
                log.search(LogQuery.all().withCorrelationId(correlationId), null, Long.MAX_VALUE, MAX_LEAVES + 1);
        boolean complete = found.size() <= MAX_LEAVES;
        List<FoundLeaf> newest = new ArrayList<>(complete ? found : found.subList(0, MAX_LEAVES));
        Collections.reverse(newest);
        if (newest.stream().anyMatch(SiteAuditedLog::isElsewhere)) {
            // Each log stands in its own order: between them, time tells.
            newest.sort(Comparator.comparingLong(leaf -> leaf.leaf().atMillis()));
        }
        return new RequestHistory(newest, complete);
    }

    /** The keyed hashes of the subjects, each once. */
    Collection<byte[]> subjects(AuditedLog log) {
        Map<ByteBuffer, byte[]> subjects = new LinkedHashMap<>();
        for (FoundLeaf leaf : leaves) {
            log.row(leaf.index()).map(LogRow::subjectHash).ifPresent(hash -> {
                subjects.putIfAbsent(ByteBuffer.wrap(hash), hash);
            });
        }
        return List.copyOf(subjects.values());
    }

    /** From when whoever it is about may know of it; empty when at once. Known of a look at it, they would know of it. */
    Optional<Instant> tellFrom(Embargoes embargoes) {
        return leaves.stream()
                .map(FoundLeaf::leaf)
                .filter(leaf ->
                        leaf.kind() == null || MessageKind.REQUEST.name().equals(leaf.kind()))
                .flatMap(leaf -> Stream.ofNullable(embargoes.until(leaf).orElse(null)))
                .max(Instant::compareTo);
    }
}
