package org.wasl.security.registry;

/** Where in its life a registry is. */
public enum RegistryAge {
    /** It may be relied on. */
    CURRENT,
    /** It has expired, but within the grace that it states: it may be relied on, and whoever does says so. */
    GRACE,
    /** Nothing may be disclosed on its word any more. */
    EXPIRED
}
