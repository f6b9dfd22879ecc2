package org.wasl.security.registry;

import java.time.Instant;
import org.wasl.schemas.fault.Fault;

/** What looking for a newer registry found. */
public sealed interface RegistryReload {

    /** A newer version is in force. */
    record Loaded(Registry registry) implements RegistryReload {}

    /** The registry's files hold the version that is in force already. */
    record Unchanged(Registry registry) implements RegistryReload {}

    /**
     * What the files hold is refused; the last good registry goes on serving.
     *
     * @param fault why
     * @param at when it was refused
     */
    record Refused(Fault fault, Instant at) implements RegistryReload {}
}
