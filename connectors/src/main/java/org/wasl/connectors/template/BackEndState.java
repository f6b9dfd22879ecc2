package org.wasl.connectors.template;

import org.wasl.schemas.identifier.ServiceId;

/**
 * How it stands with the back-end of one connector.
 *
 * @param connector the connector's name
 * @param service the service that it answers
 * @param breaker whether questions are let through to it
 * @param calls how many of the last calls the circuit breaker judges by
 * @param failed how many of those failed
 * @param slow how many of those took longer than the connector waits
 * @param underWay how many questions it is being asked now
 * @param concurrent how many it is asked at once at the most
 */
public record BackEndState(
        String connector,
        ServiceId service,
        Breaker breaker,
        int calls,
        int failed,
        int slow,
        int underWay,
        int concurrent) {

    /** What a circuit breaker does with questions. */
    public enum Breaker {
        /** Lets them through. */
        CLOSED,
        /** Lets a few through, to see whether the back-end is well again. */
        TRYING,
        /** Lets none through for a while, since too many failed. */
        OPEN
    }
}
