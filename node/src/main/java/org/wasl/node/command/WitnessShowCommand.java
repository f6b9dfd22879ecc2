package org.wasl.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wasl.messagelog.checkpoint.Checkpoint;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.witness.WitnessFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a witness remembers: of every log the checkpoint that it cosigned last, and what accuses one. */
@Command(name = "show")
final class WitnessShowCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Option(names = "--directory", paramLabel = "DIR", descriptionKey = "witness.directory")
    Path directory = Path.of("witness");

    WitnessShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path memory = directory.resolve(WitnessCommand.MEMORY);
        if (!Files.isDirectory(memory)) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "witness.none", directory);
        }
        List<Map<String, Object>> logs = new ArrayList<>();
        List<Map<String, Object>> suspects = new ArrayList<>();
        try {
            WitnessFiles files = new WitnessFiles(memory);
            for (SignedNote note : files.all()) {
                document(note).ifPresent(logs::add);
            }
            for (SignedNote note : files.suspects()) {
                document(note).ifPresent(suspects::add);
            }
        } catch (IOException unreadable) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "witness.failed", Failures.reason(unreadable));
        }
        if (shared.json) {
            console.json(Map.of("logs", logs, "suspects", suspects));
        } else {
            print("witness.cosigned", logs);
            if (!suspects.isEmpty()) {
                print("witness.suspects", suspects);
            }
        }
        return suspects.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private void print(String heading, List<Map<String, Object>> rows) {
        console.say(heading, rows.size());
        Table table = new Table("  ");
        rows.forEach(row -> table.row(
                "",
                String.valueOf(row.get("origin")),
                String.valueOf(row.get("size")),
                String.valueOf(row.get("root"))));
        table.lines().forEach(console::print);
    }

    private static Optional<Map<String, Object>> document(SignedNote note) {
        return Checkpoint.parse(note.text()).map(checkpoint -> {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("origin", checkpoint.origin());
            document.put("size", checkpoint.size());
            document.put("root", Base64.getEncoder().encodeToString(checkpoint.root()));
            return document;
        });
    }
}
