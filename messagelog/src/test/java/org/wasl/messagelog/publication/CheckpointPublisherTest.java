package org.wasl.messagelog.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.checkpoint.Checkpoint;
import org.wasl.messagelog.checkpoint.Cosignature;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.note.TestSigner;
import org.wasl.messagelog.tile.TileFiles;
import org.wasl.schemas.fault.FaultCode;

class CheckpointPublisherTest {

    private static final String ORIGIN = "log.example/one";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path root;

    private PublishedLog log;

    @BeforeEach
    void start() throws Exception {
        log = new PublishedLog(root, ORIGIN);
        assertThat(log.publisher().awaitBegun(PATIENCE)).isTrue();
    }

    @AfterEach
    void stop() {
        log.close();
    }

    private void awaitCovered(long size) {
        await().atMost(PATIENCE).until(() -> log.publisher().state().covered() >= size);
    }

    private void awaitClosed(FaultCode code) {
        await().atMost(PATIENCE).until(() -> log.publisher().closed().equals(Optional.of(code)));
    }

    private SignedNote published() throws Exception {
        return SignedNote.parse(Files.readAllBytes(log.published().resolve("checkpoint")))
                .orElseThrow();
    }

    private long cosignatures(SignedNote note) {
        long count = 0;
        for (int i = 0; i < 3; i++) {
            var key = log.witnessKey(i).verifierKey();
            count += note.signatures().stream().anyMatch(line -> Cosignature.verify(note.text(), line, key)
                            .isPresent())
                    ? 1
                    : 0;
        }
        return count;
    }

    @Test
    void publish_whenTheLogGrows_checkpointsAreCosignedAndFitTheTiles() throws Exception {
        for (int i = 0; i < 3; i++) {
            log.append(150);
            awaitCovered(150L * (i + 1));
        }
        await().atMost(PATIENCE)
                .until(() -> Checkpoint.parse(published().text()).orElseThrow().size() == 450);

        SignedNote note = published();
        Checkpoint checkpoint = Checkpoint.parse(note.text()).orElseThrow();
        assertThat(note.isSignedBy(log.signer().verifierKey())).isTrue();
        assertThat(cosignatures(note)).isGreaterThanOrEqualTo(2);
        assertThat(checkpoint.root()).isEqualTo(log.log().root());
        assertThat(new TileFiles(log.published()).root(450, 450)).isEqualTo(checkpoint.root());
        assertThat(log.store().latestCheckpoint().orElseThrow().size()).isEqualTo(450);
        assertThat(log.publisher().closed()).isEmpty();
        assertThat(log.publisher().state().alarm()).isFalse();
    }

