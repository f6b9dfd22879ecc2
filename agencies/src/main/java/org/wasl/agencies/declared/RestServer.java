package org.wasl.agencies.declared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.agencies.declared.BackEndSpec.PathAnswer;
import org.wasl.agencies.server.Reads;

/** A REST service that answers JSON, loopback only. */
final class RestServer implements DeclaredServer {

    private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);
    private static final int THREADS = 4;
    private static final int WAITING = 64;

    static {
        // Header and body go out apart: without this every answer waits 40 ms for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final String agency;
    private final BackEndSpec.Server.Rest spec;
    private final SampleData data;
    private final byte[] key;
    private final Reads reads = new Reads();
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;
    private int port;

    RestServer(String agency, BackEndSpec.Server.Rest spec, SampleData data, String key) {
        this.agency = agency;
        this.spec = spec;
        this.data = data;
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    /** An answer before it is written. */
    private record Answer(int status, String body) {

        static Answer error(int status, String code) {
            return new Answer(status, "{\"error\":\"" + code + "\"}");
        }
    }

    @Override
    public synchronized int start(int wantedPort) throws IOException {
        if (running()) {
            throw new IllegalStateException(agency + " already runs on port " + port);
        }
        HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wantedPort), WAITING);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), work -> {
                    Thread thread = new Thread(work, agency);
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

    @Override
    public synchronized Map<String, String> properties() {
        return Map.of(spec.property(), "http://127.0.0.1:" + port);
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
            Answer answer = answer(exchange);
            if (answer.status() == 200) {
                reads.record(exchange.getRequestURI().getPath());
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String given = exchange.getRequestHeaders().getFirst(spec.header());
        if (given == null || !MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), key)) {
            return Answer.error(401, "NO_KEY");
        }
        String[] asked = exchange.getRequestURI().getPath().substring(1).split("/", -1);
        boolean known = false;
        for (PathAnswer answer : spec.answers()) {
            Map<String, String> values = new HashMap<>();
            if (matches(answer.segments(), asked, values)) {
                known = true;
                if (answer.method().equals(exchange.getRequestMethod())) {
                    return found(exchange, answer, values);
                }
            }
        }
        return known ? Answer.error(405, "METHOD") : Answer.error(404, "NO_SUCH_PATH");
    }

    private Answer found(HttpExchange exchange, PathAnswer answer, Map<String, String> path) throws IOException {
        try {
            Map<String, String> values = new HashMap<>();
            if (answer.work().changes()) {
                Optional<Map<String, String>> told = told(exchange);
                if (told.isEmpty()) {
                    return Answer.error(400, "BODY");
                }
                values.putAll(told.get());
            }
            values.putAll(path);
            Work.Done done = data.perform(answer.work(), values);
            if (done instanceof Work.Done.Found found) {
                return new Answer(200, found.json());
            }
            if (done instanceof Work.Done.Missing missing) {
                return Answer.error(404, missing.code());
            }
            return done instanceof Work.Done.Refused refused
                    ? Answer.error(409, refused.code())
                    : Answer.error(503, "BUSY");
        } catch (SQLException e) {
            LOG.error("{} cannot answer", agency, e);
            return Answer.error(500, "INTERNAL");
        }
    }

    /** The plain members of a JSON body; empty when it is none, or too large. */
    private static Optional<Map<String, String>> told(HttpExchange exchange) throws IOException {
        Map<String, String> values = new HashMap<>();
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (key != null) {
            values.put("idempotencyKey", key);
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length == 0) {
            return Optional.of(values);
        }
        if (body.length > MAX_BODY_BYTES) {
            return Optional.empty();
        }
        try {
            JSON.readTree(body).fields().forEachRemaining(member -> {
                if (member.getValue().isValueNode() && !member.getValue().isNull()) {
                    values.put(member.getKey(), member.getValue().asText());
                }
            });
            return Optional.of(values);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static boolean matches(List<String> segments, String[] asked, Map<String, String> values) {
        if (segments.size() != asked.length) {
            return false;
        }
        for (int i = 0; i < asked.length; i++) {
            String segment = segments.get(i);
            if (segment.startsWith("{")) {
                values.put(segment.substring(1, segment.length() - 1), asked[i]);
            } else if (!segment.equals(asked[i])) {
                return false;
            }
        }
        return true;
    }
}
