package org.wasl.routes.composite;

import java.util.Optional;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.container.Container;

/** How a composite request stands. */
public sealed interface CompositeResult {

    /** Answered: the payload of {@code answer} holds {@code consolidated:answer}, signed by the composing member. */
    record Answered(Container request, Container answer) implements CompositeResult {}

    /** Accepted, durable, still running. */
    record Running(Container request) implements CompositeResult {}

    /**
     * Some sources answer later: the payload of {@code interim} holds a {@code consolidated:answer} with what there is.
     * The final answer comes by the header's expiry.
     */
    record Pending(Container request, Container interim) implements CompositeResult {}

    /** Refused or failed as a whole. */
    record Faulted(Fault fault, Optional<Container> request, Optional<Container> container)
            implements CompositeResult {}
}
