package org.wasl.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.wasl.faults.fault.Fault;
import org.wasl.faults.report.RunReport;
import org.wasl.faults.site.Launcher;
import org.wasl.faults.site.SingleSite;
import org.wasl.faults.site.Site;
import org.wasl.faults.site.SiteException;
import org.wasl.faults.site.SmallDisk;

/** What both commands that run faults share. */
final class Runs {

    private Runs() {}

    /** @param length how long faults follow each other; zero for each once */
    static int run(SessionOptions options, Console console, List<Fault> faults, Duration length)
            throws IOException, InterruptedException {
        Path directory = options.directory == null ? Files.createTempDirectory("wasl-faults") : options.directory;
        Files.createDirectories(directory);
        Launcher launcher = new Launcher(SessionOptions.home());
        console.note("run.directory", directory);
        try (Site site = site(options, launcher, directory)) {
            Session session = new Session(
                    site,
                    launcher,
                    directory,
                    new Session.Terms(
                            options.seed, length, options.share, options.rate, options.families, options.quick),
                    console::note);
            RunReport report = session.run(faults);
            options.write(report, console);
            if (!report.good()) {
                return console.fail(ExitCode.FAILED, "run.broken", options.seed);
            }
            console.note("run.kept", options.seed);
            return ExitCode.OK;
        } catch (SiteException unusable) {
            return console.fail(ExitCode.UNAVAILABLE, "error.site-failed", String.valueOf(unusable.getMessage()));
        }
    }

    private static Site site(SessionOptions options, Launcher launcher, Path directory) {
        return new SingleSite(launcher, directory.resolve("site"), options.families, SmallDisk.available());
    }
}
