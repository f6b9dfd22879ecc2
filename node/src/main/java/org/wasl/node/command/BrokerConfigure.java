package org.wasl.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.wasl.node.identity.MemberCertificates;
import org.wasl.routes.broker.BrokerAddress;
import org.wasl.routes.broker.BrokerFiles;
import org.wasl.routes.broker.BrokerSettings;
import org.wasl.routes.broker.BrokerSite;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.certificate.RevocationFiles;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.SecretFiles;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryReading;
import org.wasl.security.registry.RegistrySignature;
import org.wasl.security.registry.RegistrySource;
import org.wasl.security.registry.RegistryXml;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the files from which Artemis' distribution runs as the members' broker, and follows the registry with them. */
@Command(name = "configure")
final class BrokerConfigure implements Callable<Integer> {

    private static final int MAX_SIGNATURE_BYTES = 64 * 1024;
    private static final long LOOK_SECONDS = 1;

    private final Console console;
    private long version;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Option(names = "--registry", required = true, paramLabel = "FILE", descriptionKey = "broker.registry")
    Path registry = Path.of("registry.xml");

    @Option(names = "--signature", paramLabel = "FILE", descriptionKey = "broker.signature")
    @Nullable
    Path signature;

    @Option(names = "--trust", required = true, paramLabel = "FILE", descriptionKey = "broker.trust")
    Path trust = Path.of("authority.pem");

    @Option(names = "--name", required = true, paramLabel = "NAME", descriptionKey = "broker.name")
    String name = "";

    @Option(names = "--address", required = true, paramLabel = "HOST:PORT", descriptionKey = "broker.address")
    String address = "";

    @Option(names = "--bind", paramLabel = "ADDRESS", descriptionKey = "broker.bind")
    @Nullable
    String bind;

    @Option(names = "--tls-store", required = true, paramLabel = "FILE", descriptionKey = "broker.tls-store")
    Path store = Path.of("server.p12");

    @Option(names = "--tls-secret", required = true, paramLabel = "FILE", descriptionKey = "broker.tls-secret")
    Path storeSecret = Path.of("tls-server");

    @Option(names = "--peer", paramLabel = "HOST:PORT", descriptionKey = "broker.peer")
    @Nullable
    String peer;

    @Option(names = "--peer-certificate", paramLabel = "FILE", descriptionKey = "broker.peer-certificate")
    @Nullable
    Path peerCertificate;

    @Option(names = "--pair-secret", paramLabel = "FILE", descriptionKey = "broker.pair-secret")
    @Nullable
    Path pairSecret;

    @Option(names = "--locks", paramLabel = "DIR", descriptionKey = "broker.locks")
    @Nullable
    Path locks;

    @Option(names = "--out", required = true, paramLabel = "DIR", descriptionKey = "broker.out")
    Path out = Path.of("broker");

    @Option(names = "--watch", descriptionKey = "broker.watch")
    boolean watch;

