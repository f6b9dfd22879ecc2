package org.wasl.node.configuration;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port of the demonstration's witnesses. Their address stands in the registry, which is made before anything can
 * witness: the port is held from then on, until {@link #close()} lets it go to whoever serves there.
 */
final class WitnessPort implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WitnessPort.class);

    private final ServerSocket held;

    private WitnessPort(ServerSocket held) {
        this.held = held;
    }

    /**
     * Holds the port that is asked for; else that of last time; else any free one.
     *
     * @param authority the directory of the authorities
     * @param wanted the port; 0 for that of last time
     * @throws IOException when the port that is asked for is taken, or the port cannot be remembered
     */
    static WitnessPort hold(Path authority, int wanted) throws IOException {
        RememberedPort remembered = new RememberedPort(authority.resolve("witness-port"));
        int port = wanted == 0 ? remembered.last() : wanted;
        ServerSocket held;
        try {
            held = bind(port);
        } catch (BindException taken) {
            if (wanted != 0) {
                throw taken;
            }
            LOG.info("port {} of the demonstration's witnesses is taken: another one will do", port);
            held = bind(0);
        }
        remembered.keep(held.getLocalPort());
        return new WitnessPort(held);
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(loopback(), port));
            return socket;
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /** Where to serve once this is closed. */
    InetSocketAddress address() throws IOException {
        return new InetSocketAddress(loopback(), held.getLocalPort());
    }

    /** What the registry's addresses of witnesses begin with; ends with {@code /}. */
    URI base() {
        return URI.create("http://127.0.0.1:" + held.getLocalPort() + "/");
    }

    /** Lets the port go. */
    @Override
    public void close() throws IOException {
        held.close();
    }
}
