package org.wasl.faults.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wasl.faults.check.Promise;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.faults.load.Flow;
import org.wasl.faults.load.Load;
import org.wasl.faults.site.Site;

/** Runs one fault after the other under the load. */
public final class Runner {

    private static final Duration BEFORE = Duration.ofSeconds(4);
    private static final Duration AFTER = Duration.ofSeconds(4);
    private static final Duration RECOVERY = Duration.ofMinutes(3);
    private static final Duration AGAIN = Duration.ofMinutes(2);
    private static final int IN_A_ROW = 3;

    private final Site site;
    private final Load load;
    private final double rate;
    private final boolean quick;

    /** @param quick whether counts are small and times short */
    public Runner(Site site, Load load, double rate, boolean quick) {
        this.site = site;
        this.load = load;
        this.rate = rate;
        this.quick = quick;
    }

    /** Runs one. What the harness cannot do is said in the episode, and the site brought back. */
    public Episode run(Fault fault, long seed) throws IOException, InterruptedException {
        Stage stage = new Stage(site, load, seed, quick, rate, fault.name());
        long began = stage.mark("began", fault.describe());
        stage.pause(BEFORE);
        String failure = "";
        long injected = stage.mark(Stage.INJECTED, "");
        try {
            fault.inject(stage);
        } catch (IOException notDone) {
            failure = String.valueOf(notDone.getMessage());
        }
        long healed = stage.mark("healed", failure);
        try {
            fault.heal(stage);
        } catch (IOException notDone) {
            failure = failure + " " + notDone.getMessage();
        }
        try {
            site.revive();
        } catch (IOException notServing) {
            // No end of the run: what was asked until then is compared all the same.
            failure = failure + " " + notServing.getMessage();
        }
        long serves = System.currentTimeMillis();
        load.rate(rate);
        boolean answers = recover();
        long recovered = stage.mark("recovered", "");
        stage.pause(AFTER);
        load.askAgain(AGAIN, false);
        List<Observation> observations = new ArrayList<>(failure.isEmpty() ? fault.observe(stage) : List.of());
        if (!answers) {
            observations.add(new Observation(
                    Promise.P1, false, "nothing was answered for " + RECOVERY + " after the fault was mended"));
        }
        long ended = stage.mark("ended", "");
        return new Episode(
                fault.name(),
                fault.describe(),
                began,
                injected,
                healed,
                serves,
                recovered,
                ended,
                observations,
                failure.strip());
    }

    /** Until some requests were answered one after the other. */
    private boolean recover() throws InterruptedException {
        long until = System.nanoTime() + RECOVERY.toNanos();
        long before = load.answered();
        int row = 0;
        while (row < IN_A_ROW) {
            if (System.nanoTime() > until) {
                // Some were: a starved machine, which the times in the report show, and no broken promise.
                return load.answered() > before;
            }
            Optional<Told> told = load.askNow(load.questions().next(Flow.PERSON));
            row = told.filter(Told::answered).isPresent() ? row + 1 : 0;
            if (row == 0) {
                Thread.sleep(50);
            }
        }
        return true;
    }
}
