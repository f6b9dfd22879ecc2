package org.wasl.node.configuration;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryAge;
import org.wasl.security.registry.RegistryListener;

/**
 * Passes on what happens to the registry: a new version to the broker, which is made from the registry and so comes
 * after it; a refused one to the metrics; and either to whoever writes down the node's state.
 */
final class RegistryAnnouncements implements RegistryListener {

    /** Counts refused registries, by the fault's code. */
    static final String REFUSED = "wasl.registry.refused";

    private final MeterRegistry meters;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private volatile Consumer<Registry> receiver = registry -> {};

    RegistryAnnouncements(MeterRegistry meters) {
        this.meters = meters;
    }

    void to(Consumer<Registry> next) {
        receiver = next;
    }

    /** Told after every change of what may be said about the registry. */
    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    @Override
    public void loaded(Registry registry) {
        receiver.accept(registry);
        tell();
    }

    @Override
    public void refused(Fault fault) {
        meters.counter(REFUSED, "code", fault.code().wireCode()).increment();
        tell();
    }

    @Override
    public void mended(Registry registry) {
        tell();
    }

    @Override
    public void aged(Registry registry, RegistryAge age) {
        tell();
    }

    private void tell() {
        watchers.forEach(Runnable::run);
    }
}
