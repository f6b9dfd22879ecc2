package org.wasl.node.configuration;

import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.security.authority.Pki;
import org.wasl.security.authority.StatusServer;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/** Remembers the port of the demonstration's responder: its address stands in the registry, which need not change. */
final class StatusPort {

    private static final Logger LOG = LoggerFactory.getLogger(StatusPort.class);
    private static final int MAX_OCTETS = 16;
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

    private final Path file;

    /** @param authority the directory of the authorities */
    StatusPort(Path authority) {
        this.file = authority.resolve("status-port");
    }

    /** Starts the responder on the port that is asked for; else on that of last time; else on any free one. */
    StatusServer start(Pki pki, int wanted, Duration validity) throws IOException {
        int port = wanted == 0 ? last() : wanted;
        StatusServer server;
        try {
            server = StatusServer.start(pki, port, validity);
        } catch (BindException taken) {
            if (wanted != 0) {
                throw taken;
            }
            LOG.info("port {} of the demonstration's responder is taken: another one will do", port);
            server = StatusServer.start(pki, 0, validity);
        }
        AtomicFile.directory(directoryOf(file), Readers.EVERYBODY);
        byte[] text = (server.address().getPort() + "\n").getBytes(StandardCharsets.US_ASCII);
        AtomicFile.write(file, text, Readers.OWNER);
        return server;
    }

    private int last() throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        String text = new String(AtomicFile.read(file, MAX_OCTETS), StandardCharsets.US_ASCII).strip();
        return PORT.matcher(text).matches() ? Math.min(Integer.parseInt(text), 65_535) : 0;
    }

    private static Path directoryOf(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IOException("the port needs a directory: " + file);
        }
        return parent;
    }
}
