package org.wasl.node.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.wasl.messagelog.merkle.InclusionProof;
import org.wasl.messagelog.merkle.MemoryTree;
import org.wasl.messagelog.merkle.TreeHash;
import org.wasl.messagelog.store.LogStoreException;

/** Proofs from one pass are those that a whole tree gives. */
class TreeProofsTest {

    private static byte[] hash(long index) {
        return TreeHash.leaf(("leaf " + index).getBytes(StandardCharsets.UTF_8));
    }

    private static TreeProofs.LeafHashes leaves(long count) {
        return (size, visitor) -> {
            for (long i = 0; i < count; i++) {
                visitor.visit(hash(i));
            }
        };
    }

    @Test
    void build_whenOfEveryLeafOfEverySmallTree_verifies() throws LogStoreException {
        MemoryTree tree = new MemoryTree();
        for (int size = 1; size <= 70; size++) {
            tree.append(hash(size - 1L));
            List<Long> indices = LongStream.range(0, size).boxed().toList();
            Map<Long, InclusionProof> proofs = TreeProofs.build(indices, size, leaves(size));
            for (long index : indices) {
                assertThat(proofs.get(index).verify(hash(index), tree.root(size)))
                        .isTrue();
            }
        }
    }

    @Test
    void build_whenTheLogHasFewerLeaves_fails() {
        assertThatThrownBy(() -> TreeProofs.build(List.of(3L), 10, leaves(9)))
                .isInstanceOf(LogStoreException.class)
                .hasMessageContaining("9 of 10");
    }
}
