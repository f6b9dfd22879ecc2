package org.wasl.faults.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wasl.faults.check.Promise;
import org.wasl.faults.site.ClusterSite;
import org.wasl.node.cluster.Cluster;
import org.wasl.node.cluster.ClusterException;
import org.wasl.node.cluster.ClusterProcess;
import org.wasl.node.cluster.Topology;

/** The first broker hangs long enough for the second to take over, and then comes back to life. */
final class BrokerPaused extends ClusterFault {

    private static final Duration HANGS = Duration.ofSeconds(40);

    BrokerPaused() {
        super(
                "broker-hangs",
                "the first broker is stopped in its tracks for forty seconds, then goes on: one of the two is active, not both",
                Promise.P8,
                Promise.P1);
    }

    private @Nullable BrokerWatch watch;

    @Override
    void inject(Stage stage, ClusterSite site, Cluster cluster) throws ClusterException, InterruptedException {
        ClusterProcess broker = cluster.process(Topology.BROKER);
        watch = BrokerWatch.begin(cluster);
        broker.pause();
        try {
            stage.pause(HANGS);
        } finally {
            broker.resume();
        }
    }

    @Override
    public List<Observation> observe(Stage stage) throws IOException, InterruptedException {
        return watch == null ? List.of() : List.of(watch.end());
    }
}
