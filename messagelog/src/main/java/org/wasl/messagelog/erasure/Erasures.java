package org.wasl.messagelog.erasure;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.schemas.identifier.MemberId;

/**
 * Erases containers, their salts and what their subjects are found by. Each batch is announced in the log itself before
 * it is erased, so that an erasure can be told from a theft; the leaves stay, and with them every proof. One at a time.
 */
public final class Erasures {

    private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);

    /** So that one batch holds up appends for milliseconds only, and its record stays small. */
    private static final int BATCH = 500;

    private static final int PAGE = 1_000;

    private final GroupCommitMessageLog log;
    private final LogStore store;
    private final MemberId member;
    private final Clock clock;

    /**
     * @param log the log, for records and searches
     * @param store the store of that log
     * @param member on whose behalf erasures are recorded: whoever operates the log
     */
    public Erasures(GroupCommitMessageLog log, LogStore store, MemberId member, Clock clock) {
        this.log = log;
        this.store = store;
        this.member = member;
        this.clock = clock;
    }

    /**
     * Erases what is ordered. Interrupted half-way, it can be ordered again.
     *
     * @throws LogUnavailableException when the log cannot be written; what was not announced is not erased
     */
    public synchronized Erased erase(ErasureOrder order) {
        try {
            long containers = 0;
            int records = 0;
            if (order.selection() instanceof Selection.Expired expired) {
                long from = 0;
                List<Long> batch = store.erasable(expired.service(), expired.before(), from, BATCH);
                while (!batch.isEmpty()) {
                    containers += erase(order, batch);
                    records++;
                    from = batch.get(batch.size() - 1) + 1;
                    batch = store.erasable(expired.service(), expired.before(), from, BATCH);
                }
            } else {
                List<Long> all = selected(order.selection());
                for (int from = 0; from < all.size(); from += BATCH) {
                    containers += erase(order, all.subList(from, Math.min(all.size(), from + BATCH)));
                    records++;
                }
            }
            return new Erased(containers, records, records == 0 || scrubbed());
        } catch (LogStoreException e) {
            throw new LogUnavailableException("the message log cannot be read or written", e);
        }
    }

    private int erase(ErasureOrder order, List<Long> batch) throws LogStoreException {
        LogEntry announced = LogEntry.recorded(
                member,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                ErasureRecord.PURPOSE,
                order.actor(),
                null,
                ErasureRecord.of(order, batch).document());
        try {
            log.append(announced).join();
        } catch (CompletionException e) {
            throw new LogUnavailableException("the erasure cannot be recorded, so nothing is erased", e);
        }
        return store.erase(batch, clock.instant());
    }

    /** Whoever reads the log at this moment keeps the old pages alive: that is no reason to fail. */
    private boolean scrubbed() {
        try {
            store.scrub();
            return true;
        } catch (LogStoreException e) {
            LOG.warn("what was erased is still in the log's files until the next erasure", e);
            return false;
        }
    }

    private List<Long> selected(Selection selection) {
        Set<Long> leaves = new TreeSet<>();
        if (selection instanceof Selection.Request request) {
            addRequest(request.correlationId(), leaves);
        } else if (selection instanceof Selection.About about) {
            Map<String, Set<Long>> theirs = new LinkedHashMap<>();
            for (FoundLeaf found : all(LogQuery.all(), about.value())) {
                String correlationId = found.leaf().correlationId();
                if (correlationId != null) {
                    theirs.computeIfAbsent(correlationId, id -> new HashSet<>()).add(found.index());
                }
            }
            theirs.forEach((correlationId, indices) -> addAbout(correlationId, indices, leaves));
        }
        return List.copyOf(leaves);
    }

    /**
     * Adds what of this correlation id is about one subject: all of it when it is one request and its steps, which then
     * has the correlation id as its own. An agency's case may tie several people's requests together: then theirs and the
     * answers to them.
     */
    private void addAbout(String correlationId, Set<Long> theirs, Set<Long> leaves) {
        List<FoundLeaf> all = all(LogQuery.all().withCorrelationId(correlationId), null);
        boolean oneRequest =
                all.stream().anyMatch(found -> correlationId.equals(found.leaf().messageId()));
        Set<String> messages = all.stream()
                .filter(found -> theirs.contains(found.index()))
                .map(found -> String.valueOf(found.leaf().messageId()))
                .collect(Collectors.toSet());
        all.stream()
                .filter(found -> !found.erased())
                .filter(found -> oneRequest
                        || theirs.contains(found.index())
                        || messages.contains(String.valueOf(found.leaf().messageId()))
                        || messages.contains(String.valueOf(found.leaf().inReplyTo())))
                .forEach(found -> leaves.add(found.index()));
    }

    private void addRequest(String correlationId, Set<Long> leaves) {
        all(LogQuery.all().withCorrelationId(correlationId), null).stream()
                .filter(found -> !found.erased())
                .forEach(found -> leaves.add(found.index()));
    }

    private List<FoundLeaf> all(LogQuery query, @Nullable String subject) {
        List<FoundLeaf> all = new ArrayList<>();
        long before = Long.MAX_VALUE;
        List<FoundLeaf> page = log.search(query, subject, before, PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            before = page.get(page.size() - 1).index();
            page = log.search(query, subject, before, PAGE);
        }
        return all;
    }
}
