package org.wasl.messagelog.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.checkpoint.Checkpoint;
import org.wasl.messagelog.merkle.ConsistencyProof;
import org.wasl.messagelog.merkle.MemoryTree;
import org.wasl.messagelog.merkle.TreeHash;
import org.wasl.messagelog.note.NoteSigner;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.note.TestSigner;
import org.wasl.messagelog.note.VerifierKey;

class WitnessServerTest {

    private static final String ORIGIN = "log.example/one";
    private static final String PATH = "/witness/court";
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final TestSigner log = TestSigner.log(ORIGIN);
    private final TestSigner key = TestSigner.witness("witness.example/court");
    private final WitnessClient client = new WitnessClient(Duration.ofSeconds(20));
    private final HttpClient plain =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private Path directory;

    private WitnessServer server;

    @BeforeEach
    void start() throws IOException {
        server = start(key);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private WitnessServer start(NoteSigner signer) throws IOException {
        Witness witness = new Witness(
                origin -> origin.equals(ORIGIN) ? List.of(log.verifierKey()) : List.of(),
                new WitnessFiles(directory),
                signer,
                Clock.fixed(NOW, ZoneOffset.UTC));
        return WitnessServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Map.of(PATH, witness));
    }

    private static MemoryTree tree(int size, int seed, int common) {
        MemoryTree tree = new MemoryTree();
        for (int i = 0; i < size; i++) {
            tree.append(TreeHash.leaf(new byte[] {(byte) (i < common ? 0 : seed), (byte) i}));
        }
        return tree;
    }

    private AddCheckpoint request(int old, MemoryTree tree) {
        Checkpoint checkpoint = Checkpoint.of(ORIGIN, tree.size(), tree.root(tree.size()));
        List<byte[]> path = old == 0
                ? List.of()
                : ConsistencyProof.build(tree, old, tree.size()).path();
        return new AddCheckpoint(old, path, SignedNote.sign(checkpoint.text(), log), checkpoint);
    }

    private WitnessReply ask(AddCheckpoint request) {
        return client.add(server.prefix(PATH), key.verifierKey(), request);
    }

