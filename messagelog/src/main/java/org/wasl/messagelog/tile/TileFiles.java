package org.wasl.messagelog.tile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.wasl.messagelog.merkle.CompactRange;
import org.wasl.messagelog.merkle.SubtreeHashes;
import org.wasl.messagelog.merkle.TreeHash;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/**
 * A directory of tiles and entry bundles, C2SP {@code tlog-tiles}, which a plain file server can hand out. What is
 * written once is never written differently; partial tiles go once the full one is there.
 *
 * <p>One writer; any number of readers beside it.
 */
public final class TileFiles {

    /** An entry's length is written in two octets. */
    private static final int MAX_ENTRY_BYTES = 0xFFFF;

    private final Path root;

    /** @param root the directory under which {@code tile/} stands */
    public TileFiles(Path root) {
        this.root = root;
    }

    /**
     * Writes all tiles that a tree of this size needs and an earlier one did not have. Called again after a crash, it
     * writes what is missing.
     *
     * @param published the size up to which tiles are known to be written; 0 when nothing is known
     * @param size the tree's size
     * @throws IOException when leaves cannot be read or files not be written
     */
    public void publish(long published, long size, LeafReader leaves) throws IOException {
        if (published < 0 || published > size) {
            throw new IllegalArgumentException("a tree does not shrink");
        }
        long tile = published / TilePath.FULL;
        for (long from = tile * TilePath.FULL; from < size; from += TilePath.FULL) {
            int width = (int) Math.min(TilePath.FULL, size - from);
            List<byte[]> octets = leaves.leaves(from, width);
            if (octets.size() != width) {
                throw new FileSystemException("leaf " + (from + octets.size()) + " is not there");
            }
            write(new TilePath(TilePath.ENTRIES, from / TilePath.FULL, width), bundle(octets));
            write(new TilePath(0, from / TilePath.FULL, width), hashes(octets));
        }
        long below = size;
        long publishedBelow = published;
        for (int level = 1; below >= TilePath.FULL; level++) {
            below /= TilePath.FULL;
            publishedBelow /= TilePath.FULL;
            raise(level, publishedBelow, below);
        }
    }

    /** Writes one level's tiles from the full tiles below. */
    private void raise(int level, long published, long count) throws IOException {
        for (long from = published / TilePath.FULL * TilePath.FULL; from < count; from += TilePath.FULL) {
            int width = (int) Math.min(TilePath.FULL, count - from);
            byte[] tile = new byte[width * TreeHash.LENGTH_BYTES];
            for (int i = 0; i < width; i++) {
                byte[] below = read(new TilePath(level - 1, from + i, TilePath.FULL));
                System.arraycopy(
                        subtree(below, 0, TilePath.FULL), 0, tile, i * TreeHash.LENGTH_BYTES, TreeHash.LENGTH_BYTES);
            }
            write(new TilePath(level, from / TilePath.FULL, width), tile);
        }
    }

    private void write(TilePath path, byte[] octets) throws IOException {
        Path file = root.resolve(path.toString());
        if (Files.exists(file)) {
            return;
        }
        AtomicFile.directory(file.resolveSibling(""), Readers.EVERYBODY);
        AtomicFile.write(file, octets, Readers.EVERYBODY);
        if (!path.partial()) {
            dropPartials(root.resolve(path + ".p"));
        }
    }

    private static void dropPartials(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> partials = Files.list(directory)) {
            for (Path partial : (Iterable<Path>) partials::iterator) {
                Files.delete(partial);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Files.delete(directory);
    }

    /**
     * A tile's or bundle's octets.
     *
     * @throws java.nio.file.NoSuchFileException when it is not there
     * @throws IOException when it cannot be read, or does not have its size
     */
    public byte[] read(TilePath path) throws IOException {
        boolean entries = path.level() == TilePath.ENTRIES;
        int most = path.width() * (entries ? Short.BYTES + MAX_ENTRY_BYTES : TreeHash.LENGTH_BYTES);
        byte[] octets = AtomicFile.read(root.resolve(path.toString()), most);
        if (!entries && octets.length != most) {
            throw new FileSystemException(path.toString(), null, "does not have the size of a tile");
        }
        return octets;
    }

    /**
     * The hashes of a published tree, for proofs.
     *
     * @param size the size that was published
     */
    public SubtreeHashes<IOException> hashes(long size) {
        return (level, index) -> {
            int tileLevel = level / Byte.SIZE;
            int height = level % Byte.SIZE;
            long first = index << height;
            long place = first / TilePath.FULL;
            long count = size >>> (tileLevel * Byte.SIZE);
            if ((index + 1) << height > count) {
                throw new FileSystemException("a tree of " + size + " leaves has no such subtree");
            }
            int width = (int) Math.min(TilePath.FULL, count - place * TilePath.FULL);
            return subtree(read(new TilePath(tileLevel, place, width)), (int) (first % TilePath.FULL), 1 << height);
        };
    }

    /**
     * The root over the first leaves of a published tree, as the tiles have it.
     *
     * @param published the size that was published
     * @param size how many leaves, at most {@code published}
     */
    public byte[] root(long published, long size) throws IOException {
        SubtreeHashes<IOException> hashes = hashes(published);
        ByteArrayOutputStream frontier = new ByteArrayOutputStream();
        long from = 0;
        for (long left = size; left > 0; left -= Long.highestOneBit(left)) {
            int level = Long.SIZE - 1 - Long.numberOfLeadingZeros(left);
            frontier.writeBytes(hashes.hash(level, from >>> level));
            from += 1L << level;
        }
        return CompactRange.restore(size, frontier.toByteArray()).root();
    }

    private static byte[] subtree(byte[] tile, int from, int count) {
        CompactRange range = CompactRange.empty();
        for (int i = from; i < from + count; i++) {
            range.append(Arrays.copyOfRange(tile, i * TreeHash.LENGTH_BYTES, (i + 1) * TreeHash.LENGTH_BYTES));
        }
        return range.root();
    }

    private static byte[] hashes(List<byte[]> leaves) {
        ByteBuffer tile = ByteBuffer.allocate(leaves.size() * TreeHash.LENGTH_BYTES);
        leaves.forEach(leaf -> tile.put(TreeHash.leaf(leaf)));
        return tile.array();
    }

    private static byte[] bundle(List<byte[]> leaves) {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        for (byte[] leaf : leaves) {
            if (leaf.length > MAX_ENTRY_BYTES) {
                throw new IllegalArgumentException("a leaf has at most " + MAX_ENTRY_BYTES + " octets");
            }
            bundle.write(leaf.length >>> Byte.SIZE);
            bundle.write(leaf.length);
            bundle.writeBytes(leaf);
        }
        return bundle.toByteArray();
    }
}
