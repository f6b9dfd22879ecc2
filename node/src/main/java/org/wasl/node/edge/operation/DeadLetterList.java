package org.wasl.node.edge.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.node.statistics.DeadLetter;
import org.wasl.node.statistics.RequestCounter;

/** The newest dead letters, as they stand in the log. */
public final class DeadLetterList {

    private static final Duration LATELY = Duration.ofDays(1);

    private final RequestCounter counter;
    private final LogStore log;

    public DeadLetterList(RequestCounter counter, LogStore log) {
        this.counter = counter;
        this.log = log;
    }

    /** One page: the newest before this leaf, at most so many. */
    List<FoundLeaf> before(long index, int limit) {
        List<FoundLeaf> page = new ArrayList<>();
        counter.unfinished().deadLetters().stream()
                .filter(leaf -> leaf < index)
                .limit(limit)
                .forEach(leaf -> leaf(leaf).ifPresent(page::add));
        return page;
    }

    /** The dead letter at this leaf; empty when there is none. */
    Optional<FoundLeaf> at(long index) {
        return leaf(index).filter(found -> DeadLetter.is(found.leaf()));
    }

    /** How many there were in the last day; a thousand at the most. */
    public int lately(Instant now) {
        List<Long> newestFirst = counter.unfinished().deadLetters();
        long from = now.minus(LATELY).toEpochMilli();
        int low = 0;
        int high = newestFirst.size();
        while (low < high) {
            int middle = (low + high) / 2;
            boolean recent = leaf(newestFirst.get(middle))
                    .map(FoundLeaf::leaf)
                    .map(Leaf::atMillis)
                    .filter(at -> at >= from)
                    .isPresent();
            if (recent) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Optional<FoundLeaf> leaf(long index) {
        List<FoundLeaf> found = new ArrayList<>();
        try {
            log.leaves(index, 1, found::add);
        } catch (LogStoreException unreadable) {
            throw new LogUnavailableException("the message log cannot be read", unreadable);
        }
        return found.stream().filter(leaf -> leaf.index() == index).findFirst();
    }
}
