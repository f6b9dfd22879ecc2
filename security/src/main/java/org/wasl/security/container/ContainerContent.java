package org.wasl.security.container;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A whole container that need not be in memory: it can be read from any octet on, and as often as wanted. Of one that
 * holds a document, only small parts are ever held.
 */
public interface ContainerContent {

    /** How many octets it has. */
    long length();

    /**
     * The octets from this one on; whoever opens closes.
     *
     * @throws IOException when they cannot be read
     */
    InputStream open(long from) throws IOException;

    /**
     * Some octets.
     *
     * @throws IOException when they cannot be read, or are not there
     */
    default byte[] octets(long from, int length) throws IOException {
        try (InputStream in = open(from)) {
            byte[] octets = in.readNBytes(length);
            if (octets.length != length) {
                throw new EOFException("the container ends before octet " + (from + length));
            }
            return octets;
        }
    }

    /** A container in memory. */
    static ContainerContent of(byte[] octets) {
        return new ContainerContent() {
            @Override
            public long length() {
                return octets.length;
            }

            @Override
            public InputStream open(long from) {
                int at = (int) Math.min(from, octets.length);
                return new ByteArrayInputStream(octets, at, octets.length - at);
            }
        };
    }

    /**
     * A container in a file that nobody changes while it is used.
     *
     * @throws IOException when there is no such file
     */
    static ContainerContent of(Path file) throws IOException {
        long length = Files.size(file);
        return new ContainerContent() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream open(long from) throws IOException {
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                return Channels.newInputStream(channel.position(from));
            }
        };
    }
}
