package org.wasl.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wasl.faults.report.Markdown;
import org.wasl.faults.report.ReportJson;
import org.wasl.faults.report.RunReport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a run takes, with one fault or with all. */
final class SessionOptions {

    @Option(names = "--seed", paramLabel = "N", descriptionKey = "option.seed")
    long seed = 20_261_122L;

    @Option(names = "--site", paramLabel = "single|cluster", descriptionKey = "option.site")
    String site = "single";

    @Option(names = "--share", paramLabel = "PERCENT", descriptionKey = "option.share")
    int share = 80;

    @Option(names = "--rate", paramLabel = "N", descriptionKey = "option.rate")
    double rate;

    @Option(names = "--families", paramLabel = "N", descriptionKey = "option.families")
    int families = 2_000;

    @Option(names = "--quick", descriptionKey = "option.quick")
    boolean quick;

    @Option(names = "--report", paramLabel = "FILE", descriptionKey = "option.report")
    @Nullable
    Path report;

    @Option(names = "--directory", paramLabel = "DIR", descriptionKey = "option.directory")
    @Nullable
    Path directory;

    /** Given by this program to itself. */
    @Option(names = "--in-station", hidden = true)
    boolean inStation;

    @Spec(Spec.Target.MIXEE)
    CommandSpec command = CommandSpec.create();

    /** What this command was called with, from its name on. */
    List<String> arguments() {
        return command.commandLine().getParent().getParseResult().originalArgs();
    }

    /** The project's root, where the launcher is. */
    static Path home() {
        String home = System.getenv("WASL_HOME");
        return Path.of(home == null || home.isEmpty() ? System.getProperty("wasl.root", ".") : home)
                .toAbsolutePath()
                .normalize();
    }

    /** Writes the report where it is wanted, as Markdown and beside it as JSON, and prints it otherwise. */
    void write(RunReport told, Console console) throws IOException {
        String page = Markdown.of(told);
        if (report == null) {
            console.print(page);
            return;
        }
        Path file = report.toAbsolutePath();
        Files.createDirectories(file.getParent());
        Files.writeString(file, page, StandardCharsets.UTF_8);
        Path json = file.resolveSibling(String.valueOf(file.getFileName()).replaceFirst("\\.[a-z]+$", "") + ".json");
        Files.writeString(json, ReportJson.of(told), StandardCharsets.UTF_8);
        console.say("run.written", file, json);
    }
}
