package org.wasl.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.authority.DraftEdit;
import org.wasl.security.authority.DraftKind;
import org.wasl.security.authority.DraftOrder;
import org.wasl.security.authority.RegistryAuthority;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.registry.DraftExamination;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryChange;
import org.wasl.security.registry.RegistryComparison;
import org.wasl.security.registry.RegistryProblem;
import org.wasl.security.registry.RegistryXml;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes the draft; what a node would refuse is not kept. */
@Command(name = "edit")
final class RegistryEditCommand implements Callable<Integer> {

    private final Console console;
    private final RegistryXml xml = new RegistryXml(SchemaCatalogue.load());

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    AuthorityOption authority = new AuthorityOption();

    @Option(names = "--file", paramLabel = "FILE", descriptionKey = "registry.edit-file")
    @Nullable
    Path file;

    @Parameters(index = "0", arity = "0..1", paramLabel = "add|set|remove", descriptionKey = "registry.action")
    String action = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "KIND", descriptionKey = "registry.kind")
    String kind = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "ID", descriptionKey = "registry.id")
    String id = "";

    @Parameters(index = "3..*", arity = "0..*", paramLabel = "NAME=VALUE", descriptionKey = "registry.values")
    List<String> values = new ArrayList<>();

    @Spec
    CommandSpec spec = CommandSpec.create();

    RegistryEditCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws GeneralSecurityException {
        Optional<DraftOrder> order = file == null ? Optional.of(order()) : Optional.empty();
        if (file != null && !action.isEmpty()) {
            throw wrong("registry.edit-either");
        }
        RegistryAuthority desk = authority.authority();
        byte[] before;
        byte[] after;
        try {
            before = desk.readDraft();
            if (order.isPresent()) {
                DraftEdit.Outcome outcome = DraftEdit.apply(before, order.get(), Instant.now());
                if (outcome instanceof DraftEdit.Outcome.Refused refused) {
                    return console.fail(shared.json, ExitCode.REFUSED, "registry.not-edited", refused.reason());
                }
                after = ((DraftEdit.Outcome.Edited) outcome).octets();
            } else {
                after = AtomicFile.read(Optional.ofNullable(file).orElseThrow(), RegistryXml.MAX_OCTETS);
            }
        } catch (IOException unreadable) {
            return console.fail(
                    shared.json,
                    ExitCode.UNAVAILABLE,
                    "error.file",
                    file == null ? desk.draftFile() : file,
                    Failures.reason(unreadable));
        }
        DraftExamination examined = xml.examineDraft(after);
        if (examined.registry().isEmpty()) {
            return wrong(examined.problems());
        }
        return keep(desk, before, after, examined.registry().get());
    }

    private int keep(RegistryAuthority desk, byte[] before, byte[] after, Registry registry)
            throws GeneralSecurityException {
        // A file is kept as its author wrote it, comments and all; an edited draft in the form of the published one.
        byte[] kept = file == null ? RegistryXml.write(registry) : after;
        try {
            desk.writeDraft(kept);
        } catch (IOException failed) {
            return console.fail(
                    shared.json, ExitCode.UNAVAILABLE, "registry.file", desk.draftFile(), Failures.reason(failed));
        }
        Optional<Registry> former = xml.examineDraft(before).registry();
        List<RegistryChange> changes =
                former.isPresent() ? RegistryComparison.changes(former.get(), registry, false) : List.of();
        if (shared.json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("ok", true);
            document.put("draft", desk.draftFile().toString());
            document.put("changes", RegistrySentences.documents(changes));
            console.json(document);
        } else {
            console.say("registry.edited", desk.draftFile());
            new RegistrySentences(console.texts()).lines(changes).forEach(console::print);
        }
        return ExitCode.OK;
    }

    private int wrong(List<RegistryProblem> problems) {
        String where = file == null ? console.texts().text("registry.the-draft") : file.toString();
        return RegistrySentences.problems(console, shared.json, where, problems);
    }

    private DraftOrder order() {
        DraftOrder.Action what;
        try {
            what = DraftOrder.Action.valueOf(action.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw wrong("registry.bad-action");
        }
        DraftKind which = DraftKind.named(kind).orElseThrow(() -> wrong("registry.bad-kind"));
        if (id.isEmpty()) {
            throw wrong("registry.no-id");
        }
        Map<String, List<String>> said = new LinkedHashMap<>();
        for (String value : values) {
            int equals = value.indexOf('=');
            if (equals < 1) {
                throw wrong("registry.bad-value");
            }
            said.computeIfAbsent(value.substring(0, equals), name -> new ArrayList<>())
                    .add(value.substring(equals + 1));
        }
        return new DraftOrder(what, which, id, said);
    }

    private CommandLine.ParameterException wrong(String key) {
        return new CommandLine.ParameterException(
                spec.commandLine(), console.texts().text(key, String.join(", ", kinds())));
    }

    private static List<String> kinds() {
        List<String> names = new ArrayList<>();
        for (DraftKind known : DraftKind.values()) {
            names.add(known.wireName());
        }
        return names;
    }
}
