package org.wasl.faults.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.wasl.faults.check.Promise;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.faults.site.ClusterSite;
import org.wasl.node.cluster.Cluster;
import org.wasl.node.cluster.ClusterException;
import org.wasl.node.cluster.Part;
import org.wasl.node.cluster.Role;

/** The lines between a node and the brokers are late: its requests and answers take longer, and none is lost or doubled. */
final class LineSlow extends ClusterFault {

    private static final Duration LATE = Duration.ofMillis(300);
    private static final Duration SLOW = Duration.ofSeconds(30);
    /** After the lines were laid anew, connections are made again. */
    private static final Duration ANEW = Duration.ofSeconds(10);

    private long usable;
    private long undone;

    LineSlow() {
        super(
                "line-slow",
                "what a node chosen by the seed and the brokers say to each other is 300 ms late in each direction, for thirty seconds",
                Promise.P1,
                Promise.P2);
    }

    @Override
    void inject(Stage stage, ClusterSite site, Cluster cluster)
            throws ClusterException, IOException, InterruptedException {
        List<Part> nodes = cluster.topology().parts(Role.NODE);
        String node = nodes.get(stage.random().nextInt(nodes.size())).name();
        for (Part broker : cluster.topology().parts(Role.BROKER)) {
            site.slowLine(node, broker.name(), LATE);
        }
        stage.mark("slow", node);
        stage.pause(ANEW);
        usable = System.currentTimeMillis();
        stage.pause(SLOW.minus(ANEW));
        undone = System.currentTimeMillis();
    }

    @Override
    public List<Observation> observe(Stage stage) throws IOException {
        List<Told> told = stage.told(usable, undone);
        long said = told.stream().filter(Told::said).count();
        return List.of(new Observation(
                Promise.P1,
                said > 0,
                said + " of " + told.size() + " callers heard an answer over lines that were 300 ms late each way"));
    }
}
