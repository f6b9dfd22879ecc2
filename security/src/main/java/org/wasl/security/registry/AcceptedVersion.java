package org.wasl.security.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/**
 * The highest version of the registry that this node ever accepted, with its digest: it outlives a restart, so that an
 * old registry, though well signed, is not taken twice.
 *
 * @param version the version; 0 when none was accepted yet
 * @param digest SHA-256 of its octets, lower-case hexadecimal; empty when none was
 */
record AcceptedVersion(long version, String digest) {

    private static final String FILE = "version";
    private static final int MAX_OCTETS = 200;
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,17}) ([0-9a-f]{64})\n");

    static final AcceptedVersion NONE = new AcceptedVersion(0, "");

    static AcceptedVersion of(Registry registry, byte[] octets) {
        return new AcceptedVersion(registry.version(), CryptoProvider.chosen().sha256Hex(octets));
    }

    /**
     * Reads what was written.
     *
     * @throws IOException when it cannot be read: without it nobody knows what was accepted, so nothing is
     */
    static AcceptedVersion read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return NONE;
        }
        Matcher form = FORM.matcher(new String(AtomicFile.read(file, MAX_OCTETS), StandardCharsets.US_ASCII));
        if (!form.matches()) {
            throw new FileSystemException(file.toString(), null, "does not say which version was accepted last");
        }
        return new AcceptedVersion(Long.parseLong(form.group(1)), form.group(2));
    }

    void write(Path directory) throws IOException {
        AtomicFile.directory(directory, Readers.OWNER);
        byte[] line = (version + " " + digest + "\n").getBytes(StandardCharsets.US_ASCII);
        AtomicFile.write(directory.resolve(FILE), line, Readers.OWNER);
    }

    /** Why the other may not follow this one; empty when it is newer or the very same. */
    Optional<Fault> refusalOf(AcceptedVersion other) {
        if (other.version > version || other.equals(this)) {
            return Optional.empty();
        }
        String detail = other.version < version
                ? "version " + other.version + " is older than version " + version + ", which was accepted before"
                : "version " + version + " was accepted before with other content";
        return Optional.of(new Fault(FaultCode.REGISTRY_ROLLBACK, Stage.VERIFY, "registry", detail));
    }
}
