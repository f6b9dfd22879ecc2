package org.wasl.security.registry;

import java.util.List;
import org.wasl.schemas.identifier.SubsystemId;

/** A subsystem as registered. */
public record Subsystem(SubsystemId id, Label name, List<Service> services) {

    public Subsystem {
        services = List.copyOf(services);
    }
}
