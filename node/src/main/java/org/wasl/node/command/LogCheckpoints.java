package org.wasl.node.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.RecordedCheckpoint;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.messagelog.verify.CheckpointJudgement;
import org.wasl.messagelog.verify.CheckpointTrust;
import org.wasl.node.data.DataDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists a log's recorded checkpoints: how large, of when, cosigned by whom, whether time-stamped. */
@Command(name = "checkpoints")
final class LogCheckpoints implements Callable<Integer> {

    private static final int MAX_LISTED = 10_000;

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    DataOption data = new DataOption();

    @Mixin
    WitnessOptions witnesses = new WitnessOptions();

    @Option(names = "--from", paramLabel = "SIZE", descriptionKey = "log.from-size")
    long from;

    @Option(names = "--limit", paramLabel = "N", descriptionKey = "log.limit")
    int limit = 100;

    LogCheckpoints(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Optional<CheckpointTrust> trust = trust(console, data, witnesses, shared);
        if (trust.isEmpty()) {
            return ExitCode.UNAVAILABLE;
        }
        Path database = data.directory().logDatabase();
        try (LogSource source = SqliteLogStore.openReadOnly(database)) {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (RecordedCheckpoint recorded :
                    source.checkpoints(Math.max(0, from), Math.max(1, Math.min(limit, MAX_LISTED)))) {
                rows.add(row(recorded, trust.get().judge(recorded.note(), recorded.timeStamp())));
            }
            print(rows);
            return ExitCode.OK;
        } catch (LogStoreException unreadable) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.file", database, Failures.reason(unreadable));
        }
    }

    /** Whom to believe about the log of this directory; empty, and said why, when that cannot be known. */
    static Optional<CheckpointTrust> trust(
            Console console, DataOption data, WitnessOptions witnesses, SharedOptions shared) {
        DataDirectory directory = data.directory();
        if (!Files.isRegularFile(directory.logDatabase())) {
            console.fail(shared.json, ExitCode.UNAVAILABLE, "log.none", directory.root());
            return Optional.empty();
        }
        boolean named = witnesses.registry == null && !witnesses.logKeys.isEmpty();
        Optional<OfflineTrust> registry =
                named ? Optional.empty() : OfflineTrust.of(witnesses.directory(directory), console);
        if (!named && registry.isEmpty()) {
            console.fail(shared.json, ExitCode.UNAVAILABLE, "error.no-trust", directory.root());
            return Optional.empty();
        }
        return witnesses.trust(registry.map(OfflineTrust::registry), console);
    }

    private static Map<String, Object> row(RecordedCheckpoint recorded, CheckpointJudgement judgement) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("size", recorded.size());
        row.put("origin", recorded.origin());
        row.put("stamped", recorded.timeStamp() != null);
        if (judgement instanceof CheckpointJudgement.Genuine genuine) {
            Instant existedBy = genuine.existedBy();
            row.put("existedBy", existedBy == null ? "" : existedBy.toString());
            row.put(
                    "cosigned",
                    genuine.cosigned().stream()
                            .map(CheckpointJudgement.Cosigned::party)
                            .toList());
        } else {
            row.put("bad", ((CheckpointJudgement.Bad) judgement).detail());
        }
        return row;
    }

    private void print(List<Map<String, Object>> rows) {
        if (shared.json) {
            console.json(Map.of("checkpoints", rows));
            return;
        }
        Table table = new Table("  ");
        Texts texts = console.texts();
        table.row(
                texts.text("log.table.size"),
                texts.text("log.table.existed-by"),
                texts.text("log.table.stamped"),
                texts.text("log.table.cosigned"));
        for (Map<String, Object> row : rows) {
            Object bad = row.get("bad");
            table.row(
                    String.valueOf(row.get("size")),
                    String.valueOf(row.getOrDefault("existedBy", "")),
                    Boolean.TRUE.equals(row.get("stamped")) ? "+" : "-",
                    bad == null ? String.valueOf(row.get("cosigned")) : String.valueOf(bad));
        }
        table.lines().forEach(console::print);
    }
}
