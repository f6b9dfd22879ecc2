package org.wasl.routes.composite;

import java.util.Optional;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.container.Container;

/**
 * What became of what a step changes.
 *
 * @param state whether it stands
 * @param request the last request that was to undo it; empty when none was sent
 * @param answer the reply, or signed fault, that came to it; empty when none did
 * @param fault why it is not undone; empty when it is, or need not be
 */
record EffectOutcome(State state, Optional<Container> request, Optional<Container> answer, Optional<Fault> fault) {

    /** Whether a change stands. */
    enum State {
        /** It was made, and stands. */
        DONE,
        /** It was not made: the agency said so, or the step was not asked. */
        NOT_DONE,
        /** It does not stand: it was undone, or barred if it had not arrived yet. */
        UNDONE,
        /** It is to be undone, which is tried again. */
        UNDOING,
        /** It may stand: it could not be undone. */
        NOT_UNDONE
    }

    static EffectOutcome of(State state) {
        return new EffectOutcome(state, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
