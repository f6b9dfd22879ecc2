package org.wasl.node.configuration;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.wasl.messagelog.publication.CheckpointPublisher;

/**
 * Lets witnesses see the log before anything is asked of the node: what it takes up from its last run would be refused
 * otherwise. When they do not answer the node starts nevertheless, and refuses.
 */
final class EvidenceLifecycle implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EvidenceLifecycle.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CheckpointPublisher publisher;
    private volatile boolean running;

    EvidenceLifecycle(CheckpointPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void start() {
        running = true;
        try {
            if (!publisher.awaitBegun(PATIENCE)) {
                LOG.warn("the log's witnesses have not answered: nothing is disclosed until they do");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the bus. */
    @Override
    public int getPhase() {
        return -10;
    }
}
