package org.wasl.node.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes TCP connections on, slowly if told so. Bounded: whoever comes when it is full is sent away. */
public final class Relay implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;
    private static final int MOST_CONNECTIONS = 512;
    private static final int MOST_CHUNKS = 256;
    private static final int BACKLOG = 128;
    private static final long MOST_STALL_SECONDS = 60;
    private static final long NANOS_A_MILLI = 1_000_000;

    private final ServerSocketChannel server;
    private final SocketAddress target;
    private final long delayNanos;
    private final AtomicInteger open = new AtomicInteger();
    private final Set<SocketChannel> channels = ConcurrentHashMap.newKeySet();

    private Relay(ServerSocketChannel server, SocketAddress target, Duration delay) {
        this.server = server;
        this.target = target;
        this.delayNanos = delay.toNanos();
    }

    /**
     * Begins to pass on.
     *
     * @param listen where connections come in
     * @param target where they go to
     * @param delay by how much every octet is late, in both directions
     */
    public static Relay start(InetSocketAddress listen, SocketAddress target, Duration delay) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(listen, BACKLOG);
        Relay relay = new Relay(server, target, delay);
        thread("relay-accept", relay::accept);
        return relay;
    }

    /** The port on which it listens. */
    public int port() throws IOException {
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel near = server.accept();
                if (open.incrementAndGet() > MOST_CONNECTIONS) {
                    open.decrementAndGet();
                    near.close();
                } else {
                    thread("relay", () -> connect(near));
                }
            } catch (IOException failed) {
                // Closed, or one caller that was gone at once: the loop's condition tells which.
                continue;
            }
        }
    }

    private void connect(SocketChannel near) {
        channels.add(near);
        try (near;
                SocketChannel far = SocketChannel.open(target)) {
            channels.add(far);
            near.setOption(StandardSocketOptions.TCP_NODELAY, true);
            far.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Thread back = new Thread(() -> pass(far, near), "relay-back");
            back.setDaemon(true);
            back.start();
            pass(near, far);
            back.join();
            channels.remove(far);
        } catch (IOException refused) {
            // Whoever called sees its connection closed, as it would without a relay.
            open.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            channels.remove(near);
            open.decrementAndGet();
        }
    }

    /** What came when; empty content is the end. */
    private record Chunk(ByteBuffer content, long due) {}

    private void pass(SocketChannel from, SocketChannel to) {
        try {
            if (delayNanos == 0) {
                ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
                while (from.read(buffer) >= 0) {
                    write(to, buffer.flip());
                    buffer.clear();
                }
            } else {
                passLate(from, to);
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            close(from);
            close(to);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void passLate(SocketChannel from, SocketChannel to) throws IOException, InterruptedException {
        BlockingQueue<Chunk> late = new ArrayBlockingQueue<>(MOST_CHUNKS);
        thread("relay-read", () -> read(from, late));
        for (Chunk chunk = late.take(); chunk.content().hasRemaining(); chunk = late.take()) {
            long left = chunk.due() - System.nanoTime();
            if (left > 0) {
                Thread.sleep(left / NANOS_A_MILLI, (int) (left % NANOS_A_MILLI));
            }
            write(to, chunk.content());
        }
    }

    private void read(SocketChannel from, BlockingQueue<Chunk> late) {
        try {
            try {
                ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
                boolean taken = true;
                while (taken && from.read(buffer) >= 0) {
                    taken = late.offer(
                            new Chunk(buffer.flip(), System.nanoTime() + delayNanos),
                            MOST_STALL_SECONDS,
                            TimeUnit.SECONDS);
                    buffer = ByteBuffer.allocate(BUFFER);
                }
            } catch (IOException broken) {
                close(from);
            }
            late.offer(new Chunk(ByteBuffer.allocate(0), 0), MOST_STALL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(SocketChannel to, ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            to.write(octets);
        }
    }

    private static Optional<IOException> close(SocketChannel channel) {
        try {
            channel.close();
            return Optional.empty();
        } catch (IOException already) {
            return Optional.of(already);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        channels.forEach(Relay::close);
    }
}
