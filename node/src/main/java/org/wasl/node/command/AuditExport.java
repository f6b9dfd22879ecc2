package org.wasl.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.node.audit.Check;
import org.wasl.node.audit.EvidenceExport;
import org.wasl.node.data.DataDirectory;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the evidence of one request into one file, for people who do not have this program. */
@Command(name = "export")
final class AuditExport implements Callable<Integer> {

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    DataOption data = new DataOption();

    @Option(names = "--out", required = true, paramLabel = "FILE", descriptionKey = "audit.out")
    Path out = Path.of("");

    @Parameters(paramLabel = "REQUEST_ID", descriptionKey = "audit.request")
    UUID request = new UUID(0, 0);

    AuditExport(Console console) {
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
        Optional<EvidenceExport.Bundle> bundle;
        try (LogSource log = SqliteLogStore.openReadOnly(directory.logDatabase())) {
            OfflineEvidence at = offline.get();
            bundle = new EvidenceExport(at.schemas(), at.path(), at.registries(), at.authority()).export(log, request);
        } catch (LogStoreException | IOException failed) {
            return console.fail(
                    shared.json, ExitCode.UNAVAILABLE, "error.file", directory.logDatabase(), Failures.reason(failed));
        }
        if (bundle.isEmpty()) {
            return console.fail(shared.json, ExitCode.REFUSED, "audit.unknown-request", request);
        }
        try {
            // It holds what was said about a person: for whoever made it, until they hand it on.
            AtomicFile.write(out.toAbsolutePath(), bundle.get().zip(), Readers.OWNER);
        } catch (IOException failed) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.file", out, Failures.reason(failed));
        }
        return report(bundle.get());
    }

    /** What is not there yet makes it evidence in part; what does not hold, evidence of that. */
    private int report(EvidenceExport.Bundle bundle) {
        int exitCode = AuditPrinter.exitCode(bundle.checks());
        if (shared.json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("ok", exitCode == ExitCode.OK);
            document.put("file", out.toString());
            document.put("octets", bundle.zip().length);
            document.put("leaves", bundle.leaves());
            document.put("checks", bundle.checks().stream().map(Check::document).toList());
            console.json(document);
        } else {
            console.say("audit.exported", out, bundle.leaves(), bundle.zip().length);
            bundle.checks().forEach(check -> AuditPrinter.print(console, check));
        }
        return exitCode;
    }
}
