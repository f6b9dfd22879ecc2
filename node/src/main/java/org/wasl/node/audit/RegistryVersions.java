package org.wasl.node.audit;

import java.util.Optional;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.SignedRegistry;

/** The registry as the authority signed it, in the versions that were ever taken. */
public interface RegistryVersions {

    /**
     * One version.
     *
     * @param signed its octets with the authority's signature
     * @param registry what they say
     */
    record Version(SignedRegistry signed, Registry registry) {}

    /** The version of this number; empty when it was not kept. */
    Optional<Version> version(long number);

    /** The newest version at hand. */
    Version current();
}
