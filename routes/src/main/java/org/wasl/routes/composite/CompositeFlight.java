package org.wasl.routes.composite;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.wasl.schemas.identifier.ServiceId;

/** One composite request on its way, until its one end. */
record CompositeFlight(UUID trackingId, ServiceId service, CompletableFuture<CompositeResult> future) {

    static CompositeFlight of(UUID trackingId, ServiceId service) {
        return new CompositeFlight(trackingId, service, new CompletableFuture<>());
    }
}
