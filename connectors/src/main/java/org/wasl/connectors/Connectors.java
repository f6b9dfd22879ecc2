package org.wasl.connectors;

import java.util.Optional;
import java.util.Set;
import org.wasl.schemas.identifier.ServiceId;

/** The connectors of this node, by service. */
public interface Connectors {

    Optional<Connector> connector(ServiceId service);

    Set<ServiceId> services();
}
