package org.wasl.node.configuration;

import java.util.function.Consumer;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryListener;

/** Passes a new registry on to the broker, which is made from the registry and so comes after it. */
final class RegistryAnnouncements implements RegistryListener {

    private volatile Consumer<Registry> receiver = registry -> {};

    void to(Consumer<Registry> next) {
        receiver = next;
    }

    @Override
    public void loaded(Registry registry) {
        receiver.accept(registry);
    }
}
