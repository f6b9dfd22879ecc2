package org.wasl.security.authority;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.security.file.AtomicFile;

/**
 * Serves the authorities of a directory over HTTP on the loopback: OCSP under {@code /ocsp/NAME}, time-stamps under
 * {@code /tsa}, lists under {@code /crl/NAME.crl}. What it says is signed, so plain HTTP is what such services use; for
 * a demonstration, and behind whatever an operator puts in front of it.
 */
public final class StatusServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);

    private static final int THREADS = 4;
    private static final int MAX_WAITING = 128;
    private static final int MAX_REQUEST_OCTETS = 16 * 1024;
    private static final int MAX_LIST_OCTETS = 16 * 1024 * 1024;
    private static final int STOP_SECONDS = 1;

    private final Pki pki;
    private final Duration validity;
    private final HttpServer server;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), StatusServer::thread);
    private final Map<String, OcspResponder> responders = new ConcurrentHashMap<>();

    private StatusServer(Pki pki, Duration validity, HttpServer server) {
        this.pki = pki;
        this.validity = validity;
        this.server = server;
    }

    /**
     * Starts serving.
     *
     * @param pki the authorities
     * @param port the port on the loopback; 0 for any free one
     * @param validity for how long an answer about a certificate may be relied on
     * @throws IOException when the port is taken
     */
    public static StatusServer start(Pki pki, int port, Duration validity) throws IOException {
        HttpServer http = HttpServer.create(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), MAX_WAITING);
        StatusServer server = new StatusServer(pki, validity, http);
        server.threads.allowCoreThreadTimeOut(true);
        http.setExecutor(server.threads);
        http.createContext("/ocsp/", exchange -> server.handle(exchange, "POST", server::ocsp));
        http.createContext("/tsa", exchange -> server.handle(exchange, "POST", server::timeStamp));
        http.createContext("/crl/", exchange -> server.handle(exchange, "GET", server::list));
        http.start();
        return server;
    }

    /** Where it serves; ends with {@code /}. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Makes one answer. */
    @FunctionalInterface
    private interface Answer {
        Answered to(String name, byte[] request) throws IOException, GeneralSecurityException;
    }

    @SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
    private record Answered(String mediaType, byte[] octets) {}

    private void handle(HttpExchange exchange, String method, Answer answer) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String name = path.substring(path.lastIndexOf('/') + 1);
            byte[] request = exchange.getRequestBody().readNBytes(MAX_REQUEST_OCTETS + 1);
            if (!exchange.getRequestMethod().equals(method) || request.length > MAX_REQUEST_OCTETS) {
                exchange.sendResponseHeaders(request.length > MAX_REQUEST_OCTETS ? 413 : 405, -1);
                return;
            }
            respond(exchange, name, request, answer);
        }
    }

    private static void respond(HttpExchange exchange, String name, byte[] request, Answer answer) throws IOException {
        Answered answered;
        try {
            answered = answer.to(name, request);
        } catch (NoSuchFileException e) {
            exchange.sendResponseHeaders(404, -1);
            return;
        } catch (IOException | GeneralSecurityException e) {
            LOG.error("no answer of {} can be made", exchange.getRequestURI().getPath(), e);
            exchange.sendResponseHeaders(500, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", answered.mediaType());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, answered.octets().length);
        exchange.getResponseBody().write(answered.octets());
    }

    private Answered ocsp(String name, byte[] request) throws IOException, GeneralSecurityException {
        if (!Pki.isName(name)) {
            throw new NoSuchFileException(name);
        }
        OcspResponder responder = responders.get(name);
        if (responder == null) {
            responder = responder(name);
        }
        return new Answered("application/ocsp-response", responder.answer(request));
    }

    private synchronized OcspResponder responder(String name) throws IOException, GeneralSecurityException {
        OcspResponder known = responders.get(name);
        if (known != null) {
            return known;
        }
        OcspResponder made = pki.responder(name, validity);
        responders.put(name, made);
        return made;
    }

    private synchronized Answered timeStamp(String name, byte[] request) throws IOException, GeneralSecurityException {
        return new Answered("application/timestamp-reply", pki.timeStamps().answer(request));
    }

    private Answered list(String name, byte[] request) throws IOException {
        String authority = name.endsWith(".crl") ? name.substring(0, name.length() - 4) : "";
        if (!Pki.isName(authority)) {
            throw new NoSuchFileException(name);
        }
        Path file = pki.listFile(authority);
        if (!Files.exists(file)) {
            throw new NoSuchFileException(name);
        }
        return new Answered("application/pkix-crl", AtomicFile.read(file, MAX_LIST_OCTETS));
    }

    @Override
    public void close() {
        server.stop(STOP_SECONDS);
        threads.shutdownNow();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "wasl-status");
        thread.setDaemon(true);
        return thread;
    }
}
