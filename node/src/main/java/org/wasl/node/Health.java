package org.wasl.node;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/**
 * Tells by its exit code whether something serves: {@code http://HOST:PORT/PATH} must answer 200, {@code tcp://HOST:PORT} must
 * take a connection. For images without other tools; starts in a fraction of the program's own time.
 */
public final class Health {

    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int OK = 200;
    private static final int USAGE = 2;

    private Health() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** 0 when it serves, 1 when it does not, 2 when nobody can be asked so. */
    static int run(String... arguments) {
        if (arguments.length != 1) {
            return USAGE;
        }
        try {
            URI asked = URI.create(arguments[0]);
            if ("tcp".equals(asked.getScheme())) {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(asked.getHost(), asked.getPort()), TIMEOUT_MILLIS);
                    return 0;
                }
            }
            if (!"http".equals(asked.getScheme())) {
                return USAGE;
            }
            HttpURLConnection connection = (HttpURLConnection) asked.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            return connection.getResponseCode() == OK ? 0 : 1;
        } catch (IOException away) {
            return 1;
        } catch (IllegalArgumentException malformed) {
            return USAGE;
        }
    }
}
