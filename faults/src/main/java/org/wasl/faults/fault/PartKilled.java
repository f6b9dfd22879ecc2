package org.wasl.faults.fault;

import java.util.List;
import org.wasl.faults.check.Promise;
import org.wasl.faults.site.ClusterSite;
import org.wasl.node.cluster.Cluster;
import org.wasl.node.cluster.ClusterException;
import org.wasl.node.cluster.ClusterProcess;
import org.wasl.node.cluster.Role;

/** Nodes or brokers, chosen by the seed, end as by a power cut, one soon after the other; the supervisor starts them again. */
final class PartKilled extends ClusterFault {

    private static final int KILLS = 3;
    private static final int LATEST_MILLIS = 4_000;

    PartKilled() {
        super(
                "part-killed",
                "kill -9 of nodes or brokers of the cluster, three times within seconds, chosen by the seed, under load; the supervisor starts them again",
                Promise.P1,
                Promise.P2);
    }

    @Override
    void inject(Stage stage, ClusterSite site, Cluster cluster) throws ClusterException, InterruptedException {
        List<ClusterProcess> mortal = cluster.processes().stream()
                .filter(process ->
                        process.part().role() == Role.NODE || process.part().role() == Role.BROKER)
                .toList();
        for (int kill = 1; kill <= KILLS; kill++) {
            if (kill > 1) {
                // An interruption of its own: what was begun again may be cut off again.
                stage.mark(Stage.INJECTED, "kill " + kill);
            }
            ClusterProcess one = mortal.get(stage.random().nextInt(mortal.size()));
            Thread.sleep(stage.random().nextInt(LATEST_MILLIS));
            one.kill9();
            stage.mark(Stage.KILLED, one.name());
        }
    }
}
