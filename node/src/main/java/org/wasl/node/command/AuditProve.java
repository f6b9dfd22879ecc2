package org.wasl.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.node.audit.Check;
import org.wasl.node.audit.DisputeAnswers;
import org.wasl.node.audit.EvidenceExport;
import org.wasl.node.data.DataDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers a dispute about one document in one go. */
@Command(name = "prove")
final class AuditProve implements Callable<Integer> {

    private static final long MAX_BYTES = 64L * 1024 * 1024;
    private static final long MAX_BUNDLE_BYTES = 256L * 1024 * 1024;

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    DataOption data = new DataOption();

    @Option(names = "--document", required = true, paramLabel = "FILE", descriptionKey = "audit.document")
    Path document = Path.of("");

    @Option(names = "--bundle", paramLabel = "FILE", descriptionKey = "audit.bundle")
    @Nullable
    Path bundle;

    @Parameters(paramLabel = "REQUEST_ID", descriptionKey = "audit.request")
    UUID request = new UUID(0, 0);

    AuditProve(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        DataDirectory directory = data.directory();
        if (!Files.isRegularFile(directory.logDatabase())) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "log.none", directory.root());
        }
        Optional<OfflineEvidence> offline = OfflineEvidence.of(directory, console);
        if (offline.isEmpty()) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.no-trust", directory.root());
        }
        byte[] disputed;
        byte[] other;
        try {
            disputed = read(document, MAX_BYTES);
            other = bundle == null ? null : read(bundle, MAX_BUNDLE_BYTES);
        } catch (IOException unreadable) {
            return console.fail(
                    shared.json,
                    ExitCode.UNAVAILABLE,
                    "error.file",
                    bundle == null ? document : document + ", " + bundle,
                    Failures.reason(unreadable));
        }
        Optional<List<Check>> answers;
        try (LogSource log = SqliteLogStore.openReadOnly(directory.logDatabase())) {
            OfflineEvidence at = offline.get();
            EvidenceExport export = new EvidenceExport(at.schemas(), at.path(), at.registries(), at.authority());
            answers = new DisputeAnswers(at.schemas(), export, at.registries()).answer(log, request, disputed, other);
        } catch (LogStoreException | IOException failed) {
            return console.fail(
                    shared.json, ExitCode.UNAVAILABLE, "error.file", directory.logDatabase(), Failures.reason(failed));
        }
        return answers.map(this::report)
                .orElseGet(() -> console.fail(shared.json, ExitCode.REFUSED, "audit.unknown-request", request));
    }

    private static byte[] read(Path file, long most) throws IOException {
        if (Files.size(file) > most) {
            throw new IOException("larger than " + most + " bytes");
        }
        return Files.readAllBytes(file);
    }

    private int report(List<Check> answers) {
        int exitCode = AuditPrinter.exitCode(answers);
        if (shared.json) {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("ok", exitCode == ExitCode.OK);
            told.put("request", request.toString());
            told.put("answers", answers.stream().map(Check::document).toList());
            console.json(told);
        } else {
            console.say("audit.proven", request, document);
            answers.forEach(answer -> AuditPrinter.print(console, answer));
        }
        return exitCode;
    }
}
