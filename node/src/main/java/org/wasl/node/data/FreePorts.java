package org.wasl.node.data;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ports of the loopback interface that nobody listens on. Between finding a port and listening on it, other programs of
 * the same user that look for ports this way leave it alone: each port found stays reserved while this process lives.
 */
public final class FreePorts {

    private static final Logger LOG = LoggerFactory.getLogger(FreePorts.class);

    /** Below what Linux gives to connections by itself (32768 and up), so that none takes a port before it is used. */
    private static final int FIRST = 20_000;

    private static final int AFTER_LAST = 32_000;
    private static final int TRIES = 200;

    /**
     * One octet a port: who holds its lock has the port. Never closed, since closing any channel of a file would give
     * all of this process's locks back.
     */
    private static final Optional<FileChannel> RESERVATIONS = reservations();

    private FreePorts() {}

    private static Optional<FileChannel> reservations() {
        Path file = Path.of(
                System.getProperty("java.io.tmpdir"), "wasl-ports-" + System.getProperty("user.name") + ".lock");
        try {
            return Optional.of(FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException unusable) {
            LOG.info("ports are found without reserving them: {} cannot be used", file);
            return Optional.empty();
        }
    }

    /** So many different free ports. A stranger may take one before it is used: starting then fails, and says so. */
    public static List<Integer> find(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                ServerSocket socket = free();
                held.add(socket);
                ports.add(socket.getLocalPort());
            }
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
        return List.copyOf(ports);
    }

    private static ServerSocket free() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, AFTER_LAST);
            if (!reserved(port)) {
                continue;
            }
            try {
                return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            } catch (BindException taken) {
                continue; // another one
            }
        }
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static boolean reserved(int port) throws IOException {
        if (RESERVATIONS.isEmpty()) {
            return true;
        }
        try {
            // Given back by the system when the process ends.
            return RESERVATIONS.get().tryLock(port, 1, false) != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    /** Whether this port can be listened on now. */
    public static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (BindException taken) {
            return false;
        }
    }
}
