package org.wasl.bench.peer.message;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds a port to listen at. */
public final class FreePort {

    private FreePort() {}

    /** A port of the loopback address that nobody listened at just now. */
    public static int find() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
