package org.wasl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.bench.load.LoadJob;

class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String language, String... arguments) {
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Texts.in(language),
                false);
        return Main.run(arguments, console);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exchange",
                "composite",
                "peers",
                "limits",
                "curves",
                "container",
                "log",
                "micro",
                "all",
                "workload",
                "report",
                "scale",
                "compare"
            })
    void help_ofEveryCommand_isThereInBothLanguages(String command) {
        assertThat(run("en", command, "--help")).isZero();
        assertThat(said()).contains("Usage: wasl bench " + command).doesNotContain("descriptionKey");
        assertThat(run("ar", command, "--help")).isZero();
        assertThat(said()).contains("الاستعمال");
    }

    @Test
    void texts_inBothLanguages_haveTheSameKeys() throws IOException {
        assertThat(keys("messages_ar.properties")).isEqualTo(keys("messages.properties"));
    }

    private static Set<String> keys(String file) throws IOException {
        Properties texts = new Properties();
        try (InputStream in = Main.class.getResourceAsStream(file);
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return new TreeSet<>(texts.stringPropertyNames());
    }

    @Test
    void run_withoutACommand_isWrongUsage() {
        assertThat(run("en")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void workload_thatThereIsNot_listsThoseThereAre() {
        assertThat(run("en", "workload", "unheard-of")).isEqualTo(ExitCode.USAGE);
        assertThat(said()).contains("nothing", "exchange", "floor", "raw-sign");
    }

    @Test
    void options_thatCannotBeFollowed_areRefused() {
        assertThat(run("en", "exchange", "--seconds", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(run("en", "exchange", "--callers", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(run("en", "exchange", "--rate", "-1")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void compare_withoutABaseline_saysHowToGetOne(@TempDir Path directory) {
        assertThat(run(
                        "en",
                        "compare",
                        "--baseline",
                        directory.resolve("none.json").toString()))
                .isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(said()).contains("--write-baseline");
    }

    @Test
    void report_ofNoJson_isUnavailable(@TempDir Path directory) throws IOException {
        assertThat(run("en", "report", "--json", directory.resolve("none.json").toString()))
                .isEqualTo(ExitCode.UNAVAILABLE);
        Path broken = Files.writeString(directory.resolve("broken.json"), "{\"format\": 7");
        assertThat(run("en", "report", "--json", broken.toString())).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void plan_ofEverything_usesOnlyWorkloadsThatThereAre() {
        RunOptions options = new RunOptions();
        List<LoadJob> jobs = new Plan(options).all();
        assertThat(jobs).extracting(LoadJob::workload).allMatch(Catalogue.names()::contains);
        assertThat(jobs.stream().filter(job -> job.group().equals("peers")).mapToDouble(LoadJob::warmUpCpuSeconds))
                .allMatch(seconds -> seconds >= 60);
    }

    @Test
    void onClassPath_findsTheVersionsThatMatter() {
        assertThat(Versions.onClassPath("/a/artemis-server-2.56.0.jar:/a/other-1.jar:"
                        + "/a/AmazonCorrettoCryptoProvider-2.5.0-linux-x86_64.jar:/a/classes"))
                .isEqualTo(Map.of("artemis-server", "2.56.0", "AmazonCorrettoCryptoProvider", "2.5.0"));
    }
}
