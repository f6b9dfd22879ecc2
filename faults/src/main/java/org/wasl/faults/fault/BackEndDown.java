package org.wasl.faults.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wasl.faults.check.Promise;
import org.wasl.faults.ledger.LedgerEntry;
import org.wasl.faults.ledger.LedgerEntry.Sent;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.faults.site.Site;

/** One of the four back-ends does not run. */
final class BackEndDown implements Fault {

    private static final Duration DOWN = Duration.ofSeconds(15);
    private static final long UNDER_WAY_MILLIS = 500;
    private static final List<String> AGENCIES = List.of("CSPD", "DVLD", "PTAX", "MOJ");
    /** What a source may be called whose back-end runs no more: held answers are allowed where a service accepts their age. */
    private static final Set<String> HONEST = Set.of("UNAVAILABLE", "TIMED_OUT", "STALE", "REFUSED", "DEFERRED");

    private static final Map<String, Set<String>> STEPS = Map.of(
            "CSPD", Set.of("life-status", "identity"),
            "DVLD", Set.of("fines", "restrictions"),
            "PTAX", Set.of("property"),
            "MOJ", Set.of("attachments", "conviction-status"));

    private String agency = "";
    private long down;
    private long up;

    @Override
    public String name() {
        return "back-end-down";
    }

    @Override
    public String describe() {
        return "one of the four agencies' back-ends, chosen by the seed, is stopped under load, and started again";
    }

    @Override
    public List<Promise> promises() {
        return List.of(Promise.P6);
    }

    @Override
    public Optional<String> missing(Site site) {
        return Optional.empty();
    }

    @Override
    public void inject(Stage stage) throws IOException, InterruptedException {
        agency = AGENCIES.get(stage.random().nextInt(AGENCIES.size()));
        stage.site().backEnd(agency, "running", "false");
        down = stage.mark("down", agency);
        stage.pause(DOWN);
    }

    @Override
    public void heal(Stage stage) throws IOException, InterruptedException {
        stage.site().revive();
        up = System.currentTimeMillis();
        stage.site().backEnd(agency, "running", "true");
    }

    @Override
    public List<Observation> observe(Stage stage) throws IOException {
        Map<String, Long> sent = new HashMap<>();
        for (LedgerEntry entry : stage.since(down + UNDER_WAY_MILLIS)) {
            if (entry instanceof Sent one) {
                sent.put(one.key() + " " + one.attempt(), one.at());
            }
        }
        Map<String, Integer> statuses = new HashMap<>();
        Set<String> wrong = new HashSet<>();
        for (Told told : stage.told(down, up)) {
            if (told.attempt() == 1 && sent.containsKey(told.key() + " 1")) {
                told.sources().forEach((step, status) -> {
                    if (STEPS.getOrDefault(agency, Set.of()).contains(step)) {
                        statuses.merge(status, 1, Integer::sum);
                        if (!HONEST.contains(status)) {
                            wrong.add(told.key() + " " + step + " " + status);
                        }
                    }
                });
            }
        }
        return List.of(new Observation(
                Promise.P6,
                wrong.isEmpty(),
                agency + " was down: its sources are called " + statuses
                        + (wrong.isEmpty() ? "" : "; wrongly: " + wrong)));
    }
}
