package org.wasl.faults.fault;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.wasl.faults.check.Promise;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.faults.load.Flow;
import org.wasl.faults.site.SingleSite;

/** Far more requests than a node with little memory can hold, while a back-end is slow. */
final class Burst extends SingleFault {

    private static final int SENDERS = 400;
    private static final String SMALL_HEAP = "200m";

    private Map<String, Integer> ends = Map.of();
    private boolean survived;

    Burst() {
        super(
                "burst-small-heap",
                "a node with a heap of 200 MB gets ten thousand requests from 400 callers at once while traffic's back-end is slow",
                Promise.P7);
    }

    @Override
    void inject(Stage stage, SingleSite site) throws IOException, InterruptedException {
        site.stop();
        site.environment("WASL_HEAP", SMALL_HEAP);
        site.revive();
        site.backEnd("DVLD", "delayMillis", "500");
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        Map<String, Integer> seen = new TreeMap<>();
        try {
            List<Callable<Optional<Told>>> each = IntStream.range(0, stage.count(10_000, 600))
                    .<Callable<Optional<Told>>>mapToObj(i ->
                            () -> stage.load().askNow(stage.load().questions().next(Flow.VEHICLES)))
                    .toList();
            for (Future<Optional<Told>> told : senders.invokeAll(each)) {
                seen.merge(end(told.get()), 1, Integer::sum);
            }
        } catch (ExecutionException failed) {
            throw new IOException("a caller failed", failed.getCause());
        } finally {
            senders.shutdownNow();
        }
        survived = site.alive();
        ends = seen;
    }

    private static String end(Optional<Told> told) {
        return told.map(one -> one.fault().isEmpty() ? Integer.toString(one.status()) : one.fault())
                .orElse("silent");
    }

    @Override
    void heal(Stage stage, SingleSite site) throws IOException, InterruptedException {
        if (site.alive()) {
            site.stop();
        }
        site.environment("WASL_HEAP", "");
        site.revive();
    }

    @Override
    List<Observation> observe(Stage stage, SingleSite site) {
        return List.of(
                new Observation(Promise.P7, survived, "the node " + (survived ? "lived" : "died")),
                new Observation(
                        Promise.P7, !ends.containsKey("silent"), "each was answered or refused with a code: " + ends));
    }
}
