package org.wasl.agencies.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What one agency has disclosed, one line each: milliseconds since 1970, a tab, what it was. The file is the agency's own, outlives
 * its process, and is for whoever compares it with what the bus says; it names people, as an agency's own books do.
 */
public final class DisclosureBook implements AutoCloseable {

    /** The folder below an agency's data: where it is, books are kept there; where it is not, none are. */
    public static final String FOLDER = "disclosures";

    private final FileChannel file;

    private DisclosureBook(FileChannel file) {
        this.file = file;
    }

    /** The agency's book; empty when none is to be kept. */
    public static Optional<DisclosureBook> open(Path agencies, String agency) throws IOException {
        Path folder = agencies.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        return Optional.of(new DisclosureBook(FileChannel.open(
                folder.resolve(agency + ".tsv"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)));
    }

    /**
     * Writes a line, in one piece, before anything is disclosed. It outlives the process, though not the machine.
     *
     * @throws UncheckedIOException when it cannot be written; nothing may be disclosed then
     */
    void write(String what) {
        ByteBuffer line = ByteBuffer.wrap((System.currentTimeMillis() + "\t" + what.replaceAll("\\s+", " ") + "\n")
                .getBytes(StandardCharsets.UTF_8));
        try {
            while (line.hasRemaining()) {
                file.write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a disclosure cannot be written down", e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
