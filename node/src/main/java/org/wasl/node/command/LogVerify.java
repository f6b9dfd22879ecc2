package org.wasl.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.messagelog.verify.CheckpointJudgement;
import org.wasl.messagelog.verify.CheckpointTrust;
import org.wasl.messagelog.verify.ContainerCheck;
import org.wasl.messagelog.verify.KeptCheckpoint;
import org.wasl.messagelog.verify.LogVerdict;
import org.wasl.messagelog.verify.LogVerifier;
import org.wasl.messagelog.verify.SignatureCheck;
import org.wasl.messagelog.verify.Tally;
import org.wasl.messagelog.verify.VerificationFile;
import org.wasl.messagelog.verify.VerificationPlan;
import org.wasl.node.data.DataDirectory;
import org.wasl.security.file.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Verifies a whole log, offline. */
@Command(name = "verify")
final class LogVerify implements Callable<Integer> {

    private static final int MAX_THREADS = 256;

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    DataOption data = new DataOption();

    @Mixin
    WitnessOptions witnesses = new WitnessOptions();

    @Option(
            names = "--signatures",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            descriptionKey = "log.signatures")
    boolean signatures;

    @Option(names = "--threads", paramLabel = "N", descriptionKey = "log.threads")
    int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());

    @Option(names = "--state", paramLabel = "FILE", descriptionKey = "log.state")
    @Nullable
    Path state;

    @Option(names = "--checkpoint", paramLabel = "FILE", arity = "1..*", descriptionKey = "log.checkpoint")
    List<Path> checkpoints = new ArrayList<>();

    @Option(names = "--from-checkpoint", paramLabel = "FILE", descriptionKey = "log.from-checkpoint")
    @Nullable
    Path from;

    LogVerify(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        DataDirectory directory = data.directory();
        if (!Files.isRegularFile(directory.logDatabase())) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "log.none", directory.root());
        }
        if (threads < 1 || threads > MAX_THREADS) {
            return console.fail(shared.json, ExitCode.USAGE, "log.bad-threads", MAX_THREADS);
        }
        Optional<OfflineTrust> trust =
                registryWanted() ? OfflineTrust.of(witnesses.directory(directory), console) : Optional.empty();
        if (trust.isEmpty() && registryWanted()) {
            return console.fail(
                    shared.json,
                    ExitCode.UNAVAILABLE,
                    "error.no-trust",
                    witnesses.directory(directory).root());
        }
        Optional<CheckpointTrust> believed = witnesses.trust(trust.map(OfflineTrust::registry), console);
        if (believed.isEmpty()) {
            return ExitCode.USAGE;
        }
        return plan(trust, believed.get())
                .map(plan -> verify(directory.logDatabase(), plan))
                .orElse(ExitCode.REFUSED);
    }

    /** Somebody who names keys, and asks for no signatures of containers, needs no registry. */
    private boolean registryWanted() {
        return signatures || witnesses.registry != null || witnesses.logKeys.isEmpty();
    }

    private Optional<VerificationPlan> plan(Optional<OfflineTrust> trust, CheckpointTrust believed) {
        List<KeptCheckpoint> kept = new ArrayList<>();
        for (Path file : checkpoints) {
            Optional<KeptCheckpoint> read = kept(file, believed);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            kept.add(read.get());
        }
        long begin = 0;
        if (from != null) {
            Optional<KeptCheckpoint> read = kept(from, believed);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            kept.add(read.get());
            begin = read.get().size();
        }
        boolean checked = signatures && trust.isPresent();
        ContainerCheck check =
                checked ? new SignatureCheck(trust.get().verifier(), trust.get().registry()) : ContainerCheck.NONE;
        String basis = (checked ? "signatures" : "no signatures")
                + trust.map(known -> ", registry " + known.registry().version()).orElse("");
        return Optional.of(VerificationPlan.of(check)
                .onTheBasisOf(basis)
                .withThreads(threads)
                .trusting(believed)
                .comparedWith(kept)
                .lookingFrom(begin));
    }

    /** What the auditor kept; empty, and said why, when it is not to be believed. */
    private Optional<KeptCheckpoint> kept(Path file, CheckpointTrust believed) {
        byte[] note;
        try {
            note = AtomicFile.read(file, SignedNote.MAX_OCTETS);
        } catch (IOException unreadable) {
            console.fail(shared.json, ExitCode.UNAVAILABLE, "error.file", file, Failures.reason(unreadable));
            return Optional.empty();
        }
        if (!believed.knowsLogs()) {
            console.fail(shared.json, ExitCode.REFUSED, "log.no-log-key", file);
            return Optional.empty();
        }
        CheckpointJudgement judgement = believed.judge(note, null);
        if (judgement instanceof CheckpointJudgement.Bad bad) {
            console.fail(shared.json, ExitCode.REFUSED, "log.bad-checkpoint", file, bad.detail());
            return Optional.empty();
        }
        CheckpointJudgement.Genuine genuine = (CheckpointJudgement.Genuine) judgement;
        if (genuine.cosigned().size() < believed.quorum()) {
            console.fail(
                    shared.json,
                    ExitCode.REFUSED,
                    "log.too-few-cosigned",
                    file,
                    genuine.cosigned().size(),
                    believed.quorum());
            return Optional.empty();
        }
        return Optional.of(KeptCheckpoint.of(file.toString(), genuine));
    }

    private int verify(Path database, VerificationPlan plan) {
        try (LogSource source = SqliteLogStore.openReadOnly(database);
                Progress progress = Progress.start(console, "log.progress")) {
            VerificationPlan heard = plan.heardBy(progress::to);
            if (state == null) {
                return report(new LogVerifier(heard).verify(source));
            }
            VerificationFile file = new VerificationFile(state);
            Optional<String> refusal =
                    file.refusal(source.logId(), source.head().size(), heard.terms());
            if (refusal.isPresent()) {
                return console.fail(shared.json, ExitCode.REFUSED, "log.state-refused", state, refusal.get());
            }
            return report(new LogVerifier(heard).verify(source, file));
        } catch (LogStoreException unreadable) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.file", database, Failures.reason(unreadable));
        } catch (IOException unwritable) {
            return console.fail(
                    shared.json,
                    ExitCode.UNAVAILABLE,
                    "error.file",
                    String.valueOf(state),
                    Failures.reason(unwritable));
        }
    }

    private int report(LogVerdict verdict) {
        Map<String, Object> document = new LinkedHashMap<>();
        Tally tally = verdict.tally();
        if (verdict instanceof LogVerdict.Intact intact) {
            String root = HexFormat.of().formatHex(intact.root());
            document.put("intact", true);
            document.put("size", intact.size());
            document.put("root", root);
            document.put("containers", tally.containers());
            counts(document, tally);
            say(
                    document,
                    "log.intact",
                    intact.size(),
                    root,
                    tally.containers(),
                    tally.signatures(),
                    tally.refusals(),
                    tally.erased());
            if (!shared.json) {
                console.say("log.vouched", tally.checkpoints(), tally.witnessed(), tally.stamped());
            }
            return ExitCode.OK;
        }
        LogVerdict.Damaged damaged = (LogVerdict.Damaged) verdict;
        document.put("intact", false);
        document.put("recordedSize", damaged.recordedSize());
        document.put("leavesRead", damaged.leavesRead());
        counts(document, tally);
        document.put("damages", damaged.count());
        document.put("firstBadIndex", damaged.first().index());
        document.put("kind", damaged.first().kind().name());
        document.put("listed", damaged.damages());
        say(document, "log.damaged", damaged.count(), damaged.first().index());
        if (!shared.json) {
            damaged.damages()
                    .forEach(damage -> console.print("  " + damage.index() + "  " + damage.kind() + "  "
                            + console.texts().text("damage." + damage.kind()) + " (" + damage.detail() + ")"));
        }
        return ExitCode.REFUSED;
    }

    private static void counts(Map<String, Object> document, Tally tally) {
        document.put("signaturesVerified", tally.signatures());
        document.put("refusals", tally.refusals());
        document.put("erased", tally.erased());
        document.put("checkpoints", tally.checkpoints());
        document.put("witnessedSize", tally.witnessed());
        document.put("stampedSize", tally.stamped());
    }

    private void say(Map<String, Object> document, String key, Object... values) {
        if (shared.json) {
            console.json(document);
        } else {
            console.say(key, values);
        }
    }
}
