package org.wasl.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wasl.node.data.NodeState;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.authority.RegistryAuthority;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryPublication;
import org.wasl.security.registry.RegistryReading;
import org.wasl.security.registry.RegistryXml;
import org.wasl.security.registry.SignedRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings a signed registry to a node. */
@Command(name = "publish")
final class RegistryPublishCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 50;

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    AuthorityOption authority = new AuthorityOption();

    @Mixin
    DataOption data = new DataOption();

    @Option(names = "--from", paramLabel = "DIR", descriptionKey = "registry.from")
    @Nullable
    Path from;

    @Option(names = "--trust", paramLabel = "PEM", descriptionKey = "registry.trust")
    @Nullable
    Path trust;

    RegistryPublishCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws GeneralSecurityException, InterruptedException {
        Path source = from == null ? authority.authority().signedDirectory() : from;
        TrustFiles node = new TrustFiles(data.directory().root());
        Path pinned = trust == null ? node.authorityCertificate() : trust;
        RegistryXml xml = new RegistryXml(SchemaCatalogue.load());
        try {
            SignedRegistry signed;
            try {
                signed = SignedRegistry.read(source);
            } catch (IOException unreadable) {
                return console.fail(
                        shared.json, ExitCode.UNAVAILABLE, "error.file", source, Failures.reason(unreadable));
            }
            RegistryPublication publication = new RegistryPublication(
                    node.registrySource(Duration.ofSeconds(1)), RegistryAuthority.readCertificate(pinned), xml);
            Optional<Fault> refusal = publication.publish(signed, Instant.now());
            if (refusal.isPresent()) {
                return refused(refusal.get());
            }
            Registry published = ((RegistryReading.Readable) xml.read(signed.octets())).registry();
            return report(published, inForce(publication, published.version()));
        } catch (IOException failed) {
            return console.fail(
                    shared.json,
                    ExitCode.UNAVAILABLE,
                    "registry.file",
                    data.directory().root(),
                    Failures.reason(failed));
        }
    }

    private int refused(Fault fault) {
        if (shared.json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("ok", false);
            document.put("code", fault.code().wireCode());
            document.put("detail", fault.detail());
            console.json(document);
        }
        console.note("registry.not-published", fault.code().wireCode(), fault.detail());
        return ExitCode.REFUSED;
    }

    /** Whether the node that runs there has taken it; empty when none runs. */
    private Optional<Boolean> inForce(RegistryPublication publication, long version)
            throws IOException, InterruptedException {
        if (NodeState.running(data.directory()).isEmpty()) {
            return Optional.empty();
        }
        long begun = System.nanoTime();
        while (publication.acceptedVersion() < version) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                return Optional.of(false);
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return Optional.of(true);
    }

    private int report(Registry published, Optional<Boolean> inForce) {
        if (shared.json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("ok", true);
            document.put("version", published.version());
            document.put("expires", published.expires().toString());
            inForce.ifPresent(taken -> document.put("inForce", taken));
            console.json(document);
        } else {
            console.say(
                    "registry.published", published.version(), data.directory().root());
            inForce.ifPresent(taken -> console.say(taken ? "registry.in-force" : "registry.not-in-force"));
        }
        return inForce.orElse(true) ? ExitCode.OK : ExitCode.PARTIAL;
    }
}
