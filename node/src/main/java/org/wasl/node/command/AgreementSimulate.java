package org.wasl.node.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.simulation.Simulation;
import org.wasl.node.simulation.SimulationReport;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryXml;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tries a proposed agreement, or registry, against the requests that a node's log holds. */
@Command(name = "simulate")
final class AgreementSimulate implements Callable<Integer> {

    private static final int MAX_DAYS = 36_500;

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    DataOption data = new DataOption();

    @Option(names = "--proposed", required = true, paramLabel = "FILE", descriptionKey = "agreement.proposed")
    Path proposed = Path.of("");

    @Option(names = "--days", paramLabel = "N", descriptionKey = "agreement.days")
    int days = 30;

    @Spec
    CommandSpec spec = CommandSpec.create();

    AgreementSimulate(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (days < 1 || days > MAX_DAYS) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), console.texts().text("agreement.bad-days", MAX_DAYS));
        }
        DataDirectory directory = data.directory();
        if (!Files.isRegularFile(directory.logDatabase())) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "log.none", directory.root());
        }
        Optional<OfflineTrust> trust = OfflineTrust.of(directory, console);
        if (trust.isEmpty()) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.no-trust", directory.root());
        }
        Registry inForce = trust.get().registry();
        Optional<Registry> draft = proposal(inForce);
        if (draft.isEmpty()) {
            return console.fail(shared.json, ExitCode.REFUSED, "agreement.bad-proposal", proposed);
        }
        Simulation simulation =
                new Simulation(inForce, draft.get(), trust.get().verifier(), SchemaCatalogue.load(), Instant.now());
        try (LogSource log = SqliteLogStore.openReadOnly(directory.logDatabase());
                Progress progress = Progress.start(console, "agreement.progress")) {
            report(simulation.run(log, days, progress::to));
            return ExitCode.OK;
        } catch (LogStoreException unreadable) {
            return console.fail(
                    shared.json,
                    ExitCode.UNAVAILABLE,
                    "error.file",
                    directory.logDatabase(),
                    Failures.reason(unreadable));
        }
    }

    /** One agreement is put into the registry in force; a whole registry stands by itself. */
    private Optional<Registry> proposal(Registry inForce) {
        Optional<byte[]> octets = RegistryOption.octets(proposed, console);
        if (octets.isPresent() && RegistryXml.isAgreement(octets.get())) {
            return RegistryOption.usable(
                    console, new RegistryXml(SchemaCatalogue.load()).readAgreement(octets.get(), inForce));
        }
        return octets.flatMap(
                read -> RegistryOption.usable(console, new RegistryXml(SchemaCatalogue.load()).readDraft(read)));
    }

    private void report(SimulationReport report) {
        if (shared.json) {
            console.json(report);
            return;
        }
        console.say("agreement.simulated", report.requests(), report.from(), report.to());
        console.say(
                "agreement.outcome",
                report.unchanged(),
                report.newlyAllowed(),
                report.newlyRefused(),
                report.depends());
        for (Map.Entry<String, Long> refused : report.refusedBy().entrySet()) {
            console.print("  " + refused.getKey() + "  " + refused.getValue());
        }
        if (report.sealed() > 0) {
            console.say("agreement.sealed", report.sealed());
        }
        if (report.unreadable() > 0) {
            console.say("agreement.unreadable", report.unreadable());
        }
        Table groups = new Table("  ");
        for (SimulationReport.Group group : report.groups()) {
            groups.row(
                    "  " + group.consumer(),
                    group.service(),
                    group.purpose(),
                    "=" + group.unchanged(),
                    "+" + group.newlyAllowed(),
                    "-" + group.newlyRefused(),
                    "?" + group.depends());
        }
        groups.lines().forEach(console::print);
        if (!report.fields().isEmpty()) {
            console.say("agreement.fields");
            Table fields = new Table("  ");
            for (SimulationReport.FieldChange field : report.fields()) {
                fields.row(
                        "  " + (field.change().equals("LOST") ? "-" : "+"),
                        field.path(),
                        field.consumer(),
                        field.service(),
                        Long.toString(field.requests()));
            }
            fields.lines().forEach(console::print);
        }
        if (!report.peaks().isEmpty()) {
            console.say("agreement.peaks");
            Table peaks = new Table("  ");
            report.peaks()
                    .forEach((id, peak) -> peaks.row("  " + id, peak.perMinute() + "/min", peak.perDay() + "/day"));
            peaks.lines().forEach(console::print);
        }
        report.examples()
                .forEach(example -> console.say(
                        "agreement.example",
                        example.messageId(),
                        example.at(),
                        example.was(),
                        example.becomes(),
                        example.code()));
    }
}
