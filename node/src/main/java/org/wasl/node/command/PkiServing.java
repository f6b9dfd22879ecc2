package org.wasl.node.command;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.wasl.security.authority.Pki;
import org.wasl.security.authority.StatusServer;

/** Serves the authorities of a directory until the process is told to stop. */
final class PkiServing {

    private PkiServing() {}

    static int until(Console console, Pki pki, int port, Duration validity, String path, boolean json)
            throws IOException, InterruptedException {
        try (StatusServer server = StatusServer.start(pki, port, validity)) {
            String address = server.address() + path;
            if (json) {
                console.json(Map.of("serving", address));
            } else {
                console.say("pki.serving", address);
            }
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "stop"));
            stopped.await();
        }
        return ExitCode.OK;
    }
}
