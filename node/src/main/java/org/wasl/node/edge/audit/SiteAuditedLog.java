package org.wasl.node.edge.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.site.SiblingMessages;
import org.wasl.messagelog.site.Site;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.messagelog.store.LogReader;
import org.wasl.messagelog.store.LogRow;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.RecordedCheckpoint;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.certificate.RevocationEvidence;

/**
 * The logs of all nodes of a site as one, for searching and reading; what is recorded goes into this node's own. Leaves of
 * this node keep their index. Those of another have its place among the nodes, by name, above theirs
 * ({@value #PLACE_BITS} bits up), and come after this node's: newest first within each log.
 */
public final class SiteAuditedLog implements AuditedLog {

    static final int PLACE_BITS = 48;

    private static final long WITHIN = (1L << PLACE_BITS) - 1;
    private static final int MAX_CONTAINER_BYTES = 64 * 1024 * 1024;

    private final AuditedLog own;
    private final Site site;
    private final IndexKey key;

    /** @param key hides subjects; all nodes of a site have the same */
    public SiteAuditedLog(AuditedLog own, Site site, IndexKey key) {
        this.own = own;
        this.site = site;
        this.key = key;
    }

    /** The order in which searches give leaves: this node's first, then the others', the newest of each first. */
    public static Comparator<FoundLeaf> order() {
        return Comparator.comparingLong((FoundLeaf leaf) -> leaf.index() >>> PLACE_BITS)
                .thenComparing(FoundLeaf::index, Comparator.reverseOrder());
    }

    /** Whether a leaf is in another node's log. */
    static boolean isElsewhere(FoundLeaf leaf) {
        return place(leaf.index()) > 0;
    }

    /** The node, of several, in whose log a leaf is: 0 for this one. */
    private static int place(long index) {
        return Math.toIntExact(index >>> PLACE_BITS);
    }

    private Optional<LogReader> log(int place) {
        List<String> siblings = site.siblings();
        return place < 1 || place > siblings.size() ? Optional.empty() : site.log(siblings.get(place - 1));
    }

    @Override
    public UUID id() {
        return own.id();
    }

    @Override
    public long size() {
        return own.size();
    }

    @Override
    public boolean available() {
        return own.available();
    }

    @Override
    public List<FoundLeaf> search(LogQuery query, @Nullable String subject, long beforeIndex, int limit) {
        int place = place(beforeIndex);
        if (log(place).isEmpty()) {
            // All of this node's, if it is of no other.
            place = 0;
        }
        List<FoundLeaf> found = new ArrayList<>();
        if (place == 0) {
            found.addAll(own.search(query, subject, beforeIndex, limit));
            place = 1;
        } else {
            found.addAll(search(place, query, subject, beforeIndex & WITHIN, limit));
            place++;
        }
        for (; found.size() < limit && log(place).isPresent(); place++) {
            found.addAll(search(place, query, subject, WITHIN, limit - found.size()));
        }
        return found;
    }

    private List<FoundLeaf> search(int place, LogQuery query, @Nullable String subject, long before, int limit) {
        LogQuery asked = subject == null ? query : query.withSubjectHash(key.subjectHash(subject));
        return read(place, log -> log.search(asked, before, limit)).orElse(List.of()).stream()
                .map(leaf -> new FoundLeaf(
                        ((long) place << PLACE_BITS) | leaf.index(), leaf.leaf(), leaf.leafHash(), leaf.erased()))
                .toList();
    }

    @Override
    public Optional<LogRow> row(long index) {
        int place = place(index);
        if (place == 0) {
            return own.row(index);
        }
        return read(place, log -> {
                    Optional<LogRow> row = log.row(index & WITHIN);
                    return row.isEmpty() ? row : Optional.of(log.complete(row.get(), MAX_CONTAINER_BYTES));
                })
                .flatMap(row -> row);
    }

    @Override
    public Optional<StoredMessage> answer(MemberId member, Direction direction, UUID requestId) {
        return own.answer(member, direction, requestId).or(() -> SiblingMessages.of(site).stream()
                .flatMap(log -> log.answer(member, direction, requestId).stream())
                .findFirst());
    }

    @Override
    public Optional<RevocationEvidence> evidence(String digest) {
        Optional<RevocationEvidence> here = own.evidence(digest);
        for (int place = 1; here.isEmpty() && log(place).isPresent(); place++) {
            here = read(place, log -> log.evidence(digest)).flatMap(found -> found);
        }
        return here;
    }

    @Override
    public List<RecordedCheckpoint> checkpoints(long fromSize, int limit) {
        int place = place(fromSize);
        return place == 0
                ? own.checkpoints(fromSize, limit)
                : read(place, log -> log.checkpoints(fromSize & WITHIN, limit)).orElse(List.of());
    }

    @Override
    public void record(LogEntry entry) {
        own.record(entry);
    }

    @Override
    public void record(LogEntry entry, byte[] subjectHash) {
        own.record(entry, subjectHash);
    }

    /** Something asked of a log. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(LogReader log) throws LogStoreException;
    }

    private <T> Optional<T> read(int place, Question<T> question) {
        Optional<LogReader> log = log(place);
        if (log.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(question.ask(log.get()));
        } catch (LogStoreException e) {
            throw new LogUnavailableException("another node's log cannot be read", e);
        }
    }
}
