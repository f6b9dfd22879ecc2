package org.wasl.node.configuration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.wasl.node.data.FreePorts;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/** A port in a file: its address stands in the registry, which need not change at every start. */
final class RememberedPort {

    private static final int MAX_OCTETS = 16;
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

    private final Path file;

    RememberedPort(Path file) {
        this.file = file;
    }

    /** The port of last time, or one to begin with. */
    int last() throws IOException {
        if (!Files.exists(file)) {
            return FreePorts.find(1).get(0);
        }
        String text = new String(AtomicFile.read(file, MAX_OCTETS), StandardCharsets.US_ASCII).strip();
        return PORT.matcher(text).matches() ? Math.min(Integer.parseInt(text), 65_535) : 0;
    }

    void keep(int port) throws IOException {
        Path directory = file.getParent();
        if (directory == null) {
            throw new IOException("the port needs a directory: " + file);
        }
        AtomicFile.directory(directory, Readers.EVERYBODY);
        AtomicFile.write(file, (port + "\n").getBytes(StandardCharsets.US_ASCII), Readers.OWNER);
    }
}
