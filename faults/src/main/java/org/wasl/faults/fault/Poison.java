package org.wasl.faults.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.wasl.faults.site.Site;

/** Octets that nobody could make sense of, ten thousand times, at an agency's edge. */
final class Poison implements Fault {

    private static final int SENDERS = 4;
    private static final int PERCENT = 95;
    /** So many may meet something else that a busy machine does. */
    private static final long FEW = 3;

    private static final List<String> BODIES = List.of(
            "<",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
            "{\"nationalNumber\":[[[[[[[[1]]]]]]]]}",
            "\u0000\u0001\u0002",
            "<query xmlns=\"urn:wasl:envelope:1\"><nationalNumber>x</nationalNumber></query>",
            "<a>".repeat(2_000));

    private Map<Integer, Integer> statuses = Map.of();
    private long since;
    private long until;

    @Override
    public String name() {
        return "poison";
    }

    @Override
    public String describe() {
        return "ten thousand malformed requests at an agency's edge, while others ask as usual";
    }

    @Override
    public List<Promise> promises() {
        return List.of(Promise.P12);
    }

    @Override
    public Optional<String> missing(Site site) {
        return Optional.empty();
    }

    @Override
    public void inject(Stage stage) throws IOException, InterruptedException {
        since = System.currentTimeMillis();
        int count = stage.count(10_000, 150);
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        Map<Integer, Integer> seen = new TreeMap<>();
        try {
            List<Callable<Integer>> each = IntStream.range(0, count)
                    .<Callable<Integer>>mapToObj(i -> () -> stage.load()
                            .callers()
                            .poison(
                                    Flow.PERSON,
                                    i % 2 == 0 ? "/r1/JO/GOV/CSPD/registry/person-record" : "/r1/JO/%2e%2e/" + i,
                                    BODIES.get(i % BODIES.size()).getBytes(StandardCharsets.UTF_8)))
                    .toList();
            for (Future<Integer> status : senders.invokeAll(each)) {
                seen.merge(status.get(), 1, Integer::sum);
            }
        } catch (ExecutionException failed) {
            throw new IOException("a poisonous request was not answered", failed.getCause());
        } finally {
            senders.shutdownNow();
        }
        until = System.currentTimeMillis();
        statuses = seen;
    }

    @Override
    public void heal(Stage stage) {
        // Nothing is to be mended.
    }

    @Override
    public List<Observation> observe(Stage stage) throws IOException {
        List<Told> neighbours = stage.told(since, until);
        long well = neighbours.stream().filter(Told::said).count();
        boolean refused = statuses.keySet().stream().allMatch(status -> status >= 400 && status < 500);
        return List.of(
                new Observation(Promise.P12, refused, "poison was answered with statuses " + statuses),
                new Observation(
                        Promise.P12,
                        neighbours.size() - well <= FEW || well * 100 >= neighbours.size() * (long) PERCENT,
                        well + " of " + neighbours.size() + " others were answered meanwhile"));
    }
}
