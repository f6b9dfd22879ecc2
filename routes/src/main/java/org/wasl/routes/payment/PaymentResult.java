package org.wasl.routes.payment;

import org.wasl.schemas.fault.Fault;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;

/** What came of asking for an order, or how it stands. */
public sealed interface PaymentResult {

    /**
     * There is an order.
     *
     * @param request the header of the request that asked for it
     * @param order the signed order
     * @param account how it stands
     */
    record Ordered(Header request, Container order, OrderAccount account) implements PaymentResult {}

    /**
     * There is none.
     *
     * @param fault why
     */
    record Refused(Fault fault) implements PaymentResult {}
}
