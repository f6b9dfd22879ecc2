package org.wasl.node.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/**
 * What a cluster consists of and who looks after it, as it is kept so that any later command finds and ends all of it.
 *
 * @param plan what it consists of
 * @param prefix what the names of its namespaces begin with
 * @param supervisor the process that looks after it; 0 before it was started
 * @param supervisorTicks when that process started, in the kernel's own count
 */
record ClusterState(ClusterPlan plan, String prefix, long supervisor, long supervisorTicks) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_OCTETS = 1024 * 1024;

    /** The cluster of this directory; empty when there is none. */
    static Optional<ClusterState> read(ClusterDirectory directory) throws ClusterException {
        try {
            return Optional.of(JSON.readValue(AtomicFile.read(directory.stateFile(), MOST_OCTETS), ClusterState.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    void write(ClusterDirectory directory) throws ClusterException {
        try {
            AtomicFile.directory(directory.root(), Readers.EVERYBODY);
            AtomicFile.write(
                    directory.stateFile(),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this),
                    Readers.EVERYBODY);
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    /** Whether its supervisor runs. */
    boolean supervised() {
        return supervisor != 0
                && RunState.startTicks(supervisor)
                        .filter(ticks -> ticks == supervisorTicks)
                        .isPresent();
    }

    ClusterState supervisedBy(long pid) {
        return new ClusterState(plan, prefix, pid, RunState.startTicks(pid).orElse(0L));
    }
}
