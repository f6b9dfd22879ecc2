package org.wasl.node.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An agency's server of scanned plans: each is computed as it is read, so that not even the server holds one. */
final class ScanServer implements AutoCloseable {

    private static final String KEY = "scans-of-the-test";
    private static final byte[] HEAD = "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII);

    private final int length;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(16);

    /**
     * @param length how many octets each plan has
     */
    ScanServer(int length) throws IOException {
        this.length = length;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/plans/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            int number = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
            boolean known = KEY.equals(exchange.getRequestHeaders().getFirst("X-Api-Key"));
            if (!known || number == 0) {
                byte[] none = "{\"error\":\"NO_SUCH_PLAN\"}".getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(known ? 404 : 401, none.length);
                exchange.getResponseBody().write(none);
                return;
            }
            // Plan 99 is a page of errors under the name of a plan.
            exchange.getResponseHeaders().set("Content-Type", number == 99 ? "text/html" : "application/pdf");
            exchange.sendResponseHeaders(200, length);
            try (InputStream plan = plan(number)) {
                plan.transferTo(exchange.getResponseBody());
            }
        }
    }

    private InputStream plan(int number) {
        return new Plan(number, length);
    }

    /** SHA-256 of that plan. */
    String digest(int number) throws IOException {
        try (InputStream plan = plan(number)) {
            return digest(plan);
        }
    }

    /** SHA-256 of whatever comes. */
    static String digest(InputStream octets) throws IOException {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[64 * 1024];
            for (int count = octets.read(buffer); count >= 0; count = octets.read(buffer)) {
                sha256.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    static String key() {
        return KEY;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static final class Plan extends InputStream {

        private final int number;
        private final int length;
        private int at;

        Plan(int number, int length) {
            this.number = number;
            this.length = length;
        }

        @Override
        public int read() {
            if (at >= length) {
                return -1;
            }
            int octet = at < HEAD.length ? HEAD[at] : (int) ((at * 0x9E3779B97F4A7C15L + number) >>> 40) & 0xff;
            at++;
            return octet;
        }

        @Override
        public int read(byte[] into, int offset, int most) {
            int count = 0;
            while (count < most) {
                int octet = read();
                if (octet < 0) {
                    break;
                }
                into[offset + count] = (byte) octet;
                count++;
            }
            return count == 0 && most > 0 ? -1 : count;
        }
    }
}
