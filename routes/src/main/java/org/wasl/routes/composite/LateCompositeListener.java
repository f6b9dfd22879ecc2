package org.wasl.routes.composite;

import java.util.UUID;
import org.wasl.schemas.identifier.SubsystemId;

/** Is told when a composite request ends after its interim answer was given. */
@FunctionalInterface
public interface LateCompositeListener {

    /** The end is durable in the log. What ended before a start is found in the log. */
    void ended(SubsystemId consumer, UUID trackingId);
}
