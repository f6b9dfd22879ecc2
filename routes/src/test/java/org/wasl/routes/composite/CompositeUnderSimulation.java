package org.wasl.routes.composite;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;

/** Lets the simulation give composite services their workers. */
public final class CompositeUnderSimulation {

    private CompositeUnderSimulation() {}

    public static CompositeNode addTo(
            CamelContext context, CompositeParts parts, ExecutorService executor, ScheduledExecutorService scheduler) {
        return CompositeNode.addTo(context, parts, executor, scheduler);
    }
}
