package org.wasl.connectors;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of the old sort: its answer ends where the connection does, and says nothing of its length. */
final class UnboundedServer implements AutoCloseable {

    private final ServerSocket socket;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    UnboundedServer(byte[] octets, String digest) throws IOException {
        socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        thread.submit(() -> {
            serve(octets, digest);
            return null;
        });
    }

    private void serve(byte[] octets, String digest) throws IOException {
        try (Socket client = socket.accept()) {
            byte[] request = new byte[8_192];
            int read = client.getInputStream().read(request);
            String head = "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nConnection: close\r\n"
                    + (digest.isEmpty() ? "" : "Content-Digest: " + digest + "\r\n") + "\r\n";
            if (read > 0) {
                OutputStream out = client.getOutputStream();
                out.write(head.getBytes(StandardCharsets.US_ASCII));
                out.write(octets);
                out.flush();
            }
        }
    }

    String address() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        socket.close();
    }
}
