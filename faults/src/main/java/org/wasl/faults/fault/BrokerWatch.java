package org.wasl.faults.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.wasl.faults.check.Promise;
import org.wasl.faults.site.ClusterSite;
import org.wasl.faults.site.SiteException;
import org.wasl.node.cluster.Cluster;
import org.wasl.node.cluster.ClusterException;
import org.wasl.node.cluster.ClusterProcess;
import org.wasl.node.cluster.Role;
import org.wasl.node.cluster.Topology;

/**
 * Looks ten times a second how many brokers take connections, until it is told to end. The one that waits opens no port; one that is
 * stopped in its tracks serves nobody, whatever the kernel still accepts for it.
 */
final class BrokerWatch {

    private static final long LOOK_MILLIS = 100;
    private static final String STOPPED = "T";

    private final Cluster cluster;
    private final Thread thread;
    private final AtomicInteger looked = new AtomicInteger();
    private final AtomicInteger none = new AtomicInteger();
    private final AtomicInteger both = new AtomicInteger();
    private final AtomicReference<@Nullable ClusterException> failed = new AtomicReference<>();
    private volatile boolean ended;

    private BrokerWatch(Cluster cluster) {
        this.cluster = cluster;
        this.thread = new Thread(this::look, "broker-watch");
        thread.setDaemon(true);
    }

    static BrokerWatch begin(Cluster cluster) {
        BrokerWatch watch = new BrokerWatch(cluster);
        watch.thread.start();
        return watch;
    }

    private void look() {
        try {
            while (!ended) {
                int active = 0;
                for (ClusterProcess process : cluster.processes()) {
                    active += process.part().role() == Role.BROKER && active(process) ? 1 : 0;
                }
                looked.incrementAndGet();
                none.addAndGet(active == 0 ? 1 : 0);
                both.addAndGet(active > 1 ? 1 : 0);
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (ClusterException unreadable) {
            failed.set(unreadable);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean active(ClusterProcess broker) throws ClusterException {
        return broker.listens(Topology.SERVICE_PORT) && !stopped(broker.pid());
    }

    private static boolean stopped(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith(STOPPED);
        } catch (IOException gone) {
            return true;
        }
    }

    /** Ends, and tells what was seen: P8 is kept when the two were never active at once. */
    Observation end() throws SiteException, InterruptedException {
        ended = true;
        thread.join();
        ClusterException unreadable = failed.get();
        if (unreadable != null) {
            throw ClusterSite.failed(unreadable);
        }
        return new Observation(
                Promise.P8,
                both.get() == 0 && looked.get() > 0,
                "of " + looked.get() + " looks at the two brokers " + both.get() + " saw both active and " + none.get()
                        + " neither");
    }
}
