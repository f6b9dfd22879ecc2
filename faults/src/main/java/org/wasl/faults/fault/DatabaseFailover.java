package org.wasl.faults.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.wasl.faults.check.Promise;
import org.wasl.faults.site.ClusterSite;
import org.wasl.node.cluster.Cluster;
import org.wasl.node.cluster.ClusterException;

/** The databases' primary dies and its standby is promoted; nodes find it again, and nothing committed is missing. */
final class DatabaseFailover extends ClusterFault {

    private static final Duration SYNCHRONOUS = Duration.ofSeconds(90);

    private String promoted = "";
    private boolean synchronous;

    DatabaseFailover() {
        super(
                "database-failover",
                "the primary of the databases is killed under load and its synchronous standby promoted; the old one comes back as standby",
                Promise.P1,
                Promise.P3);
    }

    @Override
    void inject(Stage stage, ClusterSite site, Cluster cluster) throws ClusterException, InterruptedException {
        promoted = cluster.databases().promote();
        stage.mark("promoted", promoted);
    }

    @Override
    void heal(Stage stage, ClusterSite site, Cluster cluster) throws ClusterException, InterruptedException {
        cluster.databases().rejoin();
        long until = System.nanoTime() + SYNCHRONOUS.toNanos();
        synchronous = cluster.databases().synchronous();
        while (!synchronous && System.nanoTime() < until) {
            Thread.sleep(500);
            synchronous = cluster.databases().synchronous();
        }
    }

    @Override
    public List<Observation> observe(Stage stage) throws IOException {
        return List.of(new Observation(
                Promise.P1,
                synchronous,
                promoted + " was promoted; "
                        + (synchronous ? "the old primary follows it synchronously" : "nobody follows it")
                        + "; what was answered before is looked for in the logs like everything else"));
    }
}
