package org.wasl.faults.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wasl.faults.check.Collection;
import org.wasl.faults.check.LoggedLeaf;
import org.wasl.faults.check.Promise;
import org.wasl.faults.ledger.LedgerEntry;
import org.wasl.faults.ledger.LedgerEntry.Intended;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.faults.load.Flow;
import org.wasl.faults.site.ClusterSite;
import org.wasl.faults.site.SiteLog;
import org.wasl.node.cluster.Cluster;
import org.wasl.node.cluster.ClusterException;
import org.wasl.node.cluster.ClusterProcess;
import org.wasl.node.cluster.Part;

/** One of an agency's two nodes is killed and stays away: the other answers, what the dead one had begun included. */
final class TwinKilled extends ClusterFault {

    private static final Duration AWAY = Duration.ofSeconds(40);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Set<String> ASKING_IT = Set.of(Flow.PERSON.label(), Flow.ALIVE.label());

    private String dead = "";
    private long killed;
    private long back;

    TwinKilled() {
        super(
                "twin-killed",
                "kill -9 of one of an agency's two nodes, chosen by the seed; for forty seconds the other is alone, and takes over what it had begun",
                Promise.P1,
                Promise.P2,
                Promise.P8);
    }

    @Override
    void inject(Stage stage, ClusterSite site, Cluster cluster) throws ClusterException, InterruptedException {
        List<Part> twins = cluster.topology().nodes(ClusterSite.TWICE);
        ClusterProcess one =
                cluster.process(twins.get(stage.random().nextInt(twins.size())).name());
        one.hold();
        one.kill9();
        dead = one.name();
        killed = stage.mark(Stage.KILLED, dead);
        stage.pause(AWAY);
    }

    @Override
    void heal(Stage stage, ClusterSite site, Cluster cluster) throws ClusterException, InterruptedException {
        back = System.currentTimeMillis();
        ClusterProcess one = cluster.process(dead);
        one.start();
        one.awaitServing(PATIENCE);
    }

    @Override
    public List<Observation> observe(Stage stage) throws IOException {
        Set<String> keys = new HashSet<>();
        for (LedgerEntry entry : stage.since(killed)) {
            if (entry instanceof Intended intended && ASKING_IT.contains(intended.flow()) && intended.at() < back) {
                keys.add(intended.key());
            }
        }
        long answered = stage.told(killed, back).stream()
                .filter(told -> told.said() && keys.contains(told.key()))
                .map(Told::key)
                .distinct()
                .count();
        Map<String, LoggedLeaf> begun = new HashMap<>();
        Set<String> endedHere = new HashSet<>();
        Set<String> endedThere = new HashSet<>();
        for (SiteLog log : stage.site().logs()) {
            for (LoggedLeaf leaf : Collection.leaves(log)) {
                if (ClusterSite.TWICE.equals(leaf.agency())) {
                    sort(leaf, begun, endedHere, endedThere);
                }
            }
        }
        begun.keySet().removeAll(endedHere);
        begun.keySet().retainAll(endedThere);
        return List.of(new Observation(
                Promise.P8,
                answered > 0,
                answered + " of " + keys.size() + " requests that came while " + dead
                        + " was away were answered by its twin meanwhile; of what " + dead
                        + " had logged and not answered, the twin ended " + begun.size()));
    }

    private void sort(LoggedLeaf leaf, Map<String, LoggedLeaf> begun, Set<String> here, Set<String> there) {
        boolean own = leaf.log().equals(dead);
        if (own && leaf.at() < killed && leaf.request() && "RECEIVED".equals(leaf.direction())) {
            begun.put(leaf.messageId(), leaf);
        } else if (leaf.ends() && "SENT".equals(leaf.direction())) {
            (own ? here : there).add(leaf.inReplyTo());
        }
    }
}