    BrokerConfigure(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        BrokerSite site;
        try {
            site = site();
        } catch (IllegalArgumentException wrong) {
            return console.fail(shared.json, ExitCode.USAGE, "broker.wrong", String.valueOf(wrong.getMessage()));
        } catch (IOException | GeneralSecurityException failed) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "broker.failed", Failures.reason(failed));
        }
        RegistryXml xml = new RegistryXml(SchemaCatalogue.load());
        int first = write(xml, site, true);
        if (!watch || first != ExitCode.OK) {
            return first;
        }
        console.note("broker.watching", registry);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "stop"));
        while (!stopped.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
            write(xml, site, false);
        }
        return ExitCode.OK;
    }

    private BrokerSite site() throws IOException, GeneralSecurityException {
        BrokerAddress own = BrokerAddress.parse(address);
        return new BrokerSite(
                name,
                own,
                bind == null ? own.host() : bind,
                store.toAbsolutePath(),
                secret(storeSecret, false),
                pair());
    }

    private Optional<BrokerSite.Pair> pair() throws IOException, GeneralSecurityException {
        if (peer == null && peerCertificate == null && pairSecret == null && locks == null) {
            return Optional.empty();
        }
        if (peer == null || peerCertificate == null || pairSecret == null || locks == null) {
            throw new IllegalArgumentException(
                    "a pair needs --peer, --peer-certificate, --pair-secret and --locks together");
        }
        X509Certificate certificate = PkiCommand.certificate(peerCertificate);
        // The lock manager makes files in it, but not the directory.
        Files.createDirectories(locks);
        return Optional.of(new BrokerSite.Pair(
                BrokerAddress.parse(peer), certificate, locks.toAbsolutePath(), secret(pairSecret, true)));
    }

    private static String secret(Path file, boolean made) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        Path directory = absolute.getParent();
        Path own = absolute.getFileName();
        if (directory == null || own == null) {
            throw new IllegalArgumentException("a file is needed, not a file system's root");
        }
        SecretFiles secrets = new SecretFiles(directory);
        return made ? secrets.obtain(own.toString()) : secrets.read(own.toString());
    }

    /** Writes the files if they would differ. What fails after the first time is said, and tried again. */
    private int write(RegistryXml xml, BrokerSite site, boolean first) {
        try {
            Clock clock = Clock.systemUTC();
            Optional<Registry> current = read(xml, clock);
            if (current.isEmpty()) {
                return ExitCode.REFUSED;
            }
            RevocationFiles lists =
                    new RevocationFiles(registry.toAbsolutePath().resolveSibling(RegistrySource.REVOCATION_LISTS));
            lists.reload();
            MemberCertificates certificates = new MemberCertificates(current::get, new CertificatePath(lists));
            BrokerFiles files = new BrokerFiles(out, site, BrokerSettings.at(out), certificates::member);
            List<String> written = files.write(current.get(), clock.instant());
            version = current.get().version();
            if (first || !written.isEmpty()) {
                tell(written);
            }
            return ExitCode.OK;
        } catch (IOException | GeneralSecurityException failed) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "broker.failed", Failures.reason(failed));
        }
    }

    /** The registry, when the pinned authority signed it and it is not older than the one before; else said why not. */
    private Optional<Registry> read(RegistryXml xml, Clock clock) throws IOException, GeneralSecurityException {
        byte[] octets = AtomicFile.read(registry, RegistryXml.MAX_OCTETS);
        Path signed = signature == null ? Path.of(registry + ".p7s") : signature;
        Optional<Fault> refusal = RegistrySignature.refusal(
                octets, AtomicFile.read(signed, MAX_SIGNATURE_BYTES), PkiCommand.certificate(trust), clock.instant());
        RegistryReading reading = xml.read(octets);
        if (refusal.isEmpty() && reading instanceof RegistryReading.Refused refused) {
            refusal = Optional.of(refused.fault());
        }
        if (refusal.isPresent()) {
            console.fail(
                    shared.json,
                    ExitCode.REFUSED,
                    "error.registry",
                    refusal.get().code().wireCode(),
                    refusal.get().detail());
            return Optional.empty();
        }
        Registry found = ((RegistryReading.Readable) reading).registry();
        if (found.version() < version) {
            console.fail(shared.json, ExitCode.REFUSED, "broker.older", found.version(), version);
            return Optional.empty();
        }
        return Optional.of(found);
    }

    private void tell(List<String> written) {
        if (shared.json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("ok", true);
            document.put("registryVersion", version);
            document.put("directory", out.toAbsolutePath().normalize().toString());
            document.put("written", written);
            console.json(document);
        } else {
            console.say("broker.written", version, written.isEmpty() ? "-" : String.join(", ", written));
            console.say("broker.run", out.resolve("bin").resolve("broker"));
        }
        console.out().flush();
    }
}
