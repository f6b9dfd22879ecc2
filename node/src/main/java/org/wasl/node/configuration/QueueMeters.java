package org.wasl.node.configuration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import org.springframework.context.SmartLifecycle;
import org.wasl.node.watch.VitalSigns;
import org.wasl.routes.broker.Broker;

/** A gauge for each queue that the registry calls for: known once the broker runs, and anew with each registry. */
final class QueueMeters implements SmartLifecycle {

    private final MultiGauge depths;
    private final VitalSigns signs;
    private final Broker broker;
    private volatile boolean running;

    QueueMeters(MeterRegistry meters, VitalSigns signs, Broker broker) {
        this.depths = MultiGauge.builder("wasl.queue.depth")
                .description("messages that wait in this queue")
                .register(meters);
        this.signs = signs;
        this.broker = broker;
    }

    void declare() {
        depths.register(
                broker.queues().stream()
                        .<MultiGauge.Row<?>>map(queue -> MultiGauge.Row.of(
                                Tags.of("queue", queue),
                                () -> signs.read().queues().getOrDefault(queue, 0L)))
                        .toList(),
                true);
    }

    @Override
    public void start() {
        declare();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the bus. */
    @Override
    public int getPhase() {
        return 1;
    }
}
