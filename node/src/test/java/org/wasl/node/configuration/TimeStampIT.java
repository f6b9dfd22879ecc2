package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.agencies.population.Personas;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.publication.TimeStamper;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.RecordedCheckpoint;
import org.wasl.node.data.DataDirectory;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.registry.RegistryFiles;
import org.wasl.security.timestamp.TimeStampVerdict;
import org.wasl.security.timestamp.TimeStampVerifier;

/** A running node whose time-stamp authority goes away and comes back. */
class TimeStampIT {

    private static final MemberId COURT = MemberId.parse("JO/GOV/MOJ");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private volatile URI authority = URI.create("http://127.0.0.1:1/");
    private volatile boolean away;

    @Test
    void log_whenTheAuthorityGoesAwayAndComesBack_isStampedRefusesAndRecovers(@TempDir Path root) throws Exception {
        HttpServer between = between();
        DataDirectory directory = RunningNode.smallDirectory(root);
        Files.createDirectories(directory.authority());
        Files.writeString(
                directory.authority().resolve("draft.xml"),
                draft(between.getAddress().getPort()));
        try (NodeProcess process = NodeProcess.start(RunningNode.settings(directory))) {
            authority = URI.create("http://127.0.0.1:"
                    + Files.readString(directory.authority().resolve("status-port"))
                            .strip() + "/tsa");
            RunningNode node = new RunningNode(directory, process.state());
            TimeStamper stamper = process.part(TimeStamper.class);
            assertThat(ask(node).statusCode()).isEqualTo(200);
            LogStore store = process.part(LogStore.class);
            await().atMost(PATIENCE).until(() -> store.latestStamped().isPresent());
            verified(root, store.latestStamped().orElseThrow(), process);
            assertThat(stamper.state().alarm()).isFalse();

            away = true;
            assertThat(ask(node).statusCode()).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> stamper.state().alarm());
            await().atMost(PATIENCE).until(() -> stamper.closed().equals(Optional.of(FaultCode.LOG_NOT_TIME_STAMPED)));
            assertThat(text(ask(node))).contains(FaultCode.LOG_NOT_TIME_STAMPED.wireCode());

            away = false;
            await().atMost(PATIENCE).until(() -> stamper.closed().isEmpty());
            assertThat(ask(node).statusCode()).isEqualTo(200);
        } finally {
            between.stop(0);
            threads.shutdownNow();
        }
    }

    private void verified(Path root, RecordedCheckpoint checkpoint, NodeProcess process) throws Exception {
        byte[] token = Optional.ofNullable(checkpoint.timeStamp()).orElseThrow();
        byte[] stamped =
                SignedNote.parse(checkpoint.note()).orElseThrow().text().getBytes(StandardCharsets.UTF_8);
        assertThat(TimeStampVerifier.offline()
                        .verify(
                                token,
                                stamped,
                                process.part(RegistryFiles.class).get()))
                .isInstanceOf(TimeStampVerdict.Proven.class);
        if (!Files.isExecutable(OPENSSL)) {
            return;
        }
        Path folder = Files.createDirectory(root.resolve("openssl"));
        Files.write(folder.resolve("token.der"), token);
        Files.write(folder.resolve("checkpoint"), stamped);
        Process openssl = new ProcessBuilder(
                        OPENSSL.toString(),
                        "ts",
                        "-verify",
                        "-in",
                        "token.der",
                        "-token_in",
                        "-data",
                        "checkpoint",
                        "-CAfile",
                        root.resolve("authority/timestamp-ca.pem").toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(openssl.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("Verification: OK");
    }

    /** The samples' registry, with windows that a test can wait for. */
    private static String draft(int port) {
        String evidence = "  <evidence><timeStamping address=\"http://127.0.0.1:" + port
                + "/tsa\" every=\"PT1S\" alarmAfter=\"PT2S\" refuseAfter=\"PT6S\"/></evidence>\n";
        return new String(DemoRegistry.draft(), StandardCharsets.UTF_8)
                .replaceFirst("  <member ", evidence + "  <member ");
    }

    /** Stands between the node and the demonstration's authority, and can be away. */
    private HttpServer between() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setExecutor(threads);
        server.createContext("/tsa", this::pass);
        server.start();
        return server;
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] query = exchange.getRequestBody().readAllBytes();
            if (away) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(authority)
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(query))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpResponse<byte[]> ask(RunningNode node) throws Exception {
        return node.agency(
                COURT,
                "GET",
                "/r1/JO/GOV/CSPD/registry/person-record/v1?nationalNumber=" + Personas.CLEAN.nationalNumber(),
                "",
                "X-Road-Client",
                "JO/GOV/MOJ/case-system",
                "X-Road-Id",
                UUID.randomUUID().toString(),
                "X-Road-UserId",
                "judge-1",
                "X-Road-Issue",
                "case-1",
                "Wasl-Purpose",
                "COURT_CASE",
                "Wasl-Legal-Basis",
                "JO-LAW-9-2001");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
