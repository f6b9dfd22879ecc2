package org.wasl.node.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of the README's tour as they are written, but for ports and folder. */
class TourIT {

    private static final Path ROOT = Path.of(System.getProperty("wasl.root"));
    private static final Pattern BLOCK = Pattern.compile("<!-- tour -->\n```bash\n(.*?)```", Pattern.DOTALL);
    private static final long PATIENCE_MINUTES = 6;

    @TempDir
    Path directory;

    @Test
    void tour_asWritten_runsFromBeginningToEnd() throws IOException, InterruptedException {
        for (String tool : List.of("bash", "curl", "jq", "unzip", "openssl", "xmlsec1")) {
            assumeThat(isThere(tool)).as("the tour needs " + tool).isTrue();
        }
        List<String> blocks = blocks();
        assertThat(blocks).hasSizeGreaterThan(5);
        Path script = directory.resolve("tour.sh");
        Path output = directory.resolve("tour.log");
        Files.writeString(script, script(blocks), StandardCharsets.UTF_8);
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString())
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("WASL_NO_BUILD", "1");
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process tour = builder.start();
        try {
            boolean ended = tour.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
            String text = Files.readString(output, StandardCharsets.UTF_8);
            System.out.println(text);
            assertThat(ended).as("the tour came to its end:%n%s", text).isTrue();
            assertThat(tour.exitValue()).as(text).isZero();
            assertThat(text).contains("TOUR DONE");
        } finally {
            tour.descendants().forEach(ProcessHandle::destroyForcibly);
            tour.destroyForcibly();
        }
    }

    private static List<String> blocks() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"), StandardCharsets.UTF_8);
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(readme);
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    private String script(List<String> blocks) throws IOException {
        StringBuilder script = new StringBuilder("set -euo pipefail\n");
        // Whatever happens, no process outlives the test.
        script.append("trap 'set +e; kill $(jobs -p) 2>/dev/null; wait' EXIT\n");
        int number = 0;
        for (String block : blocks) {
            script.append("echo '--- block ").append(++number).append("'\n").append(block);
        }
        script.append("echo TOUR DONE\n");
        int[] ports = freePorts();
        return script.toString()
                .replace(
                        "up --data tour",
                        "up --data tour --port " + ports[0] + " --agency-port " + ports[1] + " --management-port "
                                + ports[2])
                .replace("localhost:8080", "localhost:" + ports[0])
                .replace("localhost:8443", "localhost:" + ports[1])
                .replace("--data tour", "--data " + directory.resolve("tour"))
                .replaceAll("(?<![-\\w])tour/", Matcher.quoteReplacement(directory.resolve("tour") + "/"));
    }

    private static int[] freePorts() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket a = new ServerSocket(0, 1, loopback);
                ServerSocket b = new ServerSocket(0, 1, loopback);
                ServerSocket c = new ServerSocket(0, 1, loopback)) {
            return new int[] {a.getLocalPort(), b.getLocalPort(), c.getLocalPort()};
        }
    }

    private static boolean isThere(String tool) throws IOException, InterruptedException {
        Process which = new ProcessBuilder("sh", "-c", "command -v " + tool)
                .redirectErrorStream(true)
                .start();
        which.getInputStream().readAllBytes();
        return which.waitFor() == 0;
    }
}
