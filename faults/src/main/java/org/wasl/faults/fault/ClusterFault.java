package org.wasl.faults.fault;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.wasl.faults.check.Promise;
import org.wasl.faults.site.ClusterSite;
import org.wasl.faults.site.Site;
import org.wasl.faults.site.SiteException;
import org.wasl.node.cluster.Cluster;
import org.wasl.node.cluster.ClusterException;

/** A fault of a cluster of processes. */
abstract class ClusterFault implements Fault {

    private final String name;
    private final String describe;
    private final List<Promise> promises;

    ClusterFault(String name, String describe, Promise... promises) {
        this.name = name;
        this.describe = describe;
        this.promises = List.of(promises);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String describe() {
        return describe;
    }

    @Override
    public final List<Promise> promises() {
        return promises;
    }

    @Override
    public final List<String> sites() {
        return List.of("cluster");
    }

    @Override
    public final Optional<String> missing(Site site) {
        return site instanceof ClusterSite ? Optional.empty() : Optional.of("it is for a cluster (--site cluster)");
    }

    @Override
    public final void inject(Stage stage) throws IOException, InterruptedException {
        try {
            inject(stage, site(stage), site(stage).cluster());
        } catch (ClusterException failed) {
            throw ClusterSite.failed(failed);
        }
    }

    @Override
    public final void heal(Stage stage) throws IOException, InterruptedException {
        try {
            heal(stage, site(stage), site(stage).cluster());
        } catch (ClusterException failed) {
            throw ClusterSite.failed(failed);
        }
    }

    @Override
    public List<Observation> observe(Stage stage) throws IOException, InterruptedException {
        return List.of();
    }

    abstract void inject(Stage stage, ClusterSite site, Cluster cluster)
            throws ClusterException, IOException, InterruptedException;

    /** The supervisor starts again what has ended; what else was broken is mended here. */
    void heal(Stage stage, ClusterSite site, Cluster cluster)
            throws ClusterException, IOException, InterruptedException {
        site.healLines();
    }

    private static ClusterSite site(Stage stage) throws SiteException {
        if (stage.site() instanceof ClusterSite site) {
            return site;
        }
        throw new SiteException("this fault is for a cluster");
    }
}
