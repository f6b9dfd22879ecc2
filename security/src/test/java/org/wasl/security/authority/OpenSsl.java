package org.wasl.security.authority;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs {@code openssl}, where it is installed: somebody else's word on what we write. */
public final class OpenSsl {

    private static final Path PROGRAM = Path.of("/usr/bin/openssl");
    private static final int SECONDS = 20;

    private OpenSsl() {}

    /** What it said and how it ended. */
    public record Outcome(int exit, String output) {}

    public static void assumeInstalled() {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "skipped: openssl is not installed");
    }

    public static Outcome run(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(directory, "openssl", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("openssl did not end within " + SECONDS + " seconds");
        }
        return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
