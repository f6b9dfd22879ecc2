package org.wasl.node.edge.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.wasl.messagelog.checkpoint.Checkpoint;
import org.wasl.messagelog.checkpoint.LogProof;
import org.wasl.messagelog.merkle.InclusionProof;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.tile.TileFiles;
import org.wasl.security.file.AtomicFile;

/** Proofs that leaves stand in the log, from the tiles and the checkpoint that everybody is shown: a few files each. */
public final class PublishedProofs {

    /** While a proof is put together the log grows, and a tile that was begun is exchanged for the full one. */
    private static final int ATTEMPTS = 4;

    private final Path checkpoint;
    private final TileFiles tiles;

    /** @param directory where {@code checkpoint} and {@code tile/} stand */
    public PublishedProofs(Path directory) {
        this.checkpoint = directory.resolve("checkpoint");
        this.tiles = new TileFiles(directory);
    }

    /**
     * The proof of the leaf at this index under the newest checkpoint; empty when none covers it yet.
     *
     * @throws IOException when what is published cannot be read
     */
    Optional<LogProof> proof(long index) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempted(index);
            } catch (NoSuchFileException gone) {
                if (attempt == ATTEMPTS) {
                    throw gone;
                }
            }
        }
    }

    private Optional<LogProof> attempted(long index) throws IOException {
        if (!Files.isRegularFile(checkpoint)) {
            return Optional.empty();
        }
        Optional<SignedNote> note = SignedNote.parse(AtomicFile.read(checkpoint, SignedNote.MAX_OCTETS));
        long size = note.flatMap(read -> Checkpoint.parse(read.text()))
                .map(Checkpoint::size)
                .orElse(0L);
        return note.isEmpty() || index >= size
                ? Optional.empty()
                : Optional.of(LogProof.of(InclusionProof.build(tiles.hashes(size), index, size), note.get()));
    }
}
