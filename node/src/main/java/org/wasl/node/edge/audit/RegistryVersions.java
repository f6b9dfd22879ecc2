package org.wasl.node.edge.audit;

import java.time.Instant;
import java.util.List;
import org.wasl.security.registry.Registry;

/** The registry as it was. */
@FunctionalInterface
public interface RegistryVersions {

    /**
     * The versions by which this node may have decided then; never empty. More than one around a change, since a version
     * comes into force a little after it is issued.
     */
    List<Registry> inForce(Instant then);
}
