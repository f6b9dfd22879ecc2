package org.wasl.node.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Registry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the agreements of a registry. */
@Command(name = "list")
final class AgreementList implements Callable<Integer> {

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    RegistryOption registry = new RegistryOption();

    @Option(names = "--consumer", paramLabel = "SUBSYSTEM", descriptionKey = "agreement.only-consumer")
    String consumer = "";

    @Option(names = "--service", paramLabel = "SERVICE", descriptionKey = "agreement.only-service")
    String service = "";

    AgreementList(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Optional<Registry> found = registry.read(console);
        if (found.isEmpty()) {
            return ExitCode.UNAVAILABLE;
        }
        Instant now = Instant.now();
        List<Agreement> agreements = found.get().agreements().stream()
                .filter(agreement -> agreement.consumer().toString().contains(consumer)
                        && agreement.service().toString().contains(service))
                .toList();
        if (shared.json) {
            List<Map<String, Object>> documents = new ArrayList<>();
            agreements.forEach(agreement -> documents.add(document(agreement, now)));
            console.json(documents);
            return ExitCode.OK;
        }
        Table table = new Table("  ");
        for (Agreement agreement : agreements) {
            table.row(
                    agreement.id(),
                    agreement.consumer().toString(),
                    agreement.service().toString(),
                    String.join(" ", new TreeSet<>(agreement.purposes().keySet())),
                    console.texts().text("agreement.state." + state(agreement, now)));
        }
        table.lines().forEach(console::print);
        console.say("agreement.count", agreements.size());
        return ExitCode.OK;
    }

    /** How an agreement stands at this instant. */
    static String state(Agreement agreement, Instant at) {
        Instant withdrawn = agreement.withdrawn();
        if (withdrawn != null && !at.isBefore(withdrawn)) {
            return "withdrawn";
        }
        if (at.isBefore(agreement.validFrom())) {
            return "to-come";
        }
        return at.isBefore(agreement.validTo()) ? "in-force" : "ended";
    }

    private static Map<String, Object> document(Agreement agreement, Instant now) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", agreement.id());
        document.put("consumer", agreement.consumer().toString());
        document.put("service", agreement.service().toString());
        document.put("state", state(agreement, now));
        Map<String, Object> purposes = new TreeMap<>();
        agreement.purposes().forEach((purpose, bases) -> purposes.put(purpose, new TreeSet<>(bases)));
        document.put("purposes", purposes);
        document.put(
                "actors",
                agreement.actors().stream()
                        .map(actor -> Map.of(
                                "kind", actor.kind(),
                                "subject", actor.subject(),
                                "assertionRequired", actor.assertionRequired(),
                                "assurance", actor.assurance()))
                        .toList());
        document.put("released", agreement.released());
        document.putAll(AgreementTerms.document(agreement));
        document.put("validFrom", agreement.validFrom().toString());
        document.put("validTo", agreement.validTo().toString());
        Optional.ofNullable(agreement.withdrawn()).ifPresent(at -> document.put("withdrawn", at.toString()));
        return document;
    }
}
