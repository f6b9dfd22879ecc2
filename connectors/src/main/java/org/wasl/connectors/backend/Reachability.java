package org.wasl.connectors.backend;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import org.wasl.schemas.fault.FaultCode;

/** Opens and closes one connection, to tell an unreachable back-end from one that answers badly. */
final class Reachability {

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private Reachability() {}

    static void check(URI address, int timeoutMillis) {
        int standard = "https".equals(address.getScheme()) ? HTTPS_PORT : HTTP_PORT;
        int port = address.getPort() < 0 ? standard : address.getPort();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), port), timeoutMillis);
        } catch (IOException e) {
            throw new BackEndFailure(FaultCode.BACKEND_UNAVAILABLE, Step.CONNECT, "the back-end cannot be reached", e);
        }
    }
}
