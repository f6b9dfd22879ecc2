package org.wasl.node.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.RecordedCheckpoint;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.messagelog.verify.CheckpointJudgement;
import org.wasl.messagelog.verify.CheckpointTrust;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gives out the newest cosigned checkpoint, for an auditor to carry away. */
@Command(name = "checkpoint")
final class LogCheckpoint implements Callable<Integer> {

    private static final int AT_ONCE = 512;

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    DataOption data = new DataOption();

    @Mixin
    WitnessOptions witnesses = new WitnessOptions();

    @Option(names = "--out", paramLabel = "FILE", descriptionKey = "log.out")
    @Nullable
    Path out;

    LogCheckpoint(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Optional<CheckpointTrust> trust = LogCheckpoints.trust(console, data, witnesses, shared);
        if (trust.isEmpty()) {
            return ExitCode.UNAVAILABLE;
        }
        Path database = data.directory().logDatabase();
        try (LogSource source = SqliteLogStore.openReadOnly(database)) {
            List<RecordedCheckpoint> newest = newest(source);
            for (int i = newest.size() - 1; i >= 0; i--) {
                if (cosigned(newest.get(i), trust.get())) {
                    return give(newest.get(i));
                }
            }
            return console.fail(
                    shared.json,
                    ExitCode.UNAVAILABLE,
                    "log.none-cosigned",
                    Math.max(1, trust.get().quorum()));
        } catch (LogStoreException unreadable) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.file", database, Failures.reason(unreadable));
        }
    }

    /** The newest checkpoints, a bounded number of them, smallest first. */
    private static List<RecordedCheckpoint> newest(LogSource source) throws LogStoreException {
        List<RecordedCheckpoint> before = List.of();
        List<RecordedCheckpoint> last = source.checkpoints(0, AT_ONCE);
        while (last.size() == AT_ONCE) {
            List<RecordedCheckpoint> next =
                    source.checkpoints(last.get(AT_ONCE - 1).size() + 1, AT_ONCE);
            if (next.isEmpty()) {
                break;
            }
            before = last;
            last = next;
        }
        List<RecordedCheckpoint> newest = new ArrayList<>(before);
        newest.addAll(last);
        return newest;
    }

    private static boolean cosigned(RecordedCheckpoint recorded, CheckpointTrust trust) {
        return trust.judge(recorded.note(), null) instanceof CheckpointJudgement.Genuine genuine
                && genuine.cosigned().size() >= Math.max(1, trust.quorum());
    }

    private int give(RecordedCheckpoint checkpoint) {
        String note = new String(checkpoint.note(), StandardCharsets.UTF_8);
        if (out == null) {
            if (shared.json) {
                console.json(Map.of("size", checkpoint.size(), "origin", checkpoint.origin(), "note", note));
            } else {
                console.out().print(note);
            }
            return ExitCode.OK;
        }
        try {
            AtomicFile.write(out, checkpoint.note(), Readers.EVERYBODY);
        } catch (IOException unwritable) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.file", out, Failures.reason(unwritable));
        }
        if (shared.json) {
            console.json(Map.of("size", checkpoint.size(), "origin", checkpoint.origin(), "file", out.toString()));
        } else {
            console.say("log.carried-away", checkpoint.size(), out);
        }
        return ExitCode.OK;
    }
}
