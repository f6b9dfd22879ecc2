package org.wasl.connectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An agency's REST server that gives documents, as a test tells it to. */
final class DocumentServer implements AutoCloseable {

    private static final String KEY = "the-key";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private volatile Handler handler = exchange -> exchange.sendResponseHeaders(500, -1);

    DocumentServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("no port on loopback", e);
        }
        server.setExecutor(threads);
        server.createContext("/plans", this::handle);
        server.start();
    }

    /** Answers one request. */
    @FunctionalInterface
    interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (KEY.equals(exchange.getRequestHeaders().getFirst("X-Api-Key"))) {
                handler.handle(exchange);
            } else {
                exchange.sendResponseHeaders(401, -1);
            }
        } catch (IOException e) {
            hungUp.countDown();
            throw e;
        }
    }

    void answer(Handler how) {
        handler = how;
    }

    /** Answers with these octets, and their length. */
    void answer(String mediaType, byte[] octets) {
        answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", mediaType);
            exchange.sendResponseHeaders(200, octets.length == 0 ? -1 : octets.length);
            exchange.getResponseBody().write(octets);
        });
    }

    /** Reaches zero once a client has hung up on an answer. */
    CountDownLatch hungUp() {
        return hungUp;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    static String key() {
        return KEY;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
