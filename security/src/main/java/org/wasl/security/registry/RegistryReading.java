package org.wasl.security.registry;

import org.wasl.schemas.fault.Fault;

/** What reading a registry's XML found. */
public sealed interface RegistryReading {

    /** It follows the schema and every rule beyond it. Says nothing of who signed it. */
    record Readable(Registry registry) implements RegistryReading {}

    /** It does not, and why; {@code REGISTRY_INVALID}. */
    record Refused(Fault fault) implements RegistryReading {}
}
