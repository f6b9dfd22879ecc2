package org.wasl.security.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The parsers under Jazzer: every seed and every earlier finding, and then a bounded search from there. By hand, for one
 * parser and as long as one likes: {@code -Dwasl.fuzz.target=HEADER -Dwasl.fuzz.seconds=3600}.
 */
class FuzzTest {

    private static final int RUNS = Integer.getInteger("wasl.fuzz.runs", 4_000);
    private static final int SECONDS = Integer.getInteger("wasl.fuzz.seconds", 0);
    private static final String TARGET = System.getProperty("wasl.fuzz.target", "ALL");
    private static final Path FINDINGS = Path.of("src/test/resources/org/wasl/security/attack/findings");

    @ParameterizedTest
    @EnumSource(FuzzTarget.class)
    void run_whenSeedOrEarlierFinding_neitherThrowsNorBelieves(FuzzTarget target) throws IOException {
        List<byte[]> seeds = target.seeds().toList();
        seeds.forEach(target::run);
        assertThat(seeds).isNotEmpty();
        Path findings = FINDINGS.resolve(target.name());
        if (Files.isDirectory(findings)) {
            try (Stream<Path> files = Files.list(findings)) {
                for (Path file : files.toList()) {
                    target.run(Files.readAllBytes(file));
                }
            }
        }
    }

    @Test
    void run_whenJazzerSearches_findsNothing(@TempDir Path directory) throws IOException, InterruptedException {
        boolean known = System.getProperty("os.name").equals("Linux")
                && List.of("amd64", "aarch64").contains(System.getProperty("os.arch"));
        assumeTrue(known, "skipped: Jazzer's native part is not run on this platform");
        Path corpus = Files.createDirectory(directory.resolve("corpus"));
        writeSeeds(corpus);

        Path output = directory.resolve("output.txt");
        Process jazzer = new ProcessBuilder(command(corpus, directory))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = jazzer.waitFor(SECONDS + 240L, TimeUnit.SECONDS);
        if (!ended) {
            jazzer.destroyForcibly();
        }
        String said = Files.readString(output);
        System.out.println(said.lines()
                .filter(line -> line.contains("DONE") || line.startsWith("Done"))
                .reduce("", (a, b) -> a + b + "\n"));
        String end = said.substring(Math.max(0, said.length() - 4_000));
        assertThat(ended && jazzer.exitValue() == 0).as(end).isTrue();
        assertThat(end).contains("Done ");
    }

    private static void writeSeeds(Path corpus) throws IOException {
        for (FuzzTarget target : FuzzTarget.values()) {
            boolean all = TARGET.equals("ALL");
            if (!all && target != FuzzTarget.valueOf(TARGET)) {
                continue;
            }
            List<byte[]> seeds = target.seeds().toList();
            // Every seed costs a run before the search begins: of the many attacks a spread is enough for a short one.
            int step = SECONDS > 0 ? 1 : 1 + seeds.size() / 24;
            for (int i = 0; i < seeds.size(); i += step) {
                byte[] seed = seeds.get(i);
                byte[] chosen = new byte[seed.length + 1];
                chosen[0] = (byte) target.ordinal();
                System.arraycopy(seed, 0, chosen, 1, seed.length);
                Files.write(corpus.resolve(target + "-" + i), all ? chosen : seed);
            }
        }
    }

    private static List<String> command(Path corpus, Path directory) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dfile.encoding=UTF-8",
                "-Dwasl.fuzz.target=" + TARGET,
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Fuzz.class.getName(),
                "--instrumentation_includes=org.wasl.**",
                "--custom_hook_includes=org.wasl.**",
                "--reproducer_path=" + directory,
                "-artifact_prefix=" + directory + File.separator,
                "-max_len=8192",
                "-timeout=120",
                "-seed=20261121"));
        command.add(SECONDS > 0 ? "-max_total_time=" + SECONDS : "-runs=" + RUNS);
        command.add(corpus.toString());
        return command;
    }
}
