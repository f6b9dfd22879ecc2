package org.wasl.faults.fault;

import java.util.List;
import org.wasl.faults.check.Promise;
import org.wasl.faults.site.ClusterSite;
import org.wasl.node.cluster.Cluster;
import org.wasl.node.cluster.ClusterException;
import org.wasl.node.cluster.ClusterProcess;
import org.wasl.node.cluster.Role;

/** A node or a broker, chosen by the seed, ends as by a power cut; its supervisor starts it again. */
final class PartKilled extends ClusterFault {

    private static final int LATEST_MILLIS = 2_000;

    PartKilled() {
        super(
                "part-killed",
                "kill -9 of a node or a broker of the cluster, chosen by the seed, under load; its supervisor starts it again",
                Promise.P1,
                Promise.P2);
    }

    @Override
    void inject(Stage stage, ClusterSite site, Cluster cluster) throws ClusterException, InterruptedException {
        List<ClusterProcess> mortal = cluster.processes().stream()
                .filter(process ->
                        process.part().role() == Role.NODE || process.part().role() == Role.BROKER)
                .toList();
        ClusterProcess one = mortal.get(stage.random().nextInt(mortal.size()));
        Thread.sleep(stage.random().nextInt(LATEST_MILLIS));
        one.kill9();
        stage.mark("killed", one.name());
    }
}
