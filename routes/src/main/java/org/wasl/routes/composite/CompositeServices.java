package org.wasl.routes.composite;

import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The composite services of this node. */
public interface CompositeServices {

    /** Runs a composite request; the future always completes, by its deadline plus a short grace. */
    CompletableFuture<CompositeResult> ask(CompositeRequest request);

    /** How a request of ours stands, from the log: also after a restart. Empty when there is none of this id. */
    Optional<CompositeResult> track(UUID trackingId);

    /** The declarations, for catalogues and pages. */
    Collection<CompositeDeclaration> declarations();

    Optional<CompositeDeclaration> declaration(String service);
}
