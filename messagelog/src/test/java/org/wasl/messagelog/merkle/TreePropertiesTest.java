package org.wasl.messagelog.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TreePropertiesTest {

    private static final int MOST = 300;

    private static byte[] leaf(long index) {
        return TreeHash.leaf(ByteBuffer.allocate(Long.BYTES).putLong(index).array());
    }

    private static MemoryTree tree(int size) {
        MemoryTree tree = new MemoryTree();
        for (int i = 0; i < size; i++) {
            tree.append(leaf(i));
        }
        return tree;
    }

    /** RFC 6962's definition, word for word. */
    private static byte[] definition(long from, long to) {
        if (to - from == 0) {
            return TreeHash.emptyRoot();
        }
        if (to - from == 1) {
            return leaf(from);
        }
        long split = Long.highestOneBit(to - from - 1);
        return TreeHash.node(definition(from, from + split), definition(from + split, to));
    }

    @Example
    void emptyRoot_isTheHashOfNothing() {
        assertThat(HexFormat.of().formatHex(TreeHash.emptyRoot()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(CompactRange.empty().root()).isEqualTo(TreeHash.emptyRoot());
    }

    @Property(tries = 200)
    void root_whetherGrownOrDefined_isTheSame(@ForAll @IntRange(max = MOST) int size) {
        CompactRange range = CompactRange.empty();
        for (int i = 0; i < size; i++) {
            range.append(leaf(i));
        }
        assertThat(range.root()).isEqualTo(definition(0, size));
        assertThat(tree(size).root(size)).isEqualTo(definition(0, size));
    }

    @Property(tries = 100)
    void restore_whenInterrupted_growsTheSameTree(
            @ForAll @IntRange(max = MOST) int before, @ForAll @IntRange(max = MOST) int after) {
        CompactRange range = CompactRange.empty();
        for (int i = 0; i < before; i++) {
            range.append(leaf(i));
        }
        CompactRange restored = CompactRange.restore(range.size(), range.frontier());
        for (int i = before; i < before + after; i++) {
            restored.append(leaf(i));
        }
        assertThat(restored.root()).isEqualTo(definition(0, before + (long) after));
        assertThat(range.size()).isEqualTo(before);
    }

    @Property(tries = 500)
    void inclusion_whenBuilt_verifiesAndNothingElseDoes(
            @ForAll @IntRange(min = 1, max = MOST) int size,
            @ForAll @IntRange(max = MOST - 1) int any,
            @ForAll @IntRange(max = 255) int flip) {
        int index = any % size;
        InclusionProof proof = InclusionProof.build(tree(size), index, size);
        byte[] root = definition(0, size);

        assertThat(proof.verify(leaf(index), root)).isTrue();
        assertThat(proof.verify(leaf(index + 1L), root)).isFalse();
        assertThat(proof.verify(leaf(index), flipped(root, flip))).isFalse();
        if (size > 1) {
            int other = (index + 1) % size;
            assertThat(new InclusionProof(other, size, proof.path()).verify(leaf(index), root))
                    .isFalse();
            assertThat(new InclusionProof(index, size, altered(proof.path(), flip)).verify(leaf(index), root))
                    .isFalse();
            assertThat(new InclusionProof(
                                    index,
                                    size,
                                    proof.path().subList(1, proof.path().size()))
                            .verify(leaf(index), root))
                    .isFalse();
        }
    }

    @Property(tries = 500)
    void consistency_whenBuilt_verifiesAndNothingElseDoes(
            @ForAll @IntRange(min = 1, max = MOST) int later,
            @ForAll @IntRange(max = MOST - 1) int any,
            @ForAll @IntRange(max = 255) int flip) {
        int earlier = 1 + any % later;
        ConsistencyProof proof = ConsistencyProof.build(tree(later), earlier, later);
        byte[] earlierRoot = definition(0, earlier);
        byte[] laterRoot = definition(0, later);

        assertThat(proof.verify(earlierRoot, laterRoot)).isTrue();
        assertThat(proof.verify(flipped(earlierRoot, flip), laterRoot)).isFalse();
        assertThat(proof.verify(earlierRoot, flipped(laterRoot, flip))).isFalse();
        if (earlier < later) {
            assertThat(new ConsistencyProof(earlier, later, altered(proof.path(), flip)).verify(earlierRoot, laterRoot))
                    .isFalse();
        }
    }

    private static byte[] flipped(byte[] octets, int bit) {
        byte[] flipped = octets.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        return flipped;
    }

    private static List<byte[]> altered(List<byte[]> path, int bit) {
        List<byte[]> altered = new ArrayList<>(path);
        int at = bit % altered.size();
        altered.set(at, flipped(altered.get(at), bit));
        return altered;
    }
}
