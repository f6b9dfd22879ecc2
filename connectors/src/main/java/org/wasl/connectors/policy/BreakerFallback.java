package org.wasl.connectors.policy;

import org.apache.camel.Exchange;
import org.wasl.connectors.backend.Answer;
import org.wasl.connectors.backend.BackEndFailure;
import org.wasl.connectors.backend.Step;
import org.wasl.schemas.fault.FaultCode;

/**
 * Carries an exception past the circuit breaker. Camel's error handler does not watch the breaker itself: what fails
 * inside is passed on as the body by the fallback, and thrown again by the step behind, where the error policy sees it.
 */
public final class BreakerFallback {

    /** What was caught, as the body; nothing was when the breaker is open. */
    public void carry(Exchange exchange) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (caught != null) {
            exchange.getMessage().setBody(caught);
        }
    }

    /** Throws what was carried; lets an answer pass. */
    public Answer settle(Exchange exchange) throws Exception {
        Object body = exchange.getMessage().getBody();
        if (body instanceof Answer answer) {
            return answer;
        }
        if (body instanceof Exception caught) {
            throw caught;
        }
        throw new BackEndFailure(
                FaultCode.BACKEND_UNAVAILABLE,
                Step.CONNECT,
                "the back-end failed repeatedly and is left alone for a while (circuit breaker open)");
    }
}
