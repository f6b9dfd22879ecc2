package org.wasl.routes.exchange;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;

/** Lets the simulation give an exchange its workers, its monotonic clock and its chance. */
public final class ExchangeUnderSimulation {

    private ExchangeUnderSimulation() {}

    public static ExchangeNode addTo(
            CamelContext context,
            ExchangeParts parts,
            ExecutorService executor,
            ScheduledExecutorService scheduler,
            LongSupplier nanoTime,
            DoubleSupplier chance) {
        return ExchangeNode.addTo(context, parts, new ExchangeWorkers(executor, scheduler, executor, nanoTime, chance));
    }
}
