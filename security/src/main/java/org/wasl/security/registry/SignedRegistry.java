package org.wasl.security.registry;

import java.io.IOException;
import java.nio.file.Path;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/**
 * A registry's octets with the authority's signature over them, not yet checked.
 *
 * <p>The arrays are shared, not copied: nobody writes to them.
 *
 * @param octets {@code registry.xml}
 * @param signature {@code registry.xml.p7s}
 */
@SuppressWarnings("ArrayRecordComponent") // carried from reader to checker, never compared
public record SignedRegistry(byte[] octets, byte[] signature) {

    private static final int MAX_SIGNATURE_OCTETS = 64 * 1024;

    /**
     * Reads the pair from a directory.
     *
     * @throws IOException when one of them is missing, unreadable or too large
     */
    public static SignedRegistry read(Path directory) throws IOException {
        return new SignedRegistry(
                AtomicFile.read(directory.resolve(RegistrySource.REGISTRY), RegistryXml.MAX_OCTETS),
                AtomicFile.read(directory.resolve(RegistrySource.SIGNATURE), MAX_SIGNATURE_OCTETS));
    }

    /**
     * Writes the pair into a directory, each file whole. Between the two a reader may see a pair that does not fit; it
     * refuses that pair and looks again.
     */
    public void write(Path directory) throws IOException {
        AtomicFile.directory(directory, Readers.EVERYBODY);
        AtomicFile.write(directory.resolve(RegistrySource.SIGNATURE), signature, Readers.EVERYBODY);
        AtomicFile.write(directory.resolve(RegistrySource.REGISTRY), octets, Readers.EVERYBODY);
    }
}
