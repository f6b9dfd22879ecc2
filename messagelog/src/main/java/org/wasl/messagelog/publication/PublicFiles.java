package org.wasl.messagelog.publication;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.wasl.messagelog.checkpoint.Checkpoint;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.tile.TileFiles;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/** The published files of one log, C2SP {@code tlog-tiles}: {@code checkpoint} and {@code tile/…}. One writer. */
final class PublicFiles {

    static final String CHECKPOINT = "checkpoint";

    private static final int MAX_NAMES = 1_000;
    private static final int NAME_DIGITS = 16;

    private final Path directory;
    private final Path earlier;
    private final TileFiles tiles;

    PublicFiles(PublicationSettings settings) {
        this.directory = settings.directory();
        this.earlier = settings.earlier();
        this.tiles = new TileFiles(directory);
    }

    TileFiles tiles() {
        return tiles;
    }

    /**
     * The checkpoint that was written last; empty when none was.
     *
     * @throws IOException when it cannot be read or is none: going on as if there were none would forget what was signed
     */
    Optional<SignedNote> checkpoint() throws IOException {
        Path file = directory.resolve(CHECKPOINT);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Optional<SignedNote> note = SignedNote.parse(AtomicFile.read(file, SignedNote.MAX_OCTETS))
                .filter(read -> Checkpoint.parse(read.text()).isPresent());
        if (note.isEmpty()) {
            throw new FileSystemException(file.toString(), null, "is no checkpoint");
        }
        return note;
    }

    void write(SignedNote note) throws IOException {
        AtomicFile.directory(directory, Readers.EVERYBODY);
        AtomicFile.write(directory.resolve(CHECKPOINT), note.octets(), Readers.EVERYBODY);
    }

    /** Moves what was published of another log of this origin out of the way: it stays, for an auditor may ask for it. */
    void setAside(String origin) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        AtomicFile.directory(earlier, Readers.EVERYBODY);
        String name = name(origin);
        for (int i = 1; i <= MAX_NAMES; i++) {
            Path place = earlier.resolve(i == 1 ? name : name + "-" + i);
            if (!Files.exists(place)) {
                Files.move(directory, place, StandardCopyOption.ATOMIC_MOVE);
                return;
            }
        }
        throw new FileSystemException(earlier.toString(), null, "holds too many earlier publications");
    }

    private static String name(String origin) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(origin.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, NAME_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
