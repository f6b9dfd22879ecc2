package org.wasl.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wasl.node.data.NodeState;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.authority.RegistryAuthority;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.registry.DraftExamination;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryPublication;
import org.wasl.security.registry.RegistrySource;
import org.wasl.security.registry.RegistryValidity;
import org.wasl.security.registry.RegistryXml;
import org.wasl.security.registry.SignedRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows a registry: a node's, or an authority's draft. */
@Command(name = "show")
final class RegistryShowCommand implements Callable<Integer> {

    private final Console console;
    private final RegistryXml xml = new RegistryXml(SchemaCatalogue.load());

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    DataOption data = new DataOption();

    @Option(names = "--authority", paramLabel = "DIR", descriptionKey = "registry.show-draft")
    @Nullable
    Path authority;

    @Option(names = "--trust", paramLabel = "PEM", descriptionKey = "registry.trust")
    @Nullable
    Path trust;

    RegistryShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws GeneralSecurityException {
        Path file = authority == null ? data.directory().registryFile() : new RegistryAuthority(authority).draftFile();
        DraftExamination read;
        try {
            byte[] octets = AtomicFile.read(file, RegistryXml.MAX_OCTETS);
            read = authority == null ? xml.examine(octets) : xml.examineDraft(octets);
        } catch (IOException unreadable) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.file", file, Failures.reason(unreadable));
        }
        if (read.registry().isEmpty()) {
            return RegistrySentences.problems(console, shared.json, file.toString(), read.problems());
        }
        Registry registry = read.registry().get();
        Instant now = Instant.now();
        Optional<Verdict> verdict;
        try {
            verdict = authority == null ? Optional.of(verdict(now)) : Optional.empty();
        } catch (IOException unreadable) {
            return console.fail(
                    shared.json, ExitCode.UNAVAILABLE, "registry.file", data.path, Failures.reason(unreadable));
        }
        RegistryFacts facts = new RegistryFacts(registry, now);
        if (shared.json) {
            Map<String, Object> document = new LinkedHashMap<>();
            verdict.ifPresent(found -> document.put("signature", found.document()));
            document.putAll(facts.document());
            console.json(document);
        } else {
            print(file, registry, facts);
            verdict.ifPresent(this::print);
        }
        return verdict.filter(found -> found.fault().isPresent()).isPresent() ? ExitCode.REFUSED : ExitCode.OK;
    }

    /**
     * What the node thinks of its published registry.
     *
     * @param fault why it refuses it, or why it no longer relies on it; empty when it does
     * @param accepted the highest version that it ever accepted
     * @param node the running node's own word; empty when none runs
     */
    private record Verdict(Optional<Fault> fault, boolean grace, long accepted, Optional<NodeState> node) {

        Map<String, Object> document() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("ok", fault.isEmpty());
            document.put("state", fault.isPresent() ? "REFUSED" : grace ? "GRACE" : "CURRENT");
            fault.ifPresent(reason -> {
                document.put("code", reason.code().wireCode());
                document.put("detail", reason.detail());
            });
            document.put("acceptedVersion", accepted);
            return document;
        }
    }

    private Verdict verdict(Instant now) throws IOException, GeneralSecurityException {
        TrustFiles files = new TrustFiles(data.directory().root());
        Path pinned = trust == null ? files.authorityCertificate() : trust;
        RegistryPublication publication = new RegistryPublication(
                files.registrySource(Duration.ofSeconds(1)), RegistryAuthority.readCertificate(pinned), xml);
        SignedRegistry signed = Files.exists(files.registry().resolve(RegistrySource.SIGNATURE))
                ? SignedRegistry.read(files.registry())
                : new SignedRegistry(
                        AtomicFile.read(data.directory().registryFile(), RegistryXml.MAX_OCTETS), new byte[0]);
        Optional<Registry> readable = xml.examine(signed.octets()).registry();
        Optional<Fault> fault = publication
                .refusal(signed, now)
                .or(() -> readable.flatMap(registry -> RegistryValidity.refusal(registry, now, Stage.VERIFY)));
        boolean grace =
                readable.filter(registry -> !now.isBefore(registry.expires())).isPresent();
        return new Verdict(fault, grace, publication.acceptedVersion(), NodeState.running(data.directory()));
    }

    private void print(Path file, Registry registry, RegistryFacts facts) throws CertificateEncodingException {
        if (authority == null) {
            console.say(
                    "registry.shown",
                    registry.instance(),
                    registry.version(),
                    registry.issued(),
                    registry.expires(),
                    facts.daysLeft(registry.expires()));
        } else {
            console.say("registry.shown-draft", registry.instance(), file);
        }
        if (!registry.grace().isZero()) {
            console.say("registry.shown-grace", registry.grace());
        }
        String name = console.texts().arabic() ? "arabic" : "english";
        Map<String, Object> all = facts.document();
        table("members", facts.members(), List.of("id", name, "nodes"));
        table(
                "certificates",
                facts.certificates(),
                List.of("member", "use", "fingerprint", "validTo", "daysLeft", "state"));
        table("noteKeys", facts.noteKeys(), List.of("member", "use", "name", "fingerprint", "daysLeft", "state"));
        table("evidence", facts.evidence(), List.of("kind", "demand", "alarmAfter", "refuseAfter", "address"));
        table("witnesses", facts.witnesses(), List.of("name", "party", "address", "daysLeft", "state"));
        table("services", facts.services(), List.of("id", name));
        table("agreements", facts.agreements(), List.of("id", "consumer", "service", "purposes", "daysLeft", "state"));
        for (String more : List.of("trustAnchors", "intermediateAuthorities", "identityIssuers", "federations")) {
            table(more, all.getOrDefault(more, List.of()));
        }
    }

    private void table(String title, Object rows) {
        if (rows instanceof List<?> list && !list.isEmpty()) {
            console.print("");
            console.say("registry.table." + title);
            Table table = new Table("  ");
            for (Object row : list) {
                if (row instanceof Map<?, ?> values) {
                    table.row(values.values().stream()
                            .map(value -> "  " + text(value))
                            .toArray(String[]::new));
                }
            }
            table.lines().forEach(console::print);
        }
    }

    private void table(String title, List<Map<String, Object>> rows, List<String> columns) {
        if (rows.isEmpty()) {
            return;
        }
        console.print("");
        console.say("registry.table." + title);
        Table table = new Table("  ");
        for (Map<String, Object> row : rows) {
            table.row(columns.stream().map(column -> "  " + cell(column, row)).toArray(String[]::new));
        }
        table.lines().forEach(console::print);
    }

    private String cell(String column, Map<String, Object> row) {
        Object value = row.getOrDefault(column, "");
        return switch (column) {
            case "daysLeft" -> console.texts().text("registry.days", value);
            case "state" -> console.texts().text("registry.state." + value);
            default -> text(value);
        };
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? String.join(" ", list.stream().map(String::valueOf).toList())
                : String.valueOf(value);
    }

    private void print(Verdict verdict) {
        console.print("");
        if (verdict.fault().isPresent()) {
            Fault fault = verdict.fault().get();
            console.say("registry.refused", fault.code().wireCode(), fault.detail(), verdict.accepted());
        } else {
            console.say(verdict.grace() ? "registry.in-grace" : "registry.good", verdict.accepted());
        }
    }
}
