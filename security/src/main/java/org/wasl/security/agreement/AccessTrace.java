package org.wasl.security.agreement;

import java.util.List;

/**
 * A decision with how it came about.
 *
 * @param decision the decision, by what is known of the request
 * @param evaluations what each agreement between this consumer and this service says; empty when there is none, or when
 *     the registry cannot be relied on
 */
public record AccessTrace(AccessDecision decision, List<Evaluation> evaluations) {

    public AccessTrace {
        evaluations = List.copyOf(evaluations);
    }
}
