package org.wasl.faults.fault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.wasl.faults.check.Promise;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.faults.load.Question;
import org.wasl.faults.site.Site;

/** The same request again and again: at once, and after it was answered. */
final class DuplicateDelivery implements Fault {

    private static final int AT_ONCE = 4;

    private int differing;
    private int asked;

    @Override
    public String name() {
        return "duplicate-delivery";
    }

    @Override
    public String describe() {
        return "each of many requests is sent four times at once and once more when it was answered";
    }

    @Override
    public List<Promise> promises() {
        return List.of(Promise.P2);
    }

    @Override
    public Optional<String> missing(Site site) {
        return Optional.empty();
    }

    @Override
    public void inject(Stage stage) throws IOException, InterruptedException {
        asked = stage.count(100, 12);
        differing = 0;
        ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (int i = 0; i < asked; i++) {
                Question question = stage.load().questions().next();
                stage.load().intend(question);
                List<Callable<Optional<Told>>> same = new ArrayList<>();
                for (int j = 0; j < AT_ONCE; j++) {
                    same.add(() -> stage.load().repeat(question));
                }
                Set<String> digests = new HashSet<>();
                for (Future<Optional<Told>> told : senders.invokeAll(same)) {
                    told.get().filter(Told::answered).ifPresent(one -> digests.add(one.digest()));
                }
                stage.load().repeat(question).filter(Told::answered).ifPresent(one -> digests.add(one.digest()));
                differing += digests.size() > 1 ? 1 : 0;
            }
        } catch (ExecutionException failed) {
            throw new IOException("a sender failed", failed.getCause());
        } finally {
            senders.shutdownNow();
        }
    }

    @Override
    public void heal(Stage stage) {
        // Nothing was broken.
    }

    @Override
    public List<Observation> observe(Stage stage) {
        return List.of(new Observation(
                Promise.P2,
                differing == 0,
                asked + " requests sent five times each: " + differing + " were answered in different octets"));
    }
}
