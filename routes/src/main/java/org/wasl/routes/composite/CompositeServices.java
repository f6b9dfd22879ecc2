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

    /**
     * Cancels a request by its consumer's signed word: it ends by the fault {@code wasl.exchange.cancelled}, unless its
     * final answer is in the log already, which then is what is given. Empty when there is no such request.
     */
    Optional<CompletableFuture<CompositeResult>> cancel(UUID trackingId);

    /** Tells this listener of every request that ends after an interim answer. */
    void onLateAnswer(LateCompositeListener listener);

    /** The declarations, for catalogues and pages. */
    Collection<CompositeDeclaration> declarations();

    Optional<CompositeDeclaration> declaration(String service);
}
