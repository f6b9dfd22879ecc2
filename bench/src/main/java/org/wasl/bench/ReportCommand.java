package org.wasl.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.wasl.bench.report.Json;
import org.wasl.bench.report.Page;
import org.wasl.bench.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the page on performance and its plots from a report's JSON and a template. */
@Command(name = "report")
final class ReportCommand implements Callable<Integer> {

    private static final Path DOCS = RunOptions.home().resolve("docs");

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Option(names = "--json", paramLabel = "FILE", descriptionKey = "report.json")
    Path json = DOCS.resolve("performance").resolve("figures.json");

    @Option(names = "--template", paramLabel = "FILE", descriptionKey = "report.template")
    Path template = DOCS.resolve("performance").resolve("template.md");

    @Option(names = "--out", paramLabel = "FILE", descriptionKey = "report.out")
    Path out = DOCS.resolve("performance.md");

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try {
            write(Json.read(json, Report.class));
            console.note("run.written", out);
            return ExitCode.OK;
        } catch (JsonProcessingException | IllegalArgumentException wrong) {
            return console.fail(ExitCode.FAILED, "error.file", json, String.valueOf(wrong.getMessage()));
        } catch (IOException unusable) {
            return console.fail(ExitCode.UNAVAILABLE, "error.file", json, String.valueOf(unusable));
        }
    }

    /** The plots stand in a folder beside the page that is called as the page is. */
    private void write(Report report) throws IOException {
        String name = String.valueOf(out.getFileName()).replaceAll("\\.md$", "");
        Path folder = out.toAbsolutePath().resolveSibling(name);
        Files.createDirectories(folder);
        Page page = new Page(report, name + "/");
        Files.writeString(out, page.render(Files.readString(template)));
        for (Map.Entry<String, String> plot : page.plots().entrySet()) {
            Files.writeString(folder.resolve(plot.getKey()), plot.getValue());
        }
        Path kept = folder.resolve("figures.json");
        if (!json.toAbsolutePath().normalize().equals(kept.normalize())) {
            Json.write(kept, report);
        }
    }
}