    @Test
    void publish_whileManyAppend_neverHoldsThemUpAndKeepsUp() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                running.add(threads.submit(() -> log.append(400)));
            }
            for (Future<?> run : running) {
                run.get();
            }
        } finally {
            threads.shutdownNow();
        }
        awaitCovered(1_600);
        assertThat(log.publisher().state().checkpoints()).isGreaterThan(2);
    }

    @Test
    void closed_whenOneWitnessIsDown_staysOpen() {
        log.stopWitness(0);
        log.append(10);
        awaitCovered(10);

        assertThat(log.publisher().closed()).isEmpty();
        assertThat(log.publisher().state().cosigners()).hasSize(2);
    }

    @Test
    void closed_whenTheQuorumIsLost_alarmsThenRefusesAndRecovers() throws Exception {
        log.append(5);
        awaitCovered(5);
        log.stopWitness(0);
        log.stopWitness(1);
        log.append(1);

        await().atMost(PATIENCE).until(() -> log.publisher().state().alarm());
        assertThat(log.publisher().closed()).as("the alarm comes first").isEmpty();
        awaitClosed(FaultCode.LOG_NOT_WITNESSED);
        log.append(20);
        log.startWitness(1);
        await().atMost(PATIENCE).until(() -> log.publisher().closed().isEmpty());
        awaitCovered(26);
        await().atMost(PATIENCE).until(() -> !log.publisher().state().alarm());
    }

    @Test
    void closed_whenRestartedWithoutWitnesses_isClosedFromTheStart() throws Exception {
        log.append(5);
        awaitCovered(5);
        log.shut();
        log.stopWitness(0);
        log.stopWitness(1);
        log.open();

        assertThat(log.publisher().closed()).contains(FaultCode.LOG_NOT_WITNESSED);
        assertThat(log.publisher().awaitBegun(Duration.ofSeconds(1))).isFalse();
        log.startWitness(0);
        assertThat(log.publisher().awaitBegun(PATIENCE)).isTrue();
        assertThat(log.publisher().closed()).isEmpty();
    }

    @Test
    void closed_whenTheLogWasRestoredFromABackup_isDisputedUntilANewEpoch() throws Exception {
        log.append(300);
        awaitCovered(300);
        log.shut();
        log.copyTo(root.resolve("backup"));
        log.open();
        log.append(20);
        awaitCovered(320);
        log.shut();
        log.restoreFrom(root.resolve("backup"));
        log.open();

        awaitClosed(FaultCode.LOG_DISPUTED);
        // It grows again, past what the witnesses hold, with another history.
        log.append(40);
        await().atMost(PATIENCE).until(() -> log.publisher().state().witnesses().values().stream()
                .anyMatch(word -> word.contains("does not follow")));
        assertThat(log.publisher().closed()).contains(FaultCode.LOG_DISPUTED);

        log.signAs(TestSigner.log("log.example/two"));
        await().atMost(PATIENCE).until(() -> log.publisher().closed().isEmpty());
        awaitCovered(340);
        await().atMost(PATIENCE).until(() -> published().text().startsWith("log.example/two\n340\n"));
        try (var earlier = Files.list(log.directory().resolve("earlier"))) {
            Path kept = earlier.findFirst().orElseThrow();
            assertThat(Files.readString(kept.resolve("checkpoint"))).startsWith(ORIGIN + "\n300\n");
        }
    }

    @Test
    void closed_whenOnlyTheDatabaseWasRestored_isDisputedByItsOwnFiles() throws Exception {
        log.append(30);
        awaitCovered(30);
        log.shut();
        Path database = log.directory().resolve("wasl.db");
        Files.copy(database, root.resolve("yesterday.db"));
        log.open();
        log.append(10);
        awaitCovered(40);
        await().atMost(PATIENCE).until(() -> published().text().startsWith(ORIGIN + "\n40\n"));
        log.shut();
        for (int i = 0; i < 3; i++) {
            log.stopWitness(i);
        }
        Files.delete(database);
        Files.deleteIfExists(log.directory().resolve("wasl.db-wal"));
        Files.deleteIfExists(log.directory().resolve("wasl.db-shm"));
        Files.copy(root.resolve("yesterday.db"), database);
        log.open();

        awaitClosed(FaultCode.LOG_DISPUTED);
        assertThat(log.publisher().state().problem().orElseThrow()).contains("40 leaves");
        // Other leaves take the place of those that are gone.
        log.append(20);
        log.shut();
        log.open();
        awaitClosed(FaultCode.LOG_DISPUTED);
    }

    @Test
    void publish_whenTilesAreMissing_writesThemAgain() throws Exception {
        log.append(300);
        awaitCovered(300);
        await().atMost(PATIENCE).until(() -> published().text().startsWith(ORIGIN + "\n300\n"));
        log.shut();
        PublishedLog.delete(log.published().resolve("tile"));
        log.open();
        log.append(1);
        awaitCovered(301);

        assertThat(new TileFiles(log.published()).root(301, 301))
                .isEqualTo(log.log().root());
    }

    @Test
    void publish_whenItCannotWrite_triesAgainUntilItCan() throws Exception {
        log.append(3);
        awaitCovered(3);
        // A file stands where a directory must be: root may write anywhere, so that no mode would do.
        Path tiles = log.published().resolve("tile");
        Files.move(tiles, root.resolve("tiles"));
        Files.writeString(tiles, "in the way");
        log.append(1);
        await().atMost(PATIENCE).until(() -> log.publisher().state().problem().isPresent());
        awaitClosed(FaultCode.LOG_NOT_WITNESSED);

        Files.delete(tiles);
        Files.move(root.resolve("tiles"), tiles);
        awaitCovered(4);
        assertThat(log.publisher().closed()).isEmpty();
        assertThat(log.publisher().state().problem()).isEmpty();
    }
}
