package org.wasl.faults.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.wasl.faults.check.Promise;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.faults.load.Flow;
import org.wasl.faults.load.Load;
import org.wasl.faults.site.SingleSite;

/** Far more requests than a node with little memory can hold, while a back-end is slow; a few among them are urgent. */
final class Burst extends SingleFault {

    private static final int SENDERS = 400;
    /** One of so many senders asks urgently, one thing after the other. */
    private static final int URGENT = 2;

    private static final String SMALL_HEAP = "256m";
    private static final Duration LONGEST = Duration.ofSeconds(75);
    private static final Duration END = Duration.ofMinutes(3);

    private final Map<String, Integer> ends = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> urgentEnds = new ConcurrentSkipListMap<>();
    private final List<Long> millis = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> urgentMillis = Collections.synchronizedList(new ArrayList<>());
    private int asked;
    private boolean survived;

    Burst() {
        super(
                "burst-small-heap",
                "a node with a heap of 256 MB gets up to a hundred thousand requests, as many as 400 callers bring in 75 seconds, while traffic's back-end is slow; two more callers are urgent",
                Promise.P7);
    }

    @Override
    void inject(Stage stage, SingleSite site) throws IOException, InterruptedException {
        ends.clear();
        urgentEnds.clear();
        millis.clear();
        urgentMillis.clear();
        site.stop();
        site.environment("WASL_HEAP", SMALL_HEAP);
        site.revive();
        site.backEnd("DVLD", "delayMillis", "500");
        long until = System.nanoTime() + LONGEST.toNanos();
        int most = stage.count(100_000, 600);
        AtomicInteger next = new AtomicInteger();
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS + URGENT);
        for (int i = 0; i < SENDERS; i++) {
            senders.execute(() -> {
                while (System.nanoTime() < until && next.getAndIncrement() < most) {
                    ask(stage.load(), Flow.VEHICLES, ends, millis);
                }
            });
        }
        for (int i = 0; i < URGENT; i++) {
            senders.execute(() -> {
                while (System.nanoTime() < until && next.get() < most) {
                    ask(stage.load(), Flow.URGENT_VEHICLES, urgentEnds, urgentMillis);
                }
            });
        }
        senders.shutdown();
        if (!senders.awaitTermination(LONGEST.plus(END).toSeconds(), TimeUnit.SECONDS)) {
            senders.shutdownNow();
            throw new IOException("callers of the burst still wait");
        }
        asked = Math.min(most, next.get());
        survived = site.alive();
    }

    private static void ask(Load load, Flow flow, Map<String, Integer> ends, List<Long> millis) {
        Optional<Told> told = load.askOnce(load.questions().next(flow));
        ends.merge(end(told), 1, Integer::sum);
        told.filter(Told::said).ifPresent(one -> millis.add(one.micros() / 1_000));
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
        int urgent = urgentEnds.values().stream().mapToInt(Integer::intValue).sum();
        return List.of(
                new Observation(Promise.P7, survived, "the node " + (survived ? "lived" : "died")),
                new Observation(
                        Promise.P7,
                        !ends.containsKey("silent") && !urgentEnds.containsKey("silent"),
                        asked + " requests: each was answered or refused with a code: " + ends),
                new Observation(
                        Promise.P7,
                        urgentMillis.size() == urgent && (millis.isEmpty() || median(urgentMillis) <= median(millis)),
                        urgent + " urgent ones meanwhile: " + urgentEnds + ", median " + median(urgentMillis)
                                + " ms, where the others that were taken in waited " + median(millis) + " ms"));
    }

    private static long median(List<Long> values) {
        List<Long> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.isEmpty() ? -1 : sorted.get(sorted.size() / 2);
    }
}
