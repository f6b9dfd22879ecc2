package org.wasl.security.container;

import java.time.Instant;
import java.util.Optional;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryAge;
import org.wasl.security.registry.RegistryValidity;

/**
 * On the word of which registry a message's sender acted.
 *
 * @param version the registry's version, from 1
 * @param state whether that version was within its validity or in its grace
 */
public record RegistryReference(long version, State state) {

    /** Where in its life a registry is while it may be relied on. */
    public enum State {
        CURRENT,
        /** Expired, but within the grace that it states. */
        GRACE
    }

    public RegistryReference {
        if (version < 1) {
            throw new IllegalArgumentException("a registry's versions begin with 1");
        }
    }

    /** How a message names the registry on whose word it is signed now; empty when nobody may rely on that any more. */
    public static Optional<RegistryReference> to(Registry registry, Instant now) {
        RegistryAge age = RegistryValidity.age(registry, now);
        return switch (age) {
            case CURRENT -> Optional.of(new RegistryReference(registry.version(), State.CURRENT));
            case GRACE -> Optional.of(new RegistryReference(registry.version(), State.GRACE));
            case EXPIRED -> Optional.empty();
        };
    }
}
