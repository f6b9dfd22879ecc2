package org.wasl.node.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.wasl.security.authority.IssuedCertificate;
import org.wasl.security.authority.Pki;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what the authorities of a directory issued. */
@Command(name = "list")
final class PkiListCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    PkiCommand.Place place = new PkiCommand.Place();

    @Option(names = "--authority", paramLabel = "NAME", descriptionKey = "pki.only-authority")
    String authority = "";

    @Spec
    CommandSpec command = CommandSpec.create();

    PkiListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!authority.isEmpty()) {
            PkiCommand.checkName(command, console, authority);
        }
        return place.run(console, shared, this::list);
    }

    private int list(Pki pki) throws IOException {
        List<String> names = authority.isEmpty() ? pki.authorities() : List.of(authority);
        List<Map<String, Object>> documents = new ArrayList<>();
        Table table = new Table("  ");
        for (String name : names) {
            for (IssuedCertificate issued : pki.book(name).all()) {
                IssuedCertificate.Revocation revoked = issued.revoked();
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("authority", name);
                document.put("serial", issued.serial().toString(16));
                document.put("subject", issued.subject());
                document.put("validTo", issued.to().toString());
                document.put("revokedAt", revoked == null ? null : revoked.at().toString());
                documents.add(document);
                table.row(
                        name,
                        issued.serial().toString(16),
                        issued.to().toString(),
                        revoked == null ? console.texts().text("pki.good") : revoked.reason() + " " + revoked.at(),
                        issued.subject());
            }
        }
        if (shared.json) {
            console.json(documents);
        } else {
            table.lines().forEach(console::print);
        }
        return ExitCode.OK;
    }
}
