package org.wasl.routes.held;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.wasl.schemas.identifier.MemberId;

/** Holds nothing: what is not declared to be held never is. */
final class NoAnswerCache implements AnswerCache {

    @Override
    public CompletionStage<Optional<byte[]>> get(MemberId member, byte[] name) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public CompletionStage<?> put(MemberId member, byte[] name, byte[] octets, Duration life) {
        return CompletableFuture.completedFuture(life);
    }

    @Override
    public CompletionStage<?> remove(MemberId member, byte[] name) {
        return CompletableFuture.completedFuture(member);
    }

    @Override
    public boolean holds() {
        return false;
    }

    @Override
    public void close() {
        // There is nothing to end.
    }
}
