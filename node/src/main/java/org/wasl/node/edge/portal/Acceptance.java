package org.wasl.node.edge.portal;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.wasl.routes.composite.CompositeResult;
import org.wasl.routes.composite.CompositeServices;

/** Waits until a request is durable, or ended, whichever comes first: only then is it accepted. */
final class Acceptance {

    private static final long LOOK_AGAIN_MILLIS = 20;

    private final CompositeServices composites;

    Acceptance(CompositeServices composites) {
        this.composites = composites;
    }

    CompletableFuture<CompositeResult> accepted(UUID trackingId, CompletableFuture<CompositeResult> ending) {
        CompletableFuture<CompositeResult> accepted = new CompletableFuture<>();
        ending.whenComplete((result, failure) -> {
            if (failure == null) {
                accepted.complete(result);
            } else {
                accepted.completeExceptionally(failure);
            }
        });
        look(trackingId, accepted);
        return accepted;
    }

    private void look(UUID trackingId, CompletableFuture<CompositeResult> accepted) {
        if (accepted.isDone()) {
            return;
        }
        Optional<CompositeResult> tracked = composites.track(trackingId);
        if (tracked.isPresent()) {
            accepted.complete(tracked.get());
            return;
        }
        Executor later = CompletableFuture.delayedExecutor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        CompletableFuture.runAsync(() -> look(trackingId, accepted), later).whenComplete((nothing, failure) -> {
            if (failure != null) {
                accepted.completeExceptionally(failure);
            }
        });
    }
}
