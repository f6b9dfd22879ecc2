package org.wasl.node.command;

import java.nio.file.Files;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.messagelog.verify.LogVerdict;
import org.wasl.messagelog.verify.LogVerifier;
import org.wasl.messagelog.verify.VerificationPlan;
import org.wasl.node.data.DataDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks message logs. */
@Command(
        name = "log",
        subcommands = {LogCommand.Verify.class, LogErase.class})
final class LogCommand extends CommandGroup {

    /** Verifies a whole log, offline. */
    @Command(name = "verify")
    static final class Verify implements Callable<Integer> {

        private final Console console;

        @Mixin
        SharedOptions shared = new SharedOptions();

        @Mixin
        DataOption data = new DataOption();

        Verify(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            DataDirectory directory = data.directory();
            if (!Files.isRegularFile(directory.logDatabase())) {
                return console.fail(shared.json, ExitCode.UNAVAILABLE, "log.none", directory.root());
            }
            Optional<OfflineTrust> trust = OfflineTrust.of(directory, console);
            if (trust.isEmpty()) {
                return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.no-trust", directory.root());
            }
            SignatureCheck check = new SignatureCheck(trust.get());
            LogVerdict verdict;
            try (LogSource source = SqliteLogStore.openReadOnly(directory.logDatabase());
                    Progress progress = Progress.start(console, "log.progress")) {
                verdict = new LogVerifier(VerificationPlan.of(check).heardBy(progress::to)).verify(source);
            } catch (LogStoreException unreadable) {
                return console.fail(
                        shared.json,
                        ExitCode.UNAVAILABLE,
                        "error.file",
                        directory.logDatabase(),
                        Failures.reason(unreadable));
            }
            return report(verdict);
        }

        private int report(LogVerdict verdict) {
            if (verdict instanceof LogVerdict.Intact intact) {
                String root = HexFormat.of().formatHex(intact.root());
                if (shared.json) {
                    Map<String, Object> document = new LinkedHashMap<>();
                    document.put("intact", true);
                    document.put("size", intact.size());
                    document.put("root", root);
                    document.put("containers", intact.containers());
                    document.put("signaturesVerified", intact.tally().signatures());
                    document.put("refusals", intact.tally().refusals());
                    document.put("erased", intact.erased());
                    console.json(document);
                } else {
                    console.say(
                            "log.intact",
                            intact.size(),
                            root,
                            intact.containers(),
                            intact.tally().signatures(),
                            intact.tally().refusals(),
                            intact.erased());
                }
                return ExitCode.OK;
            }
            LogVerdict.Damaged damaged = (LogVerdict.Damaged) verdict;
            if (shared.json) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("intact", false);
                document.put("recordedSize", damaged.recordedSize());
                document.put("leavesRead", damaged.leavesRead());
                document.put("damages", damaged.count());
                document.put("firstBadIndex", damaged.first().index());
                document.put("listed", damaged.damages());
                console.json(document);
            } else {
                console.say("log.damaged", damaged.count(), damaged.first().index());
                damaged.damages()
                        .forEach(damage ->
                                console.print("  " + damage.index() + "  " + damage.kind() + "  " + damage.detail()));
            }
            return ExitCode.REFUSED;
        }
    }
}
