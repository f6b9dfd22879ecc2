package org.wasl.faults.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs of the machine, the product's own launcher among them. */
public final class Launcher {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Path root;

    /** @param root the project's, where the launcher is */
    public Launcher(Path root) {
        this.root = root.toAbsolutePath();
    }

    /** What a program left. */
    public record Ended(int exitCode, String output, String errors) {

        public boolean ok() {
            return exitCode == 0;
        }
    }

    /** The launcher with these arguments, not started; it never builds. */
    public ProcessBuilder wasl(Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(root.resolve("wasl").toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
        builder.environment().remove("WASL_LANG");
        builder.environment().remove("LC_MESSAGES");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("WASL_NO_BUILD", "1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder;
    }

    /** Runs a command of the product to its end. */
    public Ended run(String... arguments) throws IOException, InterruptedException {
        return run(wasl(Map.of(), List.of(arguments)), LONGEST);
    }

    /** Runs any program to its end; it is ended by force when it takes longer. */
    public static Ended run(ProcessBuilder builder, Duration longest) throws IOException, InterruptedException {
        Path output = Files.createTempFile("wasl-faults", ".out");
        Path errors = Files.createTempFile("wasl-faults", ".err");
        Process process = builder.redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SiteException(String.join(" ", builder.command()) + " takes longer than " + longest);
            }
            return new Ended(
                    process.exitValue(),
                    Files.readString(output, StandardCharsets.UTF_8),
                    Files.readString(errors, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    /** Runs a program of the machine that must do what it is told. */
    public static String tool(String... command) throws IOException, InterruptedException {
        Ended ended = run(new ProcessBuilder(command), Duration.ofMinutes(1));
        if (!ended.ok()) {
            throw new SiteException(
                    String.join(" ", command) + " fails: " + ended.errors().strip());
        }
        return ended.output();
    }

    /** Whether the machine has this program. */
    public static boolean has(String program) {
        for (String folder :
                System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":")) {
            if (Files.isExecutable(Path.of(folder.isEmpty() ? "." : folder, program))) {
                return true;
            }
        }
        return Files.isExecutable(Path.of("/usr/sbin", program)) || Files.isExecutable(Path.of("/sbin", program));
    }
}
