package org.wasl.node.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/** What a cluster needs of the machine. */
public final class Requirements {

    /** The broker's version: that of the one embedded in nodes. */
    public static final String BROKER_VERSION = "2.56.0";

    private static final String ARCHIVE = "apache-artemis-" + BROKER_VERSION + "-bin.tar.gz";
    private static final Map<String, String> PACKAGES = Map.of(
            "ip", "iproute2", "iptables", "iptables", "setpriv", "util-linux", "setsid", "util-linux", "tar", "tar");

    private Requirements() {}

    /**
     * Whether a cluster can be run here.
     *
     * @return the broker's archive
     * @throws ClusterException when it cannot, with the reason
     */
    public static Path check(ClusterSettings settings) throws ClusterException {
        if (!isRoot()) {
            throw new ClusterException(ClusterProblem.NOT_ROOT, "uid is not 0");
        }
        for (Map.Entry<String, String> program : new java.util.TreeMap<>(PACKAGES).entrySet()) {
            if (onPath(program.getKey()).isEmpty()) {
                throw new ClusterException(
                        ClusterProblem.MISSING, program.getKey() + " (package " + program.getValue() + ")");
            }
        }
        if (PostgresPrograms.folder().isEmpty()) {
            throw new ClusterException(ClusterProblem.MISSING, "postgres, initdb, pg_ctl … (package postgresql)");
        }
        Path archive = archive(settings).orElseThrow(() -> new ClusterException(ClusterProblem.NO_BROKER, ARCHIVE));
        checkEntry(settings.directory());
        return archive;
    }

    private static boolean isRoot() {
        try {
            return Files.readString(Path.of("/proc/self/status"), StandardCharsets.UTF_8)
                    .lines()
                    .anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
        } catch (IOException notLinux) {
            return false;
        }
    }

    private static Optional<Path> onPath(String program) {
        List<String> folders = new ArrayList<>(
                List.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1)));
        folders.addAll(List.of("/usr/sbin", "/sbin"));
        return folders.stream()
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The archive that is named; else where a build fetched it to; else the local Maven repository's. */
    private static Optional<Path> archive(ClusterSettings settings) {
        if (settings.brokerArchive().isPresent()) {
            return settings.brokerArchive().filter(Files::isReadable);
        }
        List<Path> places = new ArrayList<>();
        Optional.ofNullable(System.getenv("WASL_ARTEMIS")).map(Path::of).ifPresent(places::add);
        Optional.ofNullable(System.getenv("WASL_HOME"))
                .map(home -> Path.of(home, "routes", "target", "artemis", "apache-artemis-" + BROKER_VERSION))
                .ifPresent(places::add);
        places.add(Path.of(
                System.getProperty("user.home"),
                ".m2",
                "repository",
                "org",
                "apache",
                "artemis",
                "apache-artemis",
                BROKER_VERSION,
                ARCHIVE));
        return places.stream().filter(Files::isReadable).findFirst();
    }

    /** The databases' user must be able to reach its data, wherever that is. */
    private static void checkEntry(ClusterDirectory directory) throws ClusterException {
        try {
            AtomicFile.directory(directory.root(), Readers.EVERYBODY);
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
        Tool.Ended entered = Tool.attempt(
                List.of(
                        "setpriv",
                        "--reuid=" + PostgresPrograms.USER,
                        "--regid=" + PostgresPrograms.USER,
                        "--init-groups",
                        "test",
                        "-x",
                        directory.root().toString()),
                Map.of());
        if (!entered.ok()) {
            throw new ClusterException(ClusterProblem.NO_ENTRY, directory.root().toString());
        }
    }
}
