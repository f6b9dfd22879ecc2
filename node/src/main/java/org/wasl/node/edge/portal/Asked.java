package org.wasl.node.edge.portal;

import java.util.Optional;
import org.wasl.node.identity.Caller;
import org.wasl.routes.composite.CompositeResult;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;

/** Who asked a composite request. */
final class Asked {

    private Asked() {}

    /** The request's header; empty when it failed before there was one. */
    static Optional<Header> header(CompositeResult result) {
        return request(result).map(Container::header);
    }

    /** Whether it was this caller. */
    static boolean by(Caller caller, CompositeResult result) {
        return header(result)
                .map(header -> header.actor().id().equals(caller.actorId()))
                .orElse(false);
    }

    private static Optional<Container> request(CompositeResult result) {
        if (result instanceof CompositeResult.Answered answered) {
            return Optional.of(answered.request());
        }
        if (result instanceof CompositeResult.Running running) {
            return Optional.of(running.request());
        }
        if (result instanceof CompositeResult.Pending pending) {
            return Optional.of(pending.request());
        }
        return ((CompositeResult.Faulted) result).request();
    }
}