    private HttpResponse<String> post(String path, String method, byte[] body) throws Exception {
        return plain.send(
                HttpRequest.newBuilder(URI.create(server.prefix("") + path))
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void add_whenTheLogGrows_bringsVerifiedCosignatures() {
        int old = 0;
        for (int size : new int[] {1, 4, 4, 21}) {
            WitnessReply reply = ask(request(old, tree(size, 0, 0)));

            assertThat(reply).isInstanceOf(WitnessReply.Cosigned.class);
            WitnessReply.Cosigned cosigned = (WitnessReply.Cosigned) reply;
            assertThat(cosigned.cosignature().at()).isEqualTo(NOW);
            assertThat(cosigned.line().isBy(key.verifierKey())).isTrue();
            old = size;
        }
    }

    @Test
    void add_whenTheSizeIsStale_answers409WithTheSizeAlone() throws Exception {
        ask(request(0, tree(5, 0, 0)));

        HttpResponse<String> response =
                post(PATH + "/add-checkpoint", "POST", request(3, tree(8, 0, 0)).octets());

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body()).isEqualTo("5\n");
        assertThat(response.headers().firstValue("Content-Type")).contains("text/x.tlog.size");
        assertThat(ask(request(3, tree(8, 0, 0)))).isEqualTo(new WitnessReply.Conflict(5));
    }

    @Test
    void add_whenTheLogLies_isRefusedAndKept() throws Exception {
        ask(request(0, tree(5, 0, 0)));

        assertThat(ask(request(5, tree(5, 1, 0)))).isEqualTo(new WitnessReply.Conflict(5));
        assertThat(ask(request(5, tree(9, 1, 0)))).isEqualTo(new WitnessReply.Inconsistent());
        assertThat(ask(request(5, tree(9, 1, 0)))).isEqualTo(new WitnessReply.Inconsistent());
        assertThat(new WitnessFiles(directory).suspects())
                .hasSize(2)
                .allMatch(note -> note.isSignedBy(log.verifierKey()));
    }

    @Test
    void add_whenAnEmptyTreeHasAnotherRoot_isRefused() {
        Checkpoint empty = Checkpoint.of(ORIGIN, 0, new byte[32]);

        assertThat(ask(new AddCheckpoint(0, List.of(), SignedNote.sign(empty.text(), log), empty)))
                .isEqualTo(new WitnessReply.Inconsistent());
    }

    @Test
    void add_whenTheLogIsUnknownOrAnotherSigned_answers404And403() throws Exception {
        Checkpoint unknown = Checkpoint.of("log.example/two", 1, new byte[32]);
        Checkpoint known = Checkpoint.of(ORIGIN, 1, new byte[32]);
        SignedNote stranger = SignedNote.sign(known.text(), TestSigner.log(ORIGIN));

        assertThat(post(
                                PATH + "/add-checkpoint",
                                "POST",
                                new AddCheckpoint(0, List.of(), SignedNote.sign(unknown.text(), log), unknown).octets())
                        .statusCode())
                .isEqualTo(404);
        assertThat(post(PATH + "/add-checkpoint", "POST", new AddCheckpoint(0, List.of(), stranger, known).octets())
                        .statusCode())
                .isEqualTo(403);
        assertThat(ask(new AddCheckpoint(0, List.of(), stranger, known))).isInstanceOf(WitnessReply.Refused.class);
    }

    @Test
    void add_whenTheRequestIsNone_answers4xx() throws Exception {
        byte[] good = request(0, tree(3, 0, 0)).octets();

        assertThat(post(PATH + "/add-checkpoint", "POST", "old 7".getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(PATH + "/add-checkpoint", "POST", new byte[AddCheckpoint.MAX_OCTETS + 1])
                        .statusCode())
                .isEqualTo(413);
        assertThat(post(PATH + "/add-checkpoint", "PUT", good).statusCode()).isEqualTo(405);
        for (String path : List.of(
                "/add-checkpoint",
                PATH + "/add-checkpoint/",
                PATH + "/add-checkpointx",
                PATH,
                "/witness/%63ourt/add-checkpoint")) {
            assertThat(post(path, "POST", good).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(ask(request(0, tree(3, 0, 0)))).isInstanceOf(WitnessReply.Cosigned.class);
    }

    @Test
    void add_whenManyStallTheirBodies_goesOnServing() throws Exception {
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                stalled.add(socket);
                OutputStream out = socket.getOutputStream();
                out.write(("POST " + PATH + "/add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nold")
                        .getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
            // Asked again and again, as a log does.
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> ask(request(0, tree(3, 0, 0))) instanceof WitnessReply.Cosigned);
            InputStream first = stalled.get(0).getInputStream();
            assertThat(first.read()).as("the stalled connection was closed").isEqualTo(-1);
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    @Test
    void add_whenOneHundredForksAskAtOnce_cosignsOneHistory() throws Exception {
        ask(request(0, tree(5, 0, 0)));
        List<AddCheckpoint> forks = new ArrayList<>();
        for (int seed = 1; seed <= 100; seed++) {
            forks.add(request(5, tree(6 + seed % 7, seed, 5)));
        }
        List<AddCheckpoint> cosigned = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(25);
        try {
            List<Callable<WitnessReply>> tasks = new ArrayList<>();
            forks.forEach(fork -> tasks.add(() -> ask(fork)));
            List<Future<WitnessReply>> replies = threads.invokeAll(tasks);
            for (int i = 0; i < forks.size(); i++) {
                if (replies.get(i).get() instanceof WitnessReply.Cosigned) {
                    cosigned.add(forks.get(i));
                }
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(cosigned).hasSize(1);
        assertThat(new WitnessFiles(directory).latest(ORIGIN))
                .contains(cosigned.get(0).note());
    }

    @Test
    void add_whenItDiesBetweenKeepingAndAnswering_hasKeptIt() throws Exception {
        server.close();
        server = start(new DyingSigner());

        assertThat(ask(request(0, tree(8, 0, 0)))).isInstanceOf(WitnessReply.Unreachable.class);
        server.close();
        server = start(key);

        assertThat(ask(request(0, tree(8, 1, 0)))).isEqualTo(new WitnessReply.Conflict(8));
        assertThat(ask(request(8, tree(8, 0, 0)))).isInstanceOf(WitnessReply.Cosigned.class);
    }

    @Test
    void add_whenAnotherKeyCosigned_countsForNothing() {
        WitnessReply reply = client.add(
                server.prefix(PATH),
                TestSigner.witness("witness.example/court").verifierKey(),
                request(0, tree(3, 0, 0)));

        assertThat(reply).isInstanceOf(WitnessReply.Unreachable.class);
    }

    @Test
    void add_whenNobodyListens_isUnreachable() {
        URI prefix = server.prefix(PATH);
        server.close();

        assertThat(client.add(prefix, key.verifierKey(), request(0, tree(3, 0, 0))))
                .isInstanceOf(WitnessReply.Unreachable.class);
    }

    /** Fails at the last moment, as a process does that is killed. */
    private final class DyingSigner implements NoteSigner {
        @Override
        public VerifierKey verifierKey() {
            return key.verifierKey();
        }

        @Override
        public byte[] sign(byte[] octets) {
            throw new IllegalStateException("killed");
        }
    }
}
