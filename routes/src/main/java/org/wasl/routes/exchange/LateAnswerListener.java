package org.wasl.routes.exchange;

import org.wasl.security.container.Container;

/** Is told when an exchange ends whose answer had been announced for later. */
@FunctionalInterface
public interface LateAnswerListener {

    /**
     * The end is durable in the log. Told once while this node runs; what ended before a start is found in the log.
     *
     * @param request the request
     * @param result how the exchange ended
     */
    void ended(Container request, ExchangeResult result);
}
