package org.wasl.messagelog.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Witnesses over HTTP, C2SP {@code tlog-witness}: {@code POST <prefix>/add-checkpoint} for each. What witnesses say is
 * signed, so that plain HTTP does; who asks need not be known, for a checkpoint is signed too. Everything has a bound:
 * the body, the time for it, the threads, what waits for one.
 */
public final class WitnessServer implements AutoCloseable {

    /** What follows a submission prefix. */
    static final String ADD_CHECKPOINT = "/add-checkpoint";

    static final int OK = 200;
    static final int BAD_REQUEST = 400;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;
    static final int UNPROCESSABLE = 422;

    private static final Logger LOG = LoggerFactory.getLogger(WitnessServer.class);

    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int FAILED = 500;
    private static final int THREADS = 16;
    private static final int MAX_WAITING = 128;
    /** Who means it sends the little that a request is at once; who stalls takes a thread for no longer than this. */
    private static final int REQUEST_SECONDS = 3;

    private static final int STOP_SECONDS = 1;
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String SIZE = "text/x.tlog.size";

    static {
        // The JDK's server waits forever for a request's line and headers, unless its class finds these when it is
        // loaded. An operator's own value stays.
        bound("sun.net.httpserver.maxReqTime");
        bound("sun.net.httpserver.maxRspTime");
    }

    private final HttpServer server;
    private final Map<String, Witness> witnesses;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            work -> daemon(work, "wasl-witness"));
    private final ScheduledThreadPoolExecutor watch =
            new ScheduledThreadPoolExecutor(1, work -> daemon(work, "wasl-witness-watch"));

    private WitnessServer(HttpServer server, Map<String, Witness> witnesses) {
        this.server = server;
        this.witnesses = Map.copyOf(witnesses);
    }

    private static void bound(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(REQUEST_SECONDS));
        }
    }

    /**
     * Starts serving.
     *
     * @param address where; port 0 for any free one
     * @param witnesses each by the path of its submission prefix: empty, or with a slash at its start and none at its end
     * @throws IOException when the address is taken
     */
    public static WitnessServer start(InetSocketAddress address, Map<String, Witness> witnesses) throws IOException {
        for (String prefix : witnesses.keySet()) {
            if (!prefix.isEmpty() && (!prefix.startsWith("/") || prefix.endsWith("/"))) {
                throw new IllegalArgumentException("no path of a submission prefix: " + prefix);
            }
        }
        HttpServer http = HttpServer.create(address, MAX_WAITING);
        WitnessServer server = new WitnessServer(http, witnesses);
        server.threads.allowCoreThreadTimeOut(true);
        server.watch.setRemoveOnCancelPolicy(true);
        http.setExecutor(server.threads);
        http.createContext("/", server::handle);
        http.start();
        return server;
    }

    /** The port on which it serves. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** The submission prefix of the witness of this path, as somebody on the same machine reaches it. */
    public URI prefix(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    private void handle(HttpExchange exchange) throws IOException {
        // Only the wait for line and headers is bounded by the JDK's server: a body may drip.
        ScheduledFuture<?> end = watch.schedule(exchange::close, REQUEST_SECONDS, TimeUnit.SECONDS);
        try (exchange) {
            answer(exchange);
        } finally {
            end.cancel(false);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        Witness witness = path != null && path.endsWith(ADD_CHECKPOINT)
                ? witnesses.get(path.substring(0, path.length() - ADD_CHECKPOINT.length()))
                : null;
        if (witness == null) {
            respond(exchange, NOT_FOUND, TEXT, "there is nothing here\n");
            return;
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            respond(exchange, METHOD_NOT_ALLOWED, TEXT, "checkpoints are posted\n");
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(AddCheckpoint.MAX_OCTETS + 1);
        if (body.length > AddCheckpoint.MAX_OCTETS) {
            respond(exchange, TOO_LARGE, TEXT, "a request has at most " + AddCheckpoint.MAX_OCTETS + " octets\n");
            return;
        }
        WitnessAnswer answer;
        try {
            answer = witness.add(body);
        } catch (IOException | RuntimeException failed) {
            // Whatever it was: without its memory a witness says nothing.
            LOG.error("a witness cannot use its memory or its key: nothing is cosigned", failed);
            respond(exchange, FAILED, TEXT, "the witness cannot cosign now\n");
            return;
        }
        respond(exchange, answer);
    }

    private static void respond(HttpExchange exchange, WitnessAnswer answer) throws IOException {
        if (answer instanceof WitnessAnswer.Cosigned cosigned) {
            respond(exchange, OK, TEXT, cosigned.signature().line());
        } else if (answer instanceof WitnessAnswer.Malformed malformed) {
            respond(exchange, BAD_REQUEST, TEXT, malformed.reason() + "\n");
        } else if (answer instanceof WitnessAnswer.NotTheLog) {
            respond(exchange, FORBIDDEN, TEXT, "no key of this log signed the checkpoint\n");
        } else if (answer instanceof WitnessAnswer.UnknownLog) {
            respond(exchange, NOT_FOUND, TEXT, "no log of this origin is witnessed here\n");
        } else if (answer instanceof WitnessAnswer.Conflict conflict) {
            respond(exchange, CONFLICT, SIZE, conflict.size() + "\n");
        } else {
            respond(exchange, UNPROCESSABLE, TEXT, "the proof does not lead from what was cosigned to this\n");
        }
    }

    private static void respond(HttpExchange exchange, int status, String mediaType, String body) throws IOException {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", mediaType);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, octets.length);
        exchange.getResponseBody().write(octets);
    }

    @Override
    public void close() {
        server.stop(STOP_SECONDS);
        threads.shutdownNow();
        watch.shutdownNow();
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
