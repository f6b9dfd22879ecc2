package org.wasl.faults.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wasl.faults.check.Collection;
import org.wasl.faults.check.LoggedLeaf;
import org.wasl.faults.check.Promise;
import org.wasl.faults.site.ClusterSite;
import org.wasl.faults.site.SiteLog;
import org.wasl.node.cluster.Cluster;
import org.wasl.node.cluster.ClusterException;
import org.wasl.node.cluster.Part;

/**
 * An agency's two nodes do not hear each other, so that each loses the other's part of the cache that they hold together (each node
 * is a member of that Hazelcast cluster): both go on answering, and no request is answered by both, since nothing rests on the cache.
 */
final class TwinsCut extends ClusterFault {

    /** The port of the cache among a node's ports, where an agency has several nodes. */
    private static final String CACHE = "cache";

    private static final Duration CUT = Duration.ofSeconds(30);

    private long cut;
    private long healed;
    private boolean held;

    TwinsCut() {
        super(
                "twins-cut",
                "an agency's two nodes do not hear each other for thirty seconds, so that their Hazelcast is split, while both hear brokers and database",
                Promise.P8,
                Promise.P2);
    }

    @Override
    void inject(Stage stage, ClusterSite site, Cluster cluster) throws ClusterException, InterruptedException {
        List<Part> twins = cluster.topology().nodes(ClusterSite.TWICE);
        held = true;
        for (Part twin : twins) {
            held &= twin.ports().containsKey(CACHE)
                    && cluster.process(twin.name()).listens(CACHE);
        }
        cluster.links().cut(twins.get(0).name(), twins.get(1).name());
        cut = stage.mark("cut", twins.get(0).name() + " and " + twins.get(1).name());
        stage.pause(CUT);
        healed = System.currentTimeMillis();
    }

    @Override
    public List<Observation> observe(Stage stage) throws IOException {
        Map<String, Integer> answeredBy = new HashMap<>();
        Map<String, String> node = new HashMap<>();
        int both = 0;
        for (SiteLog log : stage.site().logs()) {
            for (LoggedLeaf leaf : Collection.leaves(log)) {
                if (ClusterSite.TWICE.equals(leaf.agency())
                        && leaf.ends()
                        && "SENT".equals(leaf.direction())
                        && leaf.at() >= cut
                        && leaf.at() < healed) {
                    answeredBy.merge(leaf.log(), 1, Integer::sum);
                    String other = node.putIfAbsent(leaf.inReplyTo(), leaf.log());
                    both += other != null && !other.equals(leaf.log()) ? 1 : 0;
                }
            }
        }
        return List.of(new Observation(
                Promise.P8,
                both == 0 && !answeredBy.isEmpty(),
                "meanwhile requests were answered by " + answeredBy + ", by both " + both + "; Hazelcast "
                        + (held ? "ran at both before it was split" : "was not listening at both before")));
    }
}
