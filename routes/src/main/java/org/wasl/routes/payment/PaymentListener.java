package org.wasl.routes.payment;

import java.util.UUID;
import org.wasl.schemas.identifier.SubsystemId;

/** Is told of orders that have ended. */
@FunctionalInterface
public interface PaymentListener {

    /**
     * The order's statement, or the fault that ends it, is durable.
     *
     * @param consumer who asked for the order
     * @param request the id of that request
     */
    void ended(SubsystemId consumer, UUID request);
}
