package org.wasl.routes.exchange;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.deferral.Deferral;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.container.Container;
import org.wasl.security.container.PlainPayload;

/** How an exchange ended. */
public sealed interface ExchangeResult {

    /**
     * Answered by a genuine reply bound to the request.
     *
     * @param opened the reply's payload as it was opened on arrival; null when the reply was read back from the log
     */
    record Answered(
            Container request, Container reply, @Nullable PlainPayload opened) implements ExchangeResult {

        /** Answered by a reply that nobody has opened yet. */
        public Answered(Container request, Container reply) {
            this(request, reply, null);
        }
    }

    /**
     * Not ended: the provider has announced its answer for later. Submitting the same request again gives its end once it
     * is there.
     *
     * @param request the request
     * @param interim the provider's signed announcement
     * @param deferral what it says
     */
    record Deferred(Container request, Container interim, Deferral deferral) implements ExchangeResult {}

    /**
     * Ended by a fault.
     *
     * @param fault what went wrong
     * @param request the request, when one was signed
     * @param container the signed fault, when there is one: the provider's, or our own when no answer came
     */
    record Faulted(Fault fault, Optional<Container> request, Optional<Container> container) implements ExchangeResult {}
}
