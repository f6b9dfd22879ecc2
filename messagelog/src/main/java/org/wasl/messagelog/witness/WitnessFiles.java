package org.wasl.messagelog.witness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/**
 * A witness' memory in a directory of its own, synced to disk: one note a log, {@code <hash of the origin>.note}, and
 * beside it what accuses the log, {@code <hash of the origin>.suspect-<n>}. One process writes there.
 */
public final class WitnessFiles implements WitnessStore {

    private static final String NOTE = ".note";
    private static final String SUSPECT = ".suspect-";
    /** More would prove nothing more. */
    private static final int MAX_SUSPECTS = 16;

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
        Path file = file(origin, NOTE);
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
        AtomicFile.write(file(origin, NOTE), next.octets(), Readers.EVERYBODY);
        return true;
    }

    @Override
    public synchronized void keepSuspect(String origin, SignedNote note) throws IOException {
        for (int i = 1; i <= MAX_SUSPECTS; i++) {
            Path file = file(origin, SUSPECT + i);
            if (!Files.exists(file)) {
                AtomicFile.write(file, note.octets(), Readers.EVERYBODY);
                return;
            }
            if (Arrays.equals(AtomicFile.read(file, SignedNote.MAX_OCTETS), note.octets())) {
                return;
            }
        }
    }

    /**
     * Of every log the checkpoint that was cosigned last, as its files stand.
     *
     * @throws IOException when one cannot be read
     */
    public synchronized List<SignedNote> all() throws IOException {
        return notes("*" + NOTE);
    }

    /**
     * What accuses logs: checkpoints that they signed and that do not follow from what was cosigned.
     *
     * @throws IOException when one cannot be read
     */
    public synchronized List<SignedNote> suspects() throws IOException {
        return notes("*" + SUSPECT + "*");
    }

    private List<SignedNote> notes(String glob) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, glob)) {
            found.forEach(files::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        files.sort(null);
        List<SignedNote> notes = new ArrayList<>();
        for (Path file : files) {
            notes.add(SignedNote.parse(AtomicFile.read(file, SignedNote.MAX_OCTETS))
                    .orElseThrow(() -> new FileSystemException(file.toString(), null, "is no signed note")));
        }
        return notes;
    }

    /** An origin may hold any character: its hash names the file. */
    private Path file(String origin, String ending) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(origin.getBytes(StandardCharsets.UTF_8));
            return directory.resolve(HexFormat.of().formatHex(hash) + ending);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
