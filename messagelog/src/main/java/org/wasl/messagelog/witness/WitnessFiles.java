package org.wasl.messagelog.witness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/** A witness' memory in a directory of its own: one note a log, synced to disk. One process writes there. */
public final class WitnessFiles implements WitnessStore {

    private final Path directory;

    /**
     * @param directory made when it is not there
     * @throws IOException when it cannot be made
     */
    public WitnessFiles(Path directory) throws IOException {
        this.directory = directory;
        AtomicFile.directory(directory, Readers.EVERYBODY);
    }

    @Override
    public synchronized Optional<SignedNote> latest(String origin) throws IOException {
        Path file = file(origin);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Optional<SignedNote> note = SignedNote.parse(AtomicFile.read(file, SignedNote.MAX_OCTETS));
        if (note.isEmpty()) {
            // Going on as if nothing were known would let a log start over.
            throw new FileSystemException(file.toString(), null, "is no signed note");
        }
        return note;
    }

    @Override
    public synchronized boolean replace(String origin, Optional<SignedNote> expected, SignedNote next)
            throws IOException {
        if (!latest(origin).equals(expected)) {
            return false;
        }
        AtomicFile.write(file(origin), next.octets(), Readers.EVERYBODY);
        return true;
    }

    /** An origin may hold any character: its hash names the file. */
    private Path file(String origin) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(origin.getBytes(StandardCharsets.UTF_8));
            return directory.resolve(HexFormat.of().formatHex(hash) + ".note");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
