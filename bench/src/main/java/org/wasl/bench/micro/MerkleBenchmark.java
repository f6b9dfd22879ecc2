package org.wasl.bench.micro;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.wasl.messagelog.merkle.CompactRange;
import org.wasl.messagelog.merkle.InclusionProof;
import org.wasl.messagelog.merkle.MemoryTree;
import org.wasl.messagelog.merkle.TreeHash;

/** The Merkle tree of a log: hashing a leaf, appending it, the root, a proof and its check. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MerkleBenchmark {

    private static final int LEAF_OCTETS = 512;

    /** How many leaves the tree has. */
    @Param({"1000", "1000000"})
    private int leaves;

    private final byte[] leaf = new byte[LEAF_OCTETS];
    private final MemoryTree tree = new MemoryTree();
    private CompactRange range = CompactRange.empty();
    private byte[] middle = {};
    private byte[] root = {};

    @Setup
    public void fill() {
        Random random = new Random(7);
        for (int i = 0; i < leaves; i++) {
            random.nextBytes(leaf);
            byte[] hash = TreeHash.leaf(leaf);
            tree.append(hash);
            range.append(hash);
            middle = i == leaves / 2 ? hash : middle;
        }
        root = range.root();
    }

    /** What each entry of a log costs in the tree. */
    @Benchmark
    public CompactRange append() {
        range.append(TreeHash.leaf(leaf));
        return range;
    }

    @Benchmark
    public byte[] root() {
        return range.root();
    }

    @Benchmark
    public InclusionProof prove() {
        return InclusionProof.build(tree, leaves / 2, leaves);
    }

    @Benchmark
    public boolean proveAndVerify() {
        if (!prove().verify(middle, root)) {
            throw new IllegalStateException("the proof does not hold");
        }
        return true;
    }
}
