package org.wasl.node.cluster;

import java.io.IOException;
import java.util.function.Consumer;

/** Writes everything that the parts of a cluster start from elsewhere than in namespaces: in containers, on machines of their own. */
public final class ClusterFiles {

    private ClusterFiles() {}

    /**
     * Writes them; what is there stays. Parts are to see their own folder at the same path.
     *
     * @param directory where to; the folder of each part goes where it runs, and nowhere else
     * @param plan what the cluster consists of
     * @param progress told what is being done, in English
     */
    public static void write(ClusterDirectory directory, ClusterPlan plan, Consumer<String> progress)
            throws ClusterException {
        Topology topology = Topology.of(plan).named();
        progress.accept("keys, certificates and registry");
        new Desk(directory, topology).found();
        PartFiles files = new PartFiles(directory, topology);
        files.write();
        Databases databases = new Databases(directory, topology);
        for (Part part : topology.parts()) {
            progress.accept(part.name());
            try {
                switch (part.role()) {
                    case DATABASE -> databases.write(part);
                    case BACK_END ->
                        // Its host key is made at its first start, and pinned by its agency's node.
                        BackEndProcess.prepare(
                                directory.part(part.name()),
                                part.member().orElseThrow(),
                                part.name(),
                                part.port(Topology.SERVICE_PORT),
                                plan.families());
                    case NODE -> files.configure(part);
                    default -> {
                        // It has all it needs.
                    }
                }
            } catch (IOException failed) {
                throw new ClusterException(ClusterProblem.STATE, failed);
            }
        }
    }
}
