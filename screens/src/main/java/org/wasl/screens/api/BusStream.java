package org.wasl.screens.api;

import java.util.concurrent.CompletableFuture;

/** A stream of events that is being read. */
public final class BusStream implements AutoCloseable {

    private final EventLines lines;

    BusStream(EventLines lines) {
        this.lines = lines;
    }

    /** Completed when the stream has ended, by whatever. */
    public CompletableFuture<Void> ended() {
        return lines.ended();
    }

    @Override
    public void close() {
        lines.cancel();
    }
}
