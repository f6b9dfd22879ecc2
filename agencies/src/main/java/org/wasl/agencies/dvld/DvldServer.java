package org.wasl.agencies.dvld;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.server.AgencyServer;
import org.wasl.agencies.server.Reads;
import org.wasl.agencies.server.SettlementBook;

/** The traffic agency's REST service, loopback only. */
public final class DvldServer implements AgencyServer {

    /** The header that carries the key. */
    public static final String KEY_HEADER = "X-Api-Key";

    private static final int THREADS = 8;
    private static final int WAITING = 64;
    private static final int MAX_BODY = 4_096;

    static {
        // Header and body go out apart: without this every answer waits 40 ms for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ObjectMapper json = JsonMapper.builder().build();
    private final DvldAnswers answers;
    private final byte[] key;
    private final Reads reads = new Reads();
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;
    private int port;

    /** A service that remembers changes no longer than the process lives. */
    public DvldServer(Population population, String apiKey) throws IOException {
        this(population, apiKey, null, SettlementBook.inMemory("DVLD"));
    }

    /**
     * @param deceased the file of owners of whom it was told that they have died
     * @param book what it was paid from outside; closed by whoever opened it
     */
    public DvldServer(Population population, String apiKey, @Nullable Path deceased, SettlementBook book)
            throws IOException {
        answers = new DvldAnswers(population, json, new DeceasedOwners(deceased), book);
        key = apiKey.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public synchronized int start(int wantedPort) throws IOException {
        if (running()) {
            throw new IllegalStateException("the traffic service already runs on port " + port);
        }
        HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wantedPort), WAITING);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), work -> {
                    Thread thread = new Thread(work, "dvld");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        http.setExecutor(pool);
        http.createContext("/", this::handle);
        http.start();
        server = http;
        threads = pool;
        port = http.getAddress().getPort();
        return port;
    }

    @Override
    public synchronized void stop() {
        reads.release();
        HttpServer http = server;
        server = null;
        if (http != null) {
            http.stop(0);
        }
        ExecutorService pool = threads;
        threads = null;
        if (pool != null) {
            pool.shutdownNow();
        }
    }

    /** The base address, without a slash at its end. */
    public synchronized URI baseUri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public synchronized int port() {
        return port;
    }

    @Override
    public synchronized boolean running() {
        return server != null;
    }

    @Override
    public Reads reads() {
        return reads;
    }

    @Override
    public void delay(Duration delay) {
        reads.delay(delay);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            DvldAnswers.Answer answer = answer(exchange);
            if (answer.status() == 200 && exchange.getRequestMethod().equals("GET")) {
                reads.record(exchange.getRequestURI().getPath());
            }
            byte[] body = bytes(answer.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private DvldAnswers.Answer answer(HttpExchange exchange) throws IOException {
        String given = exchange.getRequestHeaders().getFirst(KEY_HEADER);
        if (given == null || !MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), key)) {
            return answers.error(401, "NO_KEY", "the header " + KEY_HEADER + " is missing or wrong");
        }
        String path = exchange.getRequestURI().getPath();
        return switch (exchange.getRequestMethod()) {
            case "GET" -> answers.to(path);
            case "PUT" -> answers.note(path);
            case "POST" ->
                path.equals("/settlements")
                        ? settle(exchange.getRequestBody().readNBytes(MAX_BODY))
                        : answers.error(404, "NO_SUCH_RESOURCE", "nothing is taken here");
            default -> answers.error(405, "METHOD", "only GET, PUT and POST are served");
        };
    }

    private DvldAnswers.Answer settle(byte[] body) throws IOException {
        try {
            if (json.readTree(body) instanceof ObjectNode asked) {
                return answers.settle(asked);
            }
        } catch (JsonProcessingException e) {
            // Whoever sent it is told, and knows what it sent.
        }
        return answers.error(400, "BAD_JSON", "a settlement is a JSON object");
    }

    private byte[] bytes(ObjectNode body) throws JsonProcessingException {
        return json.writeValueAsBytes(body);
    }
}
