package org.wasl.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.wasl.faults.fault.Fault;
import org.wasl.faults.report.RunReport;
import org.wasl.faults.site.ClusterSite;
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
        Path directory = options.directory == null ? temporary() : options.directory;
        Files.createDirectories(directory);
        Launcher launcher = new Launcher(SessionOptions.home());
        console.note("run.directory", directory);
        if ("single".equals(options.site)) {
            Site site = new SingleSite(launcher, directory.resolve("site"), options.families, SmallDisk.available());
            return judge(site, options, console, faults, length, launcher, directory);
        }
        if (!"cluster".equals(options.site)) {
            return console.fail(ExitCode.USAGE, "error.site", options.site);
        }
        Path cluster = directory.resolve("cluster");
        if (options.inStation) {
            return judge(new ClusterSite(launcher, cluster), options, console, faults, length, launcher, directory);
        }
        return inStation(options, console, launcher, directory, cluster);
    }

    /** Others may pass through it: a cluster's databases run under another user, and keep what is theirs to themselves. */
    private static Path temporary() throws IOException {
        return Files.createTempDirectory(
                "wasl-faults", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
    }

    /** Starts the cluster, and the same command again where its addresses can be reached. */
    private static int inStation(
            SessionOptions options, Console console, Launcher launcher, Path directory, Path cluster)
            throws IOException, InterruptedException {
        console.note("run.starting", "cluster");
        try {
            ClusterSite.up(launcher, cluster, options.families);
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx1g",
                    "-XX:TieredStopAtLevel=1",
                    "-Dfile.encoding=UTF-8",
                    "-Dstdout.encoding=UTF-8",
                    "-Dstderr.encoding=UTF-8",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName()));
            command.addAll(options.arguments());
            command.add("--in-station");
            if (options.directory == null) {
                command.addAll(List.of("--directory", directory.toString()));
            }
            Process process = new ProcessBuilder(ClusterSite.inStation(cluster, command))
                    .inheritIO()
                    .start();
            try {
                return process.waitFor();
            } finally {
                process.destroyForcibly();
            }
        } catch (SiteException unusable) {
            return console.fail(ExitCode.UNAVAILABLE, "error.site-failed", String.valueOf(unusable.getMessage()));
        } finally {
            ClusterSite.down(launcher, cluster);
        }
    }

    private static int judge(
            Site started,
            SessionOptions options,
            Console console,
            List<Fault> faults,
            Duration length,
            Launcher launcher,
            Path directory)
            throws IOException, InterruptedException {
        try (Site site = started) {
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
}
