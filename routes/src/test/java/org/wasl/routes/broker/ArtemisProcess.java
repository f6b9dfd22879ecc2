package org.wasl.routes.broker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Artemis from its own distribution, in a process, with the files that {@link BrokerFiles} made. */
public final class ArtemisProcess implements AutoCloseable {

    private static final String HOME = "routes/target/artemis";

    private final Process process;
    private final Path log;

    private ArtemisProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** The directory of the distribution; empty where the build has not unpacked it. */
    public static Optional<Path> home() throws IOException {
        Path unpacked = Path.of(System.getProperty("wasl.root"), HOME.split("/"));
        if (!Files.isDirectory(unpacked)) {
            return Optional.empty();
        }
        try (var entries = Files.list(unpacked)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve("lib/artemis-boot.jar")))
                    .findFirst();
        }
    }

    public static ArtemisProcess start(Path instance) throws IOException {
        Path log = instance.resolve("broker.log");
        ProcessBuilder builder =
                new ProcessBuilder(instance.resolve("bin/broker").toString());
        builder.environment().put("ARTEMIS_HOME", home().orElseThrow().toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // It lives for seconds: what is compiled well never pays.
        builder.environment().put("JAVA_ARGS", "-Xmx192m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new ArtemisProcess(builder.start(), log);
    }

    /** Whether somebody listens at this port of loopback. */
    public static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("localhost", port), 500);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    /** What it said so far. */
    public String said() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** Whether it runs. */
    public boolean runs() {
        return process.isAlive();
    }

    /** As a fall of its machine would. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
