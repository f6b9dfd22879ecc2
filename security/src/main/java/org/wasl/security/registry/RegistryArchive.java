package org.wasl.security.registry;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/**
 * Every version of the registry that the node ever took, as the authority signed it: what was agreed when a message was
 * exchanged must be shown years later. A version is kept before it serves and never replaced. Safe for many threads.
 */
public final class RegistryArchive {

    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");
    private static final int MAX_VERSIONS = 1_000_000;
    private static final int MAX_REMEMBERED = 16;

    private final Path directory;
    private final X509Certificate authority;
    private final RegistryXml xml;
    private final Map<Long, Instant> issues = new ConcurrentHashMap<>();
    private final Map<Long, Registry> recent = new LinkedHashMap<>(MAX_REMEMBERED, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Registry> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    /**
     * @param directory holds a directory for each version, by its number
     * @param authority the pinned certificate of the registry's authority
     * @param xml reads registries
     */
    public RegistryArchive(Path directory, X509Certificate authority, RegistryXml xml) {
        this.directory = directory;
        this.authority = authority;
        this.xml = xml;
    }

    /**
     * Keeps a version; on disk when this returns. The same octets again change nothing.
     *
     * @throws FileAlreadyExistsException when the version is kept with other octets
     * @throws IOException when it cannot be written
     */
    public synchronized void keep(long version, SignedRegistry signed) throws IOException {
        Path place = place(version);
        if (Files.exists(place.resolve(RegistrySource.REGISTRY))) {
            byte[] kept = AtomicFile.read(place.resolve(RegistrySource.REGISTRY), RegistryXml.MAX_OCTETS);
            if (!Arrays.equals(kept, signed.octets())) {
                throw new FileAlreadyExistsException(place.toString(), null, "is kept with other octets");
            }
            return;
        }
        AtomicFile.directory(directory, Readers.EVERYBODY);
        // The signature comes first: where there is a registry, there is its signature.
        signed.write(place);
        AtomicFile.sync(directory);
    }

    /**
     * The versions that are kept, lowest first.
     *
     * @throws IOException when the directory cannot be read, or holds unreasonably many
     */
    public NavigableSet<Long> versions() throws IOException {
        NavigableSet<Long> found = new TreeSet<>();
        if (!Files.isDirectory(directory)) {
            return found;
        }
        try (DirectoryStream<Path> places = Files.newDirectoryStream(directory)) {
            for (Path place : places) {
                String name = String.valueOf(place.getFileName());
                if (VERSION.matcher(name).matches() && Files.exists(place.resolve(RegistrySource.REGISTRY))) {
                    if (found.size() == MAX_VERSIONS) {
                        throw new IOException(directory + " holds more than " + MAX_VERSIONS + " versions");
                    }
                    found.add(Long.parseLong(name));
                }
            }
        }
        return found;
    }

    /**
     * A version as the authority signed it, for whoever checks it; empty when it is not kept.
     *
     * @throws IOException when it cannot be read
     */
    public Optional<SignedRegistry> signed(long version) throws IOException {
        Path place = place(version);
        return Files.exists(place.resolve(RegistrySource.REGISTRY))
                ? Optional.of(SignedRegistry.read(place))
                : Optional.empty();
    }

    /**
     * A version, read and checked: signed by the pinned authority while its certificate was valid. What was altered since
     * it was kept is refused, and so is a version that is not kept.
     *
     * @throws IOException when it cannot be read
     */
    public RegistryReading read(long version) throws IOException {
        @Nullable Registry known = remembered(version);
        if (known != null) {
            return new RegistryReading.Readable(known);
        }
        Optional<SignedRegistry> signed = signed(version);
        if (signed.isEmpty()) {
            return refused("version " + version + " is not kept");
        }
        RegistryReading reading = check(version, signed.get());
        if (reading instanceof RegistryReading.Readable readable) {
            remember(readable.registry());
        }
        return reading;
    }

    /**
     * The version that was the newest at that instant, by when it was issued; empty when none is kept that was there.
     *
     * @throws IOException when versions cannot be read
     * @throws RegistryRefusedException when what is kept was altered
     */
    public Optional<Registry> at(Instant instant) throws IOException {
        for (long version : versions().descendingSet()) {
            @Nullable Instant issued = issues.get(version);
            if (issued == null || !issued.isAfter(instant)) {
                RegistryReading reading = read(version);
                if (reading instanceof RegistryReading.Refused refused) {
                    throw new RegistryRefusedException(refused.fault());
                }
                Registry registry = ((RegistryReading.Readable) reading).registry();
                if (!registry.issued().isAfter(instant)) {
                    return Optional.of(registry);
                }
            }
        }
        return Optional.empty();
    }

    private RegistryReading check(long version, SignedRegistry signed) {
        // The signature first: nothing that a stranger wrote is ever parsed. When it was made is only known afterwards.
        Optional<Fault> unsigned = RegistrySignature.refusal(
                signed.octets(),
                signed.signature(),
                authority,
                authority.getNotBefore().toInstant());
        if (unsigned.isPresent()) {
            return new RegistryReading.Refused(unsigned.get());
        }
        RegistryReading reading = xml.read(signed.octets());
        if (!(reading instanceof RegistryReading.Readable readable)) {
            return reading;
        }
        Registry registry = readable.registry();
        if (registry.version() != version) {
            return refused("version " + registry.version() + " is kept as version " + version);
        }
        try {
            authority.checkValidity(Date.from(registry.issued()));
        } catch (CertificateException e) {
            return refused("version " + version + " was issued outside the validity of its authority's certificate");
        }
        return reading;
    }

    private void remember(Registry registry) {
        issues.put(registry.version(), registry.issued());
        synchronized (recent) {
            recent.put(registry.version(), registry);
        }
    }

    private @Nullable Registry remembered(long version) {
        synchronized (recent) {
            return recent.get(version);
        }
    }

    private Path place(long version) {
        return directory.resolve(Long.toString(version));
    }

    private static RegistryReading refused(String detail) {
        return new RegistryReading.Refused(new Fault(FaultCode.REGISTRY_INVALID, Stage.VERIFY, "registry", detail));
    }
}
