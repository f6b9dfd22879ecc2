package org.wasl.node.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wasl.node.data.DataDirectory;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.certificate.RevocationFiles;
import org.wasl.security.registry.Expiring;
import org.wasl.security.registry.RegistrySource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what ends soon: registry, authorities, members' certificates, revocation lists. */
@Command(name = "expiring")
final class PkiExpiringCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    DataOption data = new DataOption();

    @Option(names = "--within", paramLabel = "DAYS", descriptionKey = "pki.within")
    int days = 30;

    @Spec
    CommandSpec command = CommandSpec.create();

    PkiExpiringCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        PkiBounds.check(command, console, "--within", days, 0, PkiBounds.MOST_DAYS);
        DataDirectory directory = data.directory();
        Optional<OfflineTrust> trust = OfflineTrust.of(directory, console);
        if (trust.isEmpty()) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.no-trust", directory.root());
        }
        RevocationFiles lists = new RevocationFiles(
                new TrustFiles(directory.root()).registry().resolve(RegistrySource.REVOCATION_LISTS));
        lists.reload();
        List<Expiring> expiring =
                Expiring.within(Duration.ofDays(days), trust.get().registry(), lists.lists(), Instant.now());
        if (shared.json) {
            List<Map<String, Object>> documents = new ArrayList<>();
            for (Expiring soon : expiring) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("kind", soon.kind().name());
                document.put("name", soon.name());
                document.put("ends", soon.ends().toString());
                documents.add(document);
            }
            console.json(documents);
        } else if (expiring.isEmpty()) {
            console.say("pki.none-expiring", days);
        } else {
            Table table = new Table("  ");
            expiring.forEach(soon -> table.row(
                    soon.ends().toString(),
                    console.texts().text("pki.kind." + soon.kind().name()),
                    soon.name()));
            table.lines().forEach(console::print);
        }
        return expiring.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    }
}
