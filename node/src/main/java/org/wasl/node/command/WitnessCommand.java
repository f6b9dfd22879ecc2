package org.wasl.node.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.note.SignatureType;
import org.wasl.messagelog.note.VerifierKey;
import org.wasl.messagelog.publication.RegistryLogs;
import org.wasl.messagelog.witness.Witness;
import org.wasl.messagelog.witness.WitnessFiles;
import org.wasl.messagelog.witness.WitnessServer;
import org.wasl.messagelog.witness.WitnessedLogs;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.DirectoryLock;
import org.wasl.node.data.WitnessKey;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.registry.RegistryFiles;
import org.wasl.security.registry.RegistryListener;
import org.wasl.security.registry.RegistryRefusedException;
import org.wasl.security.registry.RegistrySource;
import org.wasl.security.registry.RegistryXml;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Witnesses others' logs until it is told to stop: for an auditor or a court, without a node. */
@Command(name = "witness", subcommands = WitnessShowCommand.class)
final class WitnessCommand implements Callable<Integer> {

    /** Where in a witness' directory its memory lies. */
    static final String MEMORY = "logs";

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Option(names = "--directory", paramLabel = "DIR", descriptionKey = "witness.directory")
    Path directory = Path.of("witness");

    @Option(names = "--name", paramLabel = "NAME", descriptionKey = "witness.name")
    @Nullable
    String name;

    @Option(names = "--port", paramLabel = "PORT", descriptionKey = "witness.port")
    int port = 8087;

    @Option(names = "--bind", paramLabel = "ADDRESS", descriptionKey = "witness.bind")
    String bind = "127.0.0.1";

    @Option(names = "--address", paramLabel = "URL", descriptionKey = "witness.address")
    @Nullable
    URI address;

    @Option(names = "--log", paramLabel = "VKEY", descriptionKey = "witness.log")
    List<String> logs = new ArrayList<>();

    @Option(names = "--registry", paramLabel = "DIR", descriptionKey = "witness.registry")
    @Nullable
    Path registry;

    @Option(names = "--authority", paramLabel = "FILE", descriptionKey = "witness.authority")
    @Nullable
    Path authority;

    WitnessCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (logs.isEmpty() == (registry == null) || (registry == null) != (authority == null)) {
            return console.fail(shared.json, ExitCode.USAGE, "witness.which-logs");
        }
        List<VerifierKey> keys = new ArrayList<>();
        for (String log : logs) {
            Optional<VerifierKey> key = VerifierKey.parse(log).filter(read -> read.type() == SignatureType.ED25519);
            if (key.isEmpty()) {
                return console.fail(shared.json, ExitCode.USAGE, "witness.no-vkey", log);
            }
            keys.add(key.get());
        }
        try {
            Optional<DirectoryLock> lock = DirectoryLock.take(new DataDirectory(directory));
            if (lock.isEmpty()) {
                return console.fail(shared.json, ExitCode.UNAVAILABLE, "witness.in-use", directory);
            }
            try (DirectoryLock held = lock.get()) {
                return witness(keys);
            }
        } catch (RegistryRefusedException refused) {
            return console.fail(shared.json, ExitCode.REFUSED, "error.registry", Failures.reason(refused), registry);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException failed) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "witness.failed", Failures.reason(failed));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return ExitCode.OK;
        }
    }

    private int witness(List<VerifierKey> keys) throws IOException, GeneralSecurityException, InterruptedException {
        Optional<WitnessKey> key = WitnessKey.obtain(directory, Optional.ofNullable(name));
        if (key.isEmpty()) {
            return console.fail(shared.json, ExitCode.USAGE, "witness.which-name", directory);
        }
        if (registry == null || authority == null) {
            return serve(key.get(), origin -> keys.stream()
                    .filter(log -> log.name().equals(origin))
                    .toList());
        }
        X509Certificate pinned = PkiCommand.certificate(authority);
        RegistrySource source = new RegistrySource(registry, directory.resolve("registry"), LOOK);
        try (RegistryFiles files = RegistryFiles.open(
                source, pinned, new RegistryXml(SchemaCatalogue.load()), Clock.systemUTC(), RegistryListener.NONE)) {
            return serve(key.get(), new RegistryLogs(files, null, Clock.systemUTC()));
        }
    }

    private int serve(WitnessKey key, WitnessedLogs watched) throws IOException, InterruptedException {
        Witness witness =
                new Witness(watched, new WitnessFiles(directory.resolve(MEMORY)), key.signer(), Clock.systemUTC());
        InetSocketAddress place = new InetSocketAddress(bind, port);
        try (WitnessServer server = WitnessServer.start(place, Map.of("", witness))) {
            String prefix = address == null ? "http://" + host() + ":" + server.port() : address.toString();
            String vkey = key.signer().verifierKey().toString();
            if (shared.json) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("name", key.signer().verifierKey().name());
                document.put("vkey", vkey);
                document.put("address", prefix);
                document.put("registryElement", key.registryElement(prefix));
                console.json(document);
            } else {
                console.say("witness.serving", prefix);
                console.say("witness.vkey");
                console.print("  " + vkey);
                console.say("witness.element");
                console.print("  " + key.registryElement(prefix));
            }
            console.out().flush();
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "stop"));
            stopped.await();
        }
        return ExitCode.OK;
    }

    private String host() {
        return bind.contains(":") ? "[" + bind + "]" : bind;
    }
}
