package org.wasl.messagelog.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.wasl.messagelog.checkpoint.Checkpoint;
import org.wasl.messagelog.merkle.ConsistencyProof;
import org.wasl.messagelog.merkle.MemoryTree;
import org.wasl.messagelog.merkle.TreeHash;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.note.TestSigner;

class WitnessPropertiesTest {

    private static final String ORIGIN = "log.example/one";

    private final TestSigner log = TestSigner.log(ORIGIN);

    private static MemoryTree tree(int size, int fork) {
        MemoryTree tree = new MemoryTree();
        for (int i = 0; i < size; i++) {
            tree.append(TreeHash.leaf(new byte[] {(byte) (i < 4 ? 0 : fork), (byte) i}));
        }
        return tree;
    }

    private AddCheckpoint request(int old, MemoryTree tree) {
        Checkpoint checkpoint = Checkpoint.of(ORIGIN, tree.size(), tree.root(tree.size()));
        List<byte[]> path = old == 0 || old > tree.size()
                ? List.of()
                : ConsistencyProof.build(tree, old, tree.size()).path();
        return new AddCheckpoint(old, path, SignedNote.sign(checkpoint.text(), log), checkpoint);
    }

    /** Two histories, asked for in any order and from any believed size: what is cosigned is always one of them, growing. */
    @Property(tries = 200)
    void add_whenAskedInAnyOrder_cosignsOneHistoryThatGrows(
            @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 24 * 24 * 2 - 1) Integer> asked) throws IOException {
        Witness witness = new Witness(
                origin -> List.of(log.verifierKey()),
                new MemoryStore(),
                TestSigner.witness("w.example"),
                Clock.systemUTC());
        int size = 0;
        int fork = -1;
        for (int code : asked) {
            int old = code % 24;
            int next = code / 24 % 24;
            int branch = code / (24 * 24);
            WitnessAnswer answer = witness.add(request(old, tree(next, branch)).octets());
            if (answer instanceof WitnessAnswer.Cosigned) {
                assertThat(old).isEqualTo(size);
                assertThat(next).isGreaterThanOrEqualTo(size);
                // Up to four leaves both histories are the same one.
                if (size > 4) {
                    assertThat(branch).isEqualTo(fork);
                }
                size = next;
                fork = branch;
            } else if (answer instanceof WitnessAnswer.Conflict conflict) {
                assertThat(conflict.size()).isEqualTo(size);
            }
        }
    }

    @Property
    void parse_whenARequestWasWritten_givesItBack(
            @ForAll @IntRange(min = 0, max = 40) int old, @ForAll @IntRange(min = 0, max = 40) int size) {
        byte[] octets = request(old, tree(size, 1)).octets();

        assertThat(AddCheckpoint.parse(octets).orElseThrow().octets()).isEqualTo(octets);
    }

    @Property
    void parse_whenOneOctetIsAnother_neverFails(
            @ForAll @IntRange(min = 0, max = 400) int at, @ForAll @ByteRange(min = -128) byte octet) {
        byte[] octets = request(3, tree(9, 1)).octets();
        octets[at % octets.length] = octet;

        Optional<AddCheckpoint> parsed = AddCheckpoint.parse(octets);

        parsed.ifPresent(read -> assertThat(read.octets()).isEqualTo(octets));
    }

    /** A memory that forgets with the test. */
    private static final class MemoryStore implements WitnessStore {
        private final Map<String, SignedNote> notes = new HashMap<>();

        @Override
        public Optional<SignedNote> latest(String origin) {
            return Optional.ofNullable(notes.get(origin));
        }

        @Override
        public boolean replace(String origin, Optional<SignedNote> expected, SignedNote next) {
            if (!latest(origin).equals(expected)) {
                return false;
            }
            notes.put(origin, next);
            return true;
        }

        @Override
        public void keepSuspect(String origin, SignedNote note) {
            assertThat(note.text()).startsWith(origin);
        }
    }
}
