package org.wasl.node.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Consumer;

/** A cluster in network namespaces, from the packaged program, in a directory of its own; nothing of it is left when it is closed. */
final class NativeCluster implements AutoCloseable {

    static final Path ROOT = Path.of(System.getProperty("wasl.root")).toAbsolutePath();

    private final Path data;

    private NativeCluster(Path data) {
        this.data = data;
    }

    /**
     * Begins to start one.
     *
     * @param abort told what is missing here; throws
     */
    static NativeCluster up(ClusterPlan plan, Consumer<String> abort)
            throws IOException, ClusterException, InterruptedException {
        Path jar = ROOT.resolve("node").resolve("target").resolve("wasl-node-exec.jar");
        if (!Files.exists(jar)) {
            abort.accept("skipped: the program is not packaged");
        }
        // Below a directory that others may enter: the databases' user is another.
        NativeCluster started = new NativeCluster(Files.createTempDirectory(
                "wasl-cluster", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"))));
        ClusterSettings settings = new ClusterSettings(
                new ClusterDirectory(started.data),
                plan,
                Optional.of(ROOT.resolve("routes/target/artemis/apache-artemis-" + Requirements.BROKER_VERSION))
                        .filter(Files::isDirectory),
                new ProgramCommand(Path.of(System.getProperty("java.home"), "bin", "java"), jar.toString()));
        try {
            Requirements.check(settings);
        } catch (ClusterException missing) {
            started.close();
            abort.accept("skipped: a cluster in namespaces needs " + missing.problem() + ", " + missing.detail());
        }
        try {
            Cluster.up(settings, step -> {});
            return started;
        } catch (ClusterException | InterruptedException failed) {
            started.close();
            throw failed;
        }
    }

    Cluster cluster() throws ClusterException {
        return Cluster.at(data).orElseThrow();
    }

    @Override
    public void close() throws ClusterException, InterruptedException {
        Optional<Cluster> cluster = Cluster.at(data);
        if (cluster.isPresent()) {
            cluster.get().down();
            cluster.get().purge();
        }
    }
}
