package org.wasl.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wasl.bench.report.Json;
import org.wasl.bench.report.Report;
import org.wasl.bench.scale.ScalePage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plans for a country's load from the figures of a run, simulates the plan, and writes the page on it. */
@Command(name = "scale")
final class ScaleCommand implements Callable<Integer> {

    private static final Path DOCS = RunOptions.home().resolve("docs");

    /** As long as the page's runs go on, and their seed. */
    static final String SECONDS = "4";

    static final String SEED = "2026";

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Option(names = "--json", paramLabel = "FILE", descriptionKey = "report.json")
    Path json = DOCS.resolve("performance").resolve("figures.json");

    @Option(names = "--template", paramLabel = "FILE", descriptionKey = "scale.template")
    Path template = DOCS.resolve("performance").resolve("scale.md");

    @Option(names = "--out", paramLabel = "FILE", descriptionKey = "scale.out")
    Path out = DOCS.resolve("scale.md");

    @Option(names = "--simulated", paramLabel = "SECONDS", defaultValue = SECONDS, descriptionKey = "scale.simulated")
    double simulated;

    @Option(names = "--seed", paramLabel = "N", defaultValue = SEED, descriptionKey = "scale.seed")
    long seed;

    ScaleCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try {
            Optional<ScalePage> page = ScalePage.of(Json.read(json, Report.class), simulated, seed);
            if (page.isEmpty()) {
                return console.fail(ExitCode.FAILED, "scale.incomplete", json);
            }
            Files.writeString(out, page.get().render(Files.readString(template)));
            page.get().brief().forEach(console::print);
            console.note("run.written", out);
            return ExitCode.OK;
        } catch (JsonProcessingException | IllegalArgumentException wrong) {
            return console.fail(ExitCode.FAILED, "error.file", json, String.valueOf(wrong.getMessage()));
        } catch (IOException unusable) {
            return console.fail(ExitCode.UNAVAILABLE, "error.file", json, String.valueOf(unusable));
        }
    }
}
