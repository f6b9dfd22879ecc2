package org.wasl.node.statistics;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.security.container.AsicContainerVerifier;

/**
 * Counts the requests for composite services as the log grows: each leaf is looked at once, in the background, page by
 * page. Nobody who asks for the counts makes it read anything.
 */
public final class RequestCounter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RequestCounter.class);
    private static final int PAGE = 1_000;
    private static final long CLOSE_SECONDS = 5;

    private final LogStore log;
    private final RequestLeaves leaves;
    private final TallyFile file;
    private final Clock clock;
    private final Tally tally = new Tally();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "wasl-statistics");
        thread.setDaemon(true);
        return thread;
    });
    private volatile CountedRequests counted;
    private volatile Unfinished unfinished = new Unfinished(List.of(), List.of());
    private volatile boolean closing;

    // Of the counting thread.
    private boolean begun;
    private long next;
    private String last = "";
    private long kept;

    private RequestCounter(LogStore log, RequestLeaves leaves, TallyFile file, Clock clock) {
        this.log = log;
        this.leaves = leaves;
        this.file = file;
        this.clock = clock;
        this.counted =
                new CountedRequests(Collections.emptySortedMap(), Collections.emptySortedMap(), clock.instant(), false);
    }

    /**
     * A counter that has begun to count.
     *
     * @param opener opens containers
     * @param services the composite services' identifiers
     * @param file where counts are kept between two runs
     * @param interval how often the log's new leaves are counted
     */
    public static RequestCounter start(
            LogStore log,
            AsicContainerVerifier opener,
            Set<String> services,
            Path file,
            Duration interval,
            Clock clock) {
        RequestCounter counter =
                new RequestCounter(log, new RequestLeaves(log, opener, services), new TallyFile(file), clock);
        counter.looks.scheduleWithFixedDelay(counter::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        return counter;
    }

    /** The counts as they stand. */
    public CountedRequests counted() {
        return counted;
    }

    /** What waits for an operator. */
    public Unfinished unfinished() {
        return unfinished;
    }

    private void look() {
        try {
            if (!begun) {
                begin();
                begun = true;
            }
            Optional<FoundLeaf> page = leaves.count(next, PAGE, tally);
            while (page.isPresent()) {
                next = page.get().index() + 1;
                last = HexFormat.of().formatHex(page.get().leafHash());
                if (closing) {
                    return;
                }
                page = leaves.count(next, PAGE, tally);
            }
            unfinished = tally.unfinished();
            counted = new CountedRequests(
                    tally.cells(), tally.ratings(), clock.instant().truncatedTo(ChronoUnit.SECONDS), true);
            keep();
        } catch (LogStoreException | IOException unavailable) {
            LOG.warn("requests cannot be counted now", unavailable);
        } catch (RuntimeException e) {
            // An exception would end the schedule, and with it all counting.
            LOG.error("counting requests failed", e);
        }
    }

    /** Goes on where the last run ended, when this is still its log. */
    private void begin() throws LogStoreException, IOException {
        Optional<TallyFile.Kept> earlier = file.read();
        if (earlier.isEmpty() || !earlier.get().log().equals(log.logId())) {
            return;
        }
        TallyFile.Kept from = earlier.get();
        boolean same = from.leaves() > 0
                && log.row(from.leaves() - 1)
                        .filter(row -> HexFormat.of().formatHex(row.leafHash()).equals(from.last()))
                        .isPresent();
        if (same) {
            TallyFile.restore(from, tally);
            next = from.leaves();
            last = from.last();
            kept = next;
        } else {
            LOG.warn("the log is not the one that was counted, requests are counted again");
        }
    }

    private void keep() throws IOException {
        if (next > kept) {
            file.write(log.logId(), next, last, tally);
            kept = next;
        }
    }

    @Override
    public void close() {
        closing = true;
        looks.shutdown();
        try {
            if (!looks.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                looks.shutdownNow();
            }
        } catch (InterruptedException e) {
            looks.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
