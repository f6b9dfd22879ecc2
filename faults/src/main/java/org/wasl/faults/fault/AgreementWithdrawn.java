package org.wasl.faults.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.wasl.faults.check.Promise;
import org.wasl.faults.ledger.Disclosure;
import org.wasl.faults.ledger.LedgerEntry;
import org.wasl.faults.ledger.LedgerEntry.Intended;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.faults.load.Flow;
import org.wasl.faults.site.SingleSite;
import org.wasl.faults.site.SiteException;

/** The court may not ask civil status any more, from one moment to the next. */
final class AgreementWithdrawn extends SingleFault {

    private static final Duration WITHDRAWN = Duration.ofSeconds(9);
    private static final int ASKED = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern AGREEMENT =
            Pattern.compile("(?s)(<agreement [^>]*id=\"case-person\"[^>]*validTo=\")[^\"]*");
    private static final String PAST = "2026-01-02T00:00:00.000Z";

    private String before = "";
    private long effective;
    private long restored;

    AgreementWithdrawn() {
        super(
                "agreement-withdrawn",
                "the agreement by which the court asks civil status ends by a new registry while requests are under way, and comes back",
                Promise.P4,
                Promise.P10);
    }

    @Override
    void inject(Stage stage, SingleSite site) throws IOException, InterruptedException {
        Path draft = draft(site);
        before = Files.readString(draft);
        String without = AGREEMENT.matcher(before).replaceFirst("$1" + PAST);
        if (without.equals(before)) {
            throw new SiteException("the draft has no agreement case-person");
        }
        publish(draft, without);
        stage.mark("withdrawn", "the registry's new version is published");
        await(stage, false);
        effective = stage.mark("effective", "the first request was refused");
        // However few others ask meanwhile, these do.
        for (int i = 0; i < ASKED; i++) {
            stage.load().askOnce(stage.load().questions().next(Flow.PERSON));
        }
        stage.pause(WITHDRAWN);
    }

    @Override
    void heal(Stage stage, SingleSite site) throws IOException, InterruptedException {
        site.revive();
        restored = System.currentTimeMillis();
        publish(draft(site), before);
        await(stage, true);
    }

    @Override
    List<Observation> observe(Stage stage, SingleSite site) throws IOException {
        Set<String> keys = new HashSet<>();
        Set<String> people = new HashSet<>();
        for (LedgerEntry entry : stage.since(effective)) {
            if (entry instanceof Intended intended
                    && intended.at() < restored
                    && Flow.PERSON.label().equals(intended.flow())) {
                keys.add(intended.key());
                people.add(intended.subject());
            }
        }
        List<Told> told = stage.told(effective, restored);
        long answered = told.stream()
                .filter(one -> keys.contains(one.key()) && one.answered())
                .count();
        long refused = told.stream()
                .filter(one -> keys.contains(one.key()) && !one.fault().isEmpty())
                .count();
        long read = 0;
        for (Path books : site.books()) {
            read += Disclosure.books(books).stream()
                    .filter(one -> "CSPD".equals(one.agency())
                            && one.what().startsWith("V_QAYD ")
                            && one.at() >= effective
                            && one.at() < restored
                            && one.subject().filter(people::contains).isPresent())
                    .count();
        }
        return List.of(new Observation(
                Promise.P4,
                answered == 0 && read == 0 && refused > 0,
                keys.size() + " requests without an agreement: " + refused + " refused, " + answered + " answered, "
                        + read + " read by the back-end"));
    }

    private static void await(Stage stage, boolean allowed) throws InterruptedException, SiteException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            Optional<Told> told = stage.load().askNow(stage.load().questions().next(Flow.PERSON));
            if (told.isPresent()
                    && (allowed ? told.get().answered() : told.get().status() == 403)) {
                return;
            }
            Thread.sleep(50);
        }
        throw new SiteException("the registry's new version is not in force after " + PATIENCE);
    }

    private static Path draft(SingleSite site) {
        return site.directory().authority().resolve("draft.xml");
    }

    private static void publish(Path draft, String text) throws IOException {
        Path next = draft.resolveSibling("draft.xml.next");
        Files.writeString(next, text);
        Files.move(next, draft, StandardCopyOption.ATOMIC_MOVE);
    }
}
