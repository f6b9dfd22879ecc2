package org.wasl.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.registry.DraftExamination;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryChange;
import org.wasl.security.registry.RegistryComparison;
import org.wasl.security.registry.RegistrySource;
import org.wasl.security.registry.RegistryXml;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what differs between two registries. */
@Command(name = "diff")
final class RegistryDiffCommand implements Callable<Integer> {

    private final Console console;
    private final RegistryXml xml = new RegistryXml(SchemaCatalogue.load());

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    AuthorityOption authority = new AuthorityOption();

    @Option(names = "--data", paramLabel = "DIR", descriptionKey = "registry.diff-data")
    @Nullable
    Path data;

    @Parameters(arity = "0..2", paramLabel = "OLD NEW", descriptionKey = "registry.diff-files")
    List<Path> files = new ArrayList<>();

    @Spec
    CommandSpec spec = CommandSpec.create();

    RegistryDiffCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CertificateEncodingException {
        if (files.size() == 1) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), console.texts().text("registry.diff-two"));
        }
        boolean named = files.size() == 2;
        Path before = named ? file(files.get(0)) : file(published());
        Path after = named ? file(files.get(1)) : authority.authority().draftFile();
        List<Registry> both = new ArrayList<>();
        for (Path path : List.of(before, after)) {
            DraftExamination read;
            try {
                read = read(path);
            } catch (IOException unreadable) {
                return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.file", path, Failures.reason(unreadable));
            }
            if (read.registry().isEmpty()) {
                return RegistrySentences.problems(console, shared.json, path.toString(), read.problems());
            }
            both.add(read.registry().get());
        }
        List<RegistryChange> changes = RegistryComparison.changes(both.get(0), both.get(1), named);
        if (shared.json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("before", before.toString());
            document.put("after", after.toString());
            document.put("changes", RegistrySentences.documents(changes));
            console.json(document);
        } else {
            console.say(changes.isEmpty() ? "registry.same" : "registry.differs", before, after);
            new RegistrySentences(console.texts()).lines(changes).forEach(console::print);
        }
        return ExitCode.OK;
    }

    private Path published() {
        return data == null ? authority.authority().signedDirectory() : data.resolve("registry");
    }

    private static Path file(Path named) {
        return Files.isDirectory(named) ? named.resolve(RegistrySource.REGISTRY) : named;
    }

    private DraftExamination read(Path path) throws IOException {
        byte[] octets = AtomicFile.read(path, RegistryXml.MAX_OCTETS);
        DraftExamination published = xml.examine(octets);
        return published.registry().isPresent() ? published : xml.examineDraft(octets);
    }
}
