package org.wasl.node.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Whether somebody listens in the namespace of a process, as the kernel tells it to anybody on the machine. */
final class Listening {

    private static final String LISTENS = "0A";
    private static final int ADDRESS = 1;
    private static final int STATE = 3;

    private Listening() {}

    /** Whether anything listens on this port in the network namespace in which the process is. */
    static boolean on(long pid, int port) {
        String wanted = String.format(Locale.ROOT, ":%04X", port);
        for (String table : List.of("tcp", "tcp6")) {
            try {
                boolean found = Files.readString(
                                Path.of("/proc", Long.toString(pid), "net", table), StandardCharsets.US_ASCII)
                        .lines()
                        .map(line -> line.strip().split("\\s+", -1))
                        .anyMatch(fields -> fields.length > STATE
                                && fields[STATE].equals(LISTENS)
                                && fields[ADDRESS].endsWith(wanted));
                if (found) {
                    return true;
                }
            } catch (IOException gone) {
                return false;
            }
        }
        return false;
    }
}
