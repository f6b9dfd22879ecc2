package org.wasl.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.faults.check.Promise;
import org.wasl.faults.fault.Fault;
import org.wasl.faults.fault.FaultCatalogue;
import org.wasl.faults.report.Markdown;
import org.wasl.faults.report.RunReport;
import org.wasl.faults.report.RunReport.Standing;
import org.wasl.faults.site.Launcher;
import org.wasl.faults.site.SingleSite;
import org.wasl.faults.site.SmallDisk;

/** The short set of faults, on one node; {@code wasl faults run} tries all of them for as long as one likes. */
@Tag("long")
class FaultsIT {

    private static final long SEED = Long.getLong("wasl.faults.seed", 20_261_122L);
    private static final int FAMILIES = 60;
    private static final double RATE = 6;

    @TempDir
    Path directory;

    @Test
    void run_whenTheShortSetIsTried_keepsEveryPromise() throws Exception {
        Path root = Path.of(System.getProperty("wasl.root"));
        Launcher launcher = new Launcher(root);
        RunReport report;
        try (SingleSite site = new SingleSite(launcher, directory.resolve("site"), FAMILIES, SmallDisk.available())) {
            report = new Session(
                            site,
                            launcher,
                            directory,
                            new Session.Terms(SEED, Duration.ZERO, 0, RATE, FAMILIES, true),
                            (key, values) -> System.out.println("FaultsIT: " + key + " " + List.of(values)))
                    .run(faults());
        }
        report.notRun().forEach((fault, why) -> System.out.println("FaultsIT: " + fault + " skipped: " + why));
        System.out.println(Markdown.of(report));

        assertThat(report.broken()).as("seed " + SEED).isEmpty();
        assertThat(report.failures()).isEmpty();
        assertThat(report.standings())
                .containsEntry(Promise.P1, Standing.KEPT)
                .containsEntry(Promise.P2, Standing.KEPT)
                .containsEntry(Promise.P3, Standing.KEPT)
                .containsEntry(Promise.P4, Standing.KEPT)
                .containsEntry(Promise.P12, Standing.KEPT);
        assertThat(report.counts()).containsEntry("kill -9 of a process", 2L);
    }

    private static List<Fault> faults() {
        return Stream.of("node-killed", "duplicate-delivery", "agreement-withdrawn", "poison", "log-disk-full")
                .map(name -> FaultCatalogue.named(name).orElseThrow())
                .toList();
    }
}
