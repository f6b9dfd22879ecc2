package org.wasl.node.configuration;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.security.authority.Pki;
import org.wasl.security.authority.StatusServer;

/** Remembers the port of the demonstration's responder: its address stands in the registry, which need not change. */
final class StatusPort {

    private static final Logger LOG = LoggerFactory.getLogger(StatusPort.class);

    private final RememberedPort remembered;

    /** @param authority the directory of the authorities */
    StatusPort(Path authority) {
        this.remembered = new RememberedPort(authority.resolve("status-port"));
    }

    /** Starts the responder on the port that is asked for; else on that of last time; else on any free one. */
    StatusServer start(Pki pki, int wanted, Duration validity) throws IOException {
        int port = wanted == 0 ? remembered.last() : wanted;
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
        remembered.keep(server.address().getPort());
        return server;
    }
}
