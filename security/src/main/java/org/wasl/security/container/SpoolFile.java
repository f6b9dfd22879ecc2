package org.wasl.security.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One file of a {@link Spool}, as the container in it; closing it deletes it. Who hands it to somebody that reads it
 * later holds it until that has happened: the last of those who hold it deletes it.
 */
public final class SpoolFile implements ContainerContent, AutoCloseable {

    private final Spool spool;
    private final Path path;
    private final long maxBytes;
    private final AtomicInteger holders = new AtomicInteger(1);

    SpoolFile(Spool spool, Path path, long maxBytes) {
        this.spool = spool;
        this.path = path;
        this.maxBytes = maxBytes;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** The most octets that may be written to it. */
    public long maxBytes() {
        return maxBytes;
    }

    /**
     * A stream that writes it from its first octet on, and fails once it would have more octets than it may.
     *
     * @throws IOException when it cannot be written
     */
    public OutputStream write() throws IOException {
        return new Bounded(Files.newOutputStream(path), maxBytes);
    }

    @Override
    public long length() {
        return path.toFile().length();
    }

    @Override
    public InputStream open(long from) throws IOException {
        return ContainerContent.of(path).open(from);
    }

    /** Holds it once more: it has to be closed once more too. */
    public void hold() {
        if (holders.getAndIncrement() <= 0) {
            throw new IllegalStateException("the spool file is closed");
        }
    }

    @Override
    public void close() {
        if (holders.decrementAndGet() == 0) {
            spool.giveBack(path, maxBytes);
        }
    }

    /** Refuses more octets than were reserved. */
    private static final class Bounded extends OutputStream {

        private final OutputStream out;
        private long left;

        Bounded(OutputStream out, long most) {
            this.out = out;
            this.left = most;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            if (length > left) {
                throw new SpoolFileFullException();
            }
            out.write(octets, offset, length);
            left -= length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
