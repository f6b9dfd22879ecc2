package org.wasl.faults.fault;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wasl.faults.check.Promise;
import org.wasl.faults.ledger.LedgerEntry.Intended;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.faults.load.Flow;
import org.wasl.faults.site.Site;

/** One back-end takes seconds for what took milliseconds: its requests pile up, the others' must not. */
final class BackEndSlow implements Fault {

    private static final Duration SLOW = Duration.ofSeconds(15);
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int PERCENT = 90;

    private long slow;
    private long quickAgain;

    @Override
    public String name() {
        return "back-end-slow";
    }

    @Override
    public String describe() {
        return "the traffic agency's back-end answers each request two seconds late, under load: a slow consumer";
    }

    @Override
    public List<Promise> promises() {
        return List.of(Promise.P7, Promise.P6);
    }

    @Override
    public Optional<String> missing(Site site) {
        return site.decides() ? Optional.empty() : Optional.of("the back-ends here cannot be slowed");
    }

    @Override
    public void inject(Stage stage) throws IOException, InterruptedException {
        stage.site().backEnd("DVLD", "delayMillis", "2000");
        slow = stage.mark("slow", "DVLD");
        stage.pause(SLOW);
    }

    @Override
    public void heal(Stage stage) throws IOException, InterruptedException {
        stage.site().revive();
        quickAgain = System.currentTimeMillis();
        stage.site().backEnd("DVLD", "delayMillis", "0");
    }

    @Override
    public List<Observation> observe(Stage stage) throws IOException {
        List<Told> told = stage.told(slow, quickAgain);
        Set<String> others = stage.since(0).stream()
                .filter(entry ->
                        entry instanceof Intended intended && Flow.ALIVE.label().equals(intended.flow()))
                .map(entry -> ((Intended) entry).key())
                .collect(toSet());
        List<Told> neighbours =
                told.stream().filter(one -> others.contains(one.key())).toList();
        long well = neighbours.stream().filter(Told::answered).count();
        long late = told.stream()
                .filter(one -> one.micros() > DEADLINE.toNanos() / 1_000)
                .count();
        return List.of(
                new Observation(
                        Promise.P7,
                        well * 100 >= neighbours.size() * (long) PERCENT,
                        well + " of " + neighbours.size() + " requests to civil status were answered meanwhile"),
                new Observation(Promise.P6, late == 0, late + " answers came after their longest deadline"));
    }
}
