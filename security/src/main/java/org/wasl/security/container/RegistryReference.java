package org.wasl.security.container;

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
}
