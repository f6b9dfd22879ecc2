package org.wasl.faults.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wasl.faults.check.Promise;
import org.wasl.faults.site.ClusterSite;
import org.wasl.node.cluster.Cluster;
import org.wasl.node.cluster.ClusterException;
import org.wasl.node.cluster.Links;
import org.wasl.node.cluster.Part;
import org.wasl.node.cluster.Role;
import org.wasl.node.cluster.Topology;

/** What lies between a node and the brokers, or between the brokers, is cut, deaf in one direction, or loses packets. */
final class LinkBroken extends ClusterFault {

    private static final Duration BROKEN = Duration.ofSeconds(20);
    private static final double LOSS = 0.2;

    /** How it is broken. */
    enum Way {
        CUT,
        ONE_WAY,
        LOSSY
    }

    private final boolean brokers;
    private final Way way;
    private @Nullable BrokerWatch watch;

    private LinkBroken(String name, String describe, boolean brokers, Way way, Promise... promises) {
        super(name, describe, promises);
        this.brokers = brokers;
        this.way = way;
    }

    static List<Fault> all() {
        return List.of(
                new LinkBroken(
                        "node-cut-off",
                        "a node chosen by the seed neither hears the brokers nor is heard by them, for twenty seconds",
                        false,
                        Way.CUT,
                        Promise.P1,
                        Promise.P8),
                new LinkBroken(
                        "node-deaf",
                        "a node chosen by the seed is heard by the brokers and hears nothing of them, for twenty seconds",
                        false,
                        Way.ONE_WAY,
                        Promise.P1,
                        Promise.P8),
                new LinkBroken(
                        "node-lossy",
                        "a fifth of all packets between a node chosen by the seed and the brokers is lost, for twenty seconds",
                        false,
                        Way.LOSSY,
                        Promise.P1),
                new LinkBroken(
                        "brokers-cut",
                        "the two brokers do not hear each other for twenty seconds, while nodes reach both",
                        true,
                        Way.CUT,
                        Promise.P8));
    }

    @Override
    void inject(Stage stage, ClusterSite site, Cluster cluster) throws ClusterException, InterruptedException {
        Links links = cluster.links();
        watch = BrokerWatch.begin(cluster);
        if (brokers) {
            links.cut(Topology.BROKER, Topology.BACKUP);
            stage.mark("cut", Topology.BROKER + " and " + Topology.BACKUP);
        } else {
            List<Part> nodes = cluster.topology().parts().stream()
                    .filter(part -> part.role() == Role.NODE)
                    .toList();
            String node = nodes.get(stage.random().nextInt(nodes.size())).name();
            for (String broker : List.of(Topology.BROKER, Topology.BACKUP)) {
                switch (way) {
                    case CUT -> links.cut(node, broker);
                    case ONE_WAY -> links.oneWay(broker, node);
                    case LOSSY -> links.lossy(node, broker, LOSS);
                }
            }
            stage.mark("broken", node);
        }
        stage.pause(BROKEN);
    }

    @Override
    public List<Observation> observe(Stage stage) throws IOException, InterruptedException {
        return watch == null ? List.of() : List.of(watch.end());
    }
}
