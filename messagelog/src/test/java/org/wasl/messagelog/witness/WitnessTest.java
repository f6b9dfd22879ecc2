package org.wasl.messagelog.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.checkpoint.Checkpoint;
import org.wasl.messagelog.checkpoint.Cosignature;
import org.wasl.messagelog.merkle.ConsistencyProof;
import org.wasl.messagelog.merkle.MemoryTree;
import org.wasl.messagelog.merkle.TreeHash;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.note.TestSigner;

class WitnessTest {

    private static final String ORIGIN = "log.example/one";
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final TestSigner log = TestSigner.log(ORIGIN);
    private final TestSigner key = TestSigner.witness("witness.example/court");

    @TempDir
    private Path directory;

    private Witness witness;

    @BeforeEach
    void start() throws IOException {
        witness = restarted();
    }

    private Witness restarted() throws IOException {
        return new Witness(
                origin -> origin.equals(ORIGIN) ? List.of(log.verifierKey()) : List.of(),
                new WitnessFiles(directory),
                key,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static MemoryTree tree(int size, int seed) {
        MemoryTree tree = new MemoryTree();
        for (int i = 0; i < size; i++) {
            tree.append(TreeHash.leaf(new byte[] {(byte) seed, (byte) i}));
        }
        return tree;
    }

    private SignedNote note(MemoryTree tree) {
        return SignedNote.sign(
                Checkpoint.of(ORIGIN, tree.size(), tree.root(tree.size())).text(), log);
    }

    private static byte[] request(long old, List<byte[]> path, SignedNote note) {
        return new AddCheckpoint(old, path, note, Checkpoint.parse(note.text()).orElseThrow()).octets();
    }

    private byte[] growth(int from, int to) {
        MemoryTree tree = tree(to, 0);
        List<byte[]> path =
                from == 0 ? List.of() : ConsistencyProof.build(tree, from, to).path();
        return request(from, path, note(tree));
    }

    @Test
    void add_whenTheLogGrows_cosignsEachStep() throws IOException {
        int from = 0;
        for (int size : new int[] {3, 3, 8, 13}) {
            assertThat(witness.add(growth(from, size)))
                    .as("from %d to %d", from, size)
                    .isInstanceOf(WitnessAnswer.Cosigned.class);
            from = size;
        }
    }

    @Test
    void add_whenItCosigns_saysWhatItSawAndWhen() throws IOException {
        WitnessAnswer.Cosigned answer = (WitnessAnswer.Cosigned) witness.add(growth(0, 5));

        String text = note(tree(5, 0)).text();
        assertThat(Cosignature.verify(text, answer.signature(), key.verifierKey())
                        .orElseThrow()
                        .at())
                .isEqualTo(NOW);
    }

    @Test
    void add_whenTheSizeIsStale_tellsTheSizeThatItKnows() throws IOException {
        witness.add(growth(0, 5));

        assertThat(witness.add(growth(3, 8))).isEqualTo(new WitnessAnswer.Conflict(5, false));
        assertThat(witness.add(growth(0, 8))).isEqualTo(new WitnessAnswer.Conflict(5, false));
        assertThat(restarted().add(growth(0, 8))).isEqualTo(new WitnessAnswer.Conflict(5, false));
    }

    @Test
    void add_whenTheLogShowsAnotherTreeOfTheSameSize_isAFork() throws IOException {
        witness.add(growth(0, 5));

        assertThat(witness.add(request(5, List.of(), note(tree(5, 1))))).isEqualTo(new WitnessAnswer.Conflict(5, true));
    }

    @Test
    void add_whenTheLogWasRewritten_isInconsistent() throws IOException {
        witness.add(growth(0, 5));
        MemoryTree rewritten = tree(8, 1);
        List<byte[]> path = ConsistencyProof.build(rewritten, 5, 8).path();

        assertThat(witness.add(request(5, path, note(rewritten)))).isInstanceOf(WitnessAnswer.Inconsistent.class);
        assertThat(witness.add(growth(5, 8))).isInstanceOf(WitnessAnswer.Cosigned.class);
    }

    @Test
    void add_whenTheLogWasTruncatedOrRestored_isRefused() throws IOException {
        witness.add(growth(0, 8));

        assertThat(witness.add(request(8, List.of(), note(tree(5, 0))))).isInstanceOf(WitnessAnswer.Malformed.class);
        assertThat(witness.add(request(5, List.of(), note(tree(5, 0)))))
                .isEqualTo(new WitnessAnswer.Conflict(8, false));
    }

    @Test
    void add_whenAFirstCheckpointCarriesAProof_isInconsistent() throws IOException {
        assertThat(witness.add(request(0, List.of(new byte[32]), note(tree(5, 0)))))
                .isInstanceOf(WitnessAnswer.Inconsistent.class);
    }

    @Test
    void add_whenAnotherSignedOrTheLogIsUnknown_isRefused() throws IOException {
        MemoryTree tree = tree(5, 0);
        String text = Checkpoint.of(ORIGIN, 5, tree.root(tree.size())).text();
        String other =
                Checkpoint.of("log.example/two", 5, tree.root(tree.size())).text();

        assertThat(witness.add(request(0, List.of(), SignedNote.sign(text, TestSigner.log(ORIGIN)))))
                .isInstanceOf(WitnessAnswer.NotTheLog.class);
        assertThat(witness.add(request(0, List.of(), SignedNote.sign(other, log))))
                .isInstanceOf(WitnessAnswer.UnknownLog.class);
    }

    @Test
    void add_whenTheBodyIsNone_isMalformed() throws IOException {
        String body = new String(growth(0, 5), StandardCharsets.UTF_8);
        for (String wrong : List.of(
                "",
                "old 0\n",
                body.replace("old 0", "old 00"),
                body.replace("old 0", "new 0"),
                body.replace("old 0\n", "old 0\nAAAA\n"),
                body.replace("\n5\n", "\nfive\n"))) {
            assertThat(witness.add(wrong.getBytes(StandardCharsets.UTF_8)))
                    .as(wrong)
                    .isInstanceOf(WitnessAnswer.Malformed.class);
        }
        assertThat(witness.add(new byte[AddCheckpoint.MAX_OCTETS + 1])).isInstanceOf(WitnessAnswer.Malformed.class);
    }

    @Test
    void add_whenItsMemoryIsDamaged_cosignsNothing() throws IOException {
        witness.add(growth(0, 5));
        try (Stream<Path> files = Files.list(directory)) {
            Files.writeString(files.findFirst().orElseThrow(), "forgotten");
        }

        assertThatThrownBy(() -> restarted().add(growth(0, 8))).isInstanceOf(IOException.class);
    }

    @Test
    void add_whenTwoRequestsRace_neverGoesBack() throws Exception {
        witness.add(growth(0, 5));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<WitnessAnswer>> tasks = new ArrayList<>();
            for (int size = 6; size < 26; size++) {
                byte[] body = growth(5, size);
                tasks.add(() -> witness.add(body));
            }
            int cosigned = 0;
            for (Future<WitnessAnswer> answer : threads.invokeAll(tasks)) {
                cosigned += answer.get() instanceof WitnessAnswer.Cosigned ? 1 : 0;
            }
            assertThat(cosigned).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }
}
