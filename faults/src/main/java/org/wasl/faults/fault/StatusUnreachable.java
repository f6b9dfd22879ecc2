package org.wasl.faults.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.wasl.faults.check.Promise;
import org.wasl.faults.ledger.LedgerEntry;
import org.wasl.faults.ledger.LedgerEntry.Intended;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.faults.load.Flow;
import org.wasl.faults.site.Launcher;
import org.wasl.faults.site.SingleSite;
import org.wasl.faults.site.SiteException;
import org.wasl.security.authority.TrustFiles;

/** Nobody can be asked any more whether certificates are revoked. */
final class StatusUnreachable extends SingleFault {

    private static final String REFUSED = "wasl.certificate.status-unknown";
    private static final Duration ALLOWANCE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration GONE = Duration.ofSeconds(6);

    private String port = "";
    private long gone;
    private long effective;
    private long back;

    StatusUnreachable() {
        super(
                "status-unreachable",
                "packets to the authorities' status service are dropped (iptables) until its last word counts no more, and longer",
                Promise.P10);
    }

    @Override
    Optional<String> missing(SingleSite site) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of("it takes root to drop packets");
        }
        return Launcher.has("iptables") ? Optional.empty() : Optional.of("iptables is missing");
    }

    @Override
    void inject(Stage stage, SingleSite site) throws IOException, InterruptedException {
        port = Files.readString(
                        new TrustFiles(site.directory().root()).authority().resolve("status-port"))
                .strip();
        rule("-I");
        try {
            gone = stage.mark("gone", "port " + port);
            if (!stage.refused(REFUSED, PATIENCE)) {
                throw new SiteException("requests are answered " + PATIENCE + " after the status service has gone");
            }
            effective = stage.mark("effective", "the first request was refused");
            stage.pause(GONE);
        } finally {
            rule("-D");
        }
        back = stage.mark("back", "");
    }

    private void rule(String change) throws IOException, InterruptedException {
        Launcher.tool("iptables", "-w", change, "OUTPUT", "-o", "lo", "-p", "tcp", "--dport", port, "-j", "DROP");
    }

    @Override
    List<Observation> observe(Stage stage, SingleSite site) throws IOException {
        // What had been let in just before the last word lost its worth may still be on its way.
        long settled = Math.min(back, effective + 2_000);
        List<Told> told = stage.told(settled, back);
        long answered = stage.since(settled).stream()
                .filter(entry -> entry instanceof Intended intended
                        && intended.at() < back - 500
                        && Flow.PERSON.label().equals(intended.flow()))
                .map(entry -> ((Intended) entry).key())
                .filter(key -> told.stream()
                        .anyMatch(one -> one.answered() && one.key().equals(key)))
                .count();
        Set<String> meanwhile = stage.told(gone, back).stream()
                .filter(Told::answered)
                .map(Told::key)
                .collect(Collectors.toSet());
        long refused = told.stream().filter(one -> REFUSED.equals(one.fault())).count();
        // By when somebody asked: whoever is refused hears it late, after waiting for a service that says nothing.
        long lastAnswered = stage.since(gone).stream()
                .filter(entry -> entry instanceof Intended intended
                        && Flow.PERSON.label().equals(intended.flow())
                        && meanwhile.contains(intended.key()))
                .mapToLong(LedgerEntry::at)
                .max()
                .orElse(gone);
        long delay = lastAnswered - gone;
        return List.of(
                new Observation(
                        Promise.P10,
                        delay <= SingleSite.REVOCATION_DELAY.plus(ALLOWANCE).toMillis(),
                        "the last who was answered asked " + delay
                                + " ms after the status service had gone; its word counts for "
                                + SingleSite.REVOCATION_DELAY.toMillis()),
                new Observation(
                        Promise.P10,
                        answered == 0,
                        "from then on " + refused + " requests were refused with " + REFUSED + ", " + answered
                                + " answered"));
    }
}
