package org.wasl.node.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a cluster is started.
 *
 * @param directory where everything of it is
 * @param plan what it consists of
 * @param brokerArchive Artemis' own distribution, {@code apache-artemis-VERSION-bin.tar.gz}; empty: where builds keep it
 * @param program the command that runs this program, without its arguments
 */
public record ClusterSettings(
        ClusterDirectory directory, ClusterPlan plan, Optional<Path> brokerArchive, ProgramCommand program) {

    public ClusterSettings(Path directory, ClusterPlan plan) {
        this(new ClusterDirectory(directory), plan, Optional.empty(), ProgramCommand.ofThisProcess());
    }

    /** The same with this archive. */
    public ClusterSettings with(Optional<Path> archive) {
        return new ClusterSettings(directory, plan, archive, program);
    }

    List<String> agencies() {
        return plan.agencies();
    }
}
