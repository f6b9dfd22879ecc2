package org.wasl.messagelog.publication;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.Entries;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.note.TestSigner;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.messagelog.witness.Witness;
import org.wasl.messagelog.witness.WitnessFiles;
import org.wasl.messagelog.witness.WitnessServer;

/** A log in a directory that publishes itself, and three witnesses beside it that can be stopped. */
final class PublishedLog implements AutoCloseable {

    static final Duration ALARM = Duration.ofMillis(1_500);
    static final Duration REFUSE = Duration.ofSeconds(4);

    private static final int WITNESSES = 3;
    private static final int QUORUM = 2;

    /** One witness: its memory outlives its server. */
    private static final class Party {
        private final TestSigner key;
        private final Path memory;
        private int port;
        private Optional<WitnessServer> server = Optional.empty();

        private Party(TestSigner key, Path memory) {
            this.key = key;
            this.memory = memory;
        }
    }

    private final Path root;
    private final List<Party> parties = new ArrayList<>();
    private volatile TestSigner signer;
    private LogStore store;
    private GroupCommitMessageLog log;
    private CheckpointPublisher publisher;

    PublishedLog(Path root, String origin) throws Exception {
        this.root = root;
        this.signer = TestSigner.log(origin);
        for (int i = 0; i < WITNESSES; i++) {
            parties.add(new Party(TestSigner.witness("witness.example/" + i), root.resolve("witness-" + i)));
            startWitness(i);
        }
        open();
    }

    TestSigner signer() {
        return signer;
    }

    void signAs(TestSigner other) {
        signer = other;
    }

    TestSigner witnessKey(int index) {
        return parties.get(index).key;
    }

    Path directory() {
        return root.resolve("log");
    }

    Path published() {
        return directory().resolve("public");
    }

    GroupCommitMessageLog log() {
        return log;
    }

    LogStore store() {
        return store;
    }

    CheckpointPublisher publisher() {
        return publisher;
    }

    void startWitness(int index) throws IOException {
        Party party = parties.get(index);
        Witness witness = new Witness(
                origin -> origin.equals(signer.verifierKey().name()) ? List.of(signer.verifierKey()) : List.of(),
                new WitnessFiles(party.memory),
                party.key,
                Clock.systemUTC());
        WitnessServer server = WitnessServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), party.port), Map.of("", witness));
        party.port = server.port();
        party.server = Optional.of(server);
    }

    void stopWitness(int index) {
        parties.get(index).server.ifPresent(WitnessServer::close);
        parties.get(index).server = Optional.empty();
    }

    private PublicationTerms terms() {
        return new PublicationTerms(
                Optional.of(signer),
                parties.stream()
                        .map(party -> new PublicationTerms.AskedWitness(
                                party.key.verifierKey().name(),
                                party.key.verifierKey(),
                                URI.create("http://127.0.0.1:" + party.port)))
                        .toList(),
                Optional.of(new PublicationTerms.Witnessing(QUORUM, ALARM, REFUSE)));
    }

    void open() throws Exception {
        Files.createDirectories(directory());
        store = SqliteLogStore.open(directory().resolve("wasl.db"));
        log = GroupCommitMessageLog.open(store, IndexKey.of(new byte[32]), LogSettings.defaults(), cause -> {});
        publisher = CheckpointPublisher.start(
                log::committed,
                store,
                this::terms,
                new PublicationSettings(
                        published(), directory().resolve("earlier"), Duration.ofMillis(100), Duration.ofSeconds(2)),
                Clock.systemUTC());
    }

    void shut() {
        publisher.close();
        log.close();
    }

    void append(int count) {
        for (int i = 0; i < count; i++) {
            log.append(Entries.request(Entries.CSPD, Direction.RECEIVED, UUID.randomUUID()))
                    .join();
        }
    }

    /** As an operator backs up and restores: the log's directory as it stands. */
    void copyTo(Path backup) throws IOException {
        copy(directory(), backup);
    }

    void restoreFrom(Path backup) throws IOException {
        delete(directory());
        copy(backup, directory());
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Override
    public void close() {
        shut();
        for (int i = 0; i < WITNESSES; i++) {
            stopWitness(i);
        }
    }
}
