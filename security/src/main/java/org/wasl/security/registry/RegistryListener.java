package org.wasl.security.registry;

import org.wasl.schemas.fault.Fault;

/** Told of what happens to the registry: for alarms and metrics. Called on the thread that loads; must not block. */
public interface RegistryListener {

    /** Hears nothing. */
    RegistryListener NONE = new RegistryListener() {};

    /** A version came into force. */
    default void loaded(Registry registry) {}

    /** A version was refused; told once for as long as the reason stays the same. */
    default void refused(Fault fault) {}

    /** After a refusal, the files hold what is in force again. */
    default void mended(Registry registry) {}

    /** The registry in force has come into its grace, or to its end; told once for each. */
    default void aged(Registry registry, RegistryAge age) {}
}
