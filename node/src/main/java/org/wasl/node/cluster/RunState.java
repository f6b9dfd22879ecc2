package org.wasl.node.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/**
 * How one process of the cluster is.
 *
 * @param pid the process' id; 0 when none runs
 * @param startTicks when it started, in the kernel's own count: an id alone may have been given to another process since
 * @param starts how often it was started so far
 * @param serving whether it serves
 * @param detail why it does not run, as far as known
 */
public record RunState(long pid, long startTicks, int starts, boolean serving, String detail) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_OCTETS = 64 * 1024;

    /** Where in {@code /proc/PID/stat}, behind the name in parentheses, the start stands. */
    private static final int START_FIELD = 19;

    /** What was never started. */
    static final RunState NEVER = new RunState(0, 0, 0, false, "");

    /** The state that is written there; {@link #NEVER} when none is. */
    static RunState read(Path file) throws ClusterException {
        try {
            return JSON.readValue(AtomicFile.read(file, MOST_OCTETS), RunState.class);
        } catch (NoSuchFileException none) {
            return NEVER;
        } catch (JsonProcessingException unreadable) {
            throw new ClusterException(ClusterProblem.STATE, unreadable);
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    void write(Path file) throws IOException {
        AtomicFile.write(file, JSON.writeValueAsBytes(this), Readers.EVERYBODY);
    }

    /** Whether this very process is alive. */
    public boolean alive() {
        return pid != 0 && startTicks(pid).filter(ticks -> ticks == startTicks).isPresent();
    }

    /** When the process of this id started; empty when there is none, or only what its parent has not noticed yet. */
    static Optional<Long> startTicks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return "Z".equals(fields[0]) || "X".equals(fields[0])
                    ? Optional.empty()
                    : Optional.of(Long.valueOf(fields[START_FIELD]));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
