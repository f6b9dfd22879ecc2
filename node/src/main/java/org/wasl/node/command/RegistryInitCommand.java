package org.wasl.node.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.pack.InvalidPackException;
import org.wasl.schemas.pack.Packs;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.authority.RegistryAuthority;
import org.wasl.security.registry.DraftExamination;
import org.wasl.security.registry.RegistryXml;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a new authority. */
@Command(name = "init")
final class RegistryInitCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    AuthorityOption authority = new AuthorityOption();

    @Mixin
    PasswordOption password = new PasswordOption();

    @Option(names = "--instance", paramLabel = "CODE", descriptionKey = "registry.instance")
    String instance = "JO";

    @Option(names = "--sample", descriptionKey = "registry.sample")
    boolean sample;

    RegistryInitCommand(Console console) {
        this.console = console;
    }

    private static byte[] sampleDraft() {
        try {
            return DemoRegistry.draft(Packs.shipped());
        } catch (InvalidPackException e) {
            throw new IllegalStateException("the program's own packs fit its own draft", e);
        }
    }

    @Override
    public Integer call() throws GeneralSecurityException {
        RegistryAuthority made = authority.authority();
        byte[] draft = sample ? sampleDraft() : RegistryAuthority.emptyDraft(instance);
        DraftExamination examined = new RegistryXml(SchemaCatalogue.load()).examineDraft(draft);
        if (examined.registry().isEmpty()) {
            return console.fail(shared.json, ExitCode.USAGE, "registry.bad-instance", instance);
        }
        String speaksFor = examined.registry().get().instance();
        try {
            Optional<String> chosen = password.choose(console.texts());
            if (chosen.isEmpty()) {
                return console.fail(
                        shared.json, ExitCode.USAGE, "registry.no-password", PasswordOption.LEAST_CHARACTERS);
            }
            made.create(speaksFor, chosen.get(), draft, Clock.systemUTC());
            return report(made);
        } catch (FileAlreadyExistsException there) {
            return console.fail(shared.json, ExitCode.REFUSED, "registry.exists", made.keyFile());
        } catch (IOException failed) {
            return console.fail(
                    shared.json, ExitCode.UNAVAILABLE, "registry.file", authority.path, Failures.reason(failed));
        }
    }

    private int report(RegistryAuthority made) throws IOException, GeneralSecurityException {
        String fingerprint = RegistryFacts.fingerprint(made.certificate());
        if (shared.json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("ok", true);
            document.put("key", made.keyFile().toString());
            document.put("certificate", made.certificateFile().toString());
            document.put("fingerprint", fingerprint);
            document.put("draft", made.draftFile().toString());
            console.json(document);
        } else {
            console.say("registry.made", made.keyFile(), made.certificateFile(), fingerprint, made.draftFile());
        }
        return ExitCode.OK;
    }
}
