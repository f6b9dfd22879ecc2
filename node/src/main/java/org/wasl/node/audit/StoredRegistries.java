package org.wasl.node.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.registry.RegistryArchive;
import org.wasl.security.registry.RegistryReading;
import org.wasl.security.registry.RegistryRefusedException;
import org.wasl.security.registry.RegistrySignature;
import org.wasl.security.registry.RegistryXml;
import org.wasl.security.registry.SignedRegistry;

/**
 * The registry's versions in a data directory: the published one, and those that the node kept. Each is taken only with the
 * pinned authority's signature. Safe for many threads.
 */
public final class StoredRegistries implements RegistryVersions {

    /** Nothing is looked at in intervals here. */
    private static final Duration ANY = Duration.ofMinutes(1);

    private final RegistryArchive archive;
    private final X509Certificate authority;
    private final RegistryXml xml;
    private final Map<Long, Version> read = new ConcurrentHashMap<>();

    private StoredRegistries(TrustFiles files, X509Certificate authority, SchemaCatalogue schemas) {
        this.authority = authority;
        this.xml = new RegistryXml(schemas);
        this.archive = new RegistryArchive(files.registrySource(ANY).versions(), authority, xml);
    }

    /**
     * The versions in this directory.
     *
     * @throws RegistryRefusedException when the published one is refused
     * @throws IOException when it cannot be read
     */
    public static StoredRegistries open(TrustFiles files, X509Certificate authority, SchemaCatalogue schemas)
            throws IOException {
        StoredRegistries registries = new StoredRegistries(files, authority, schemas);
        registries.read(files.registry());
        return registries;
    }

    private Version read(Path from) throws IOException {
        SignedRegistry signed = SignedRegistry.read(from);
        RegistryReading reading = xml.read(signed.octets());
        if (reading instanceof RegistryReading.Refused refused) {
            throw new RegistryRefusedException(refused.fault());
        }
        Version version = new Version(signed, ((RegistryReading.Readable) reading).registry());
        // As of its issue: evidence outlives the authority's certificate.
        Optional<Fault> refusal = RegistrySignature.refusal(
                signed.octets(),
                signed.signature(),
                authority,
                version.registry().issued());
        if (refusal.isPresent()) {
            throw new RegistryRefusedException(refusal.get());
        }
        read.put(version.registry().version(), version);
        return version;
    }

    @Override
    public Optional<Version> version(long number) {
        Version known = read.get(number);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            Optional<SignedRegistry> signed = archive.signed(number);
            if (signed.isEmpty() || !(archive.read(number) instanceof RegistryReading.Readable readable)) {
                return Optional.empty();
            }
            Version version = new Version(signed.get(), readable.registry());
            read.put(number, version);
            return Optional.of(version);
        } catch (IOException unreadable) {
            // One that was not kept as it was signed is as good as none: whoever asks says that it is missing.
            return Optional.empty();
        }
    }

    @Override
    public Version current() {
        return read.entrySet().stream()
                .max(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .orElseThrow();
    }
}
