package org.wasl.messagelog.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.messagelog.merkle.CompactRange;
import org.wasl.messagelog.merkle.ConsistencyProof;
import org.wasl.messagelog.merkle.InclusionProof;
import org.wasl.messagelog.merkle.TreeHash;

class TileFilesTest {

    private static final LeafReader LEAVES = (from, count) -> {
        List<byte[]> leaves = new ArrayList<>();
        for (long i = from; i < from + count; i++) {
            leaves.add(leaf(i));
        }
        return leaves;
    };

    @TempDir
    private Path directory;

    private static byte[] leaf(long index) {
        return ByteBuffer.allocate(Long.BYTES).putLong(index).array();
    }

    private static byte[] root(long size) {
        CompactRange range = CompactRange.empty();
        for (long i = 0; i < size; i++) {
            range.append(TreeHash.leaf(leaf(i)));
        }
        return range.root();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 256, tile/0/000",
        "0, 0, 1, tile/0/000.p/1",
        "1, 1234067, 256, tile/1/x001/x234/067",
        "63, 999, 255, tile/63/999.p/255",
        "-1, 1000, 256, tile/entries/x001/000",
        "-1, 7, 9, tile/entries/007.p/9"
    })
    void toString_whenNamed_isAsTheSpecificationSays(int level, long index, int width, String path) {
        assertThat(new TilePath(level, index, width)).hasToString(path);
        assertThat(TilePath.parse(path)).contains(new TilePath(level, index, width));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/64/000",
                "tile/00/000",
                "tile/0/00",
                "tile/0/0000",
                "tile/0/x000/001",
                "tile/0/001/002",
                "tile/0/x001/x002",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/01",
                "tile/0/000.p/",
                "tile/0/../000",
                "tile/entries/000/",
                "/tile/0/000",
                "tile/0/x999/x999/x999/x999/x999/x999/x999/999"
            })
    void parse_whenItIsNoPath_isEmpty(String path) {
        assertThat(TilePath.parse(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 255, 256, 257, 511, 512, 70_000})
    void hashes_whenPublishedAtOnce_leadToTheRootFromEveryLeaf(long size) throws IOException {
        TileFiles tiles = new TileFiles(directory);
        tiles.publish(0, size, LEAVES);

        byte[] root = root(size);
        for (long index = 0; index < size; index += 1 + size / 23) {
            InclusionProof proof = InclusionProof.build(tiles.hashes(size), index, size);
            assertThat(proof.verify(TreeHash.leaf(leaf(index)), root))
                    .as("leaf %d of %d", index, size)
                    .isTrue();
        }
    }

    @Test
    void publish_whenTheTreeGrowsStepByStep_everyStepLeadsToTheNext() throws IOException {
        TileFiles tiles = new TileFiles(directory);
        long before = 0;
        for (long size : new long[] {1, 3, 200, 256, 300, 600, 1_024, 66_000}) {
            tiles.publish(before, size, LEAVES);
            if (before > 0) {
                ConsistencyProof proof = ConsistencyProof.build(tiles.hashes(size), before, size);
                assertThat(proof.verify(root(before), root(size)))
                        .as("%d to %d", before, size)
                        .isTrue();
            }
            before = size;
        }
    }

    @Test
    void publish_whenTheTreeHasSeventyThousandLeaves_makesTheTilesThatTheSpecificationCounts() throws IOException {
        new TileFiles(directory).publish(0, 70_000, LEAVES);

        assertThat(directory.resolve("tile/0/272")).hasSize(8_192);
        assertThat(directory.resolve("tile/0/273.p/112")).hasSize(112 * 32);
        assertThat(directory.resolve("tile/0/273")).doesNotExist();
        assertThat(directory.resolve("tile/1/000")).hasSize(8_192);
        assertThat(directory.resolve("tile/1/001.p/17")).hasSize(17 * 32);
        assertThat(directory.resolve("tile/2/000.p/1")).hasSize(32);
        assertThat(directory.resolve("tile/entries/273.p/112")).hasSize(112 * (2 + 8));
    }

    @Test
    void publish_whenATileIsFull_dropsItsPartials() throws IOException {
        TileFiles tiles = new TileFiles(directory);
        tiles.publish(0, 5, LEAVES);
        tiles.publish(5, 256, LEAVES);

        assertThat(directory.resolve("tile/0/000.p")).doesNotExist();
        assertThat(directory.resolve("tile/0/000")).exists();
    }

    @Test
    void publish_whenItWasInterrupted_writesWhatIsMissing() throws IOException {
        TileFiles tiles = new TileFiles(directory);
        tiles.publish(0, 700, LEAVES);
        Files.delete(directory.resolve("tile/1/000.p/2"));
        tiles.publish(0, 700, LEAVES);

        InclusionProof proof = InclusionProof.build(tiles.hashes(700), 3, 700);
        assertThat(proof.verify(TreeHash.leaf(leaf(3)), root(700))).isTrue();
    }

    @Test
    void read_whenATileIsMissingOrCut_fails() throws IOException {
        TileFiles tiles = new TileFiles(directory);
        tiles.publish(0, 700, LEAVES);
        Files.write(directory.resolve("tile/0/001"), new byte[100]);

        assertThatThrownBy(() -> tiles.read(new TilePath(0, 9, 256))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> tiles.read(new TilePath(0, 1, 256))).isInstanceOf(IOException.class);
    }
}
