package org.wasl.routes.exchange;

import java.util.Optional;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.container.Container;

/** How an exchange ended. */
public sealed interface ExchangeResult {

    /** Answered by a genuine reply bound to the request. */
    record Answered(Container request, Container reply) implements ExchangeResult {}

    /**
     * Ended by a fault.
     *
     * @param fault what went wrong
     * @param request the request, when one was signed
     * @param container the signed fault, when there is one: the provider's, or our own when no answer came
     */
    record Faulted(Fault fault, Optional<Container> request, Optional<Container> container) implements ExchangeResult {}
}
