package org.wasl.screens.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a stream of server-sent events line by line (HTML Living Standard, section 9.2.6). */
final class EventLines implements Flow.Subscriber<String> {

    /** No event of the bus is nearly as long. */
    private static final int MAX_EVENT = 1 << 20;

    private final Consumer<BusEvent> reader;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final StringBuilder data = new StringBuilder();
    private String id = "";
    private String name = "";
    private Flow.@Nullable Subscription subscription;

    EventLines(Consumer<BusEvent> reader) {
        this.reader = reader;
    }

    /** Completed when the stream has ended, however. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    void cancel() {
        Flow.Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
        ended.complete(null);
    }

    @Override
    public void onSubscribe(Flow.Subscription opened) {
        subscription = opened;
        opened.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (line.isEmpty()) {
            dispatch();
        } else if (!line.startsWith(":")) {
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            field(field, value.startsWith(" ") ? value.substring(1) : value);
        }
    }

    private void field(String field, String value) {
        switch (field) {
            case "event" -> name = value;
            case "id" -> id = value;
            case "data" -> {
                if (data.length() + value.length() > MAX_EVENT) {
                    cancel();
                } else {
                    data.append(value).append('\n');
                }
            }
            default -> {
                // Other fields mean nothing here, as the standard says of unknown ones.
            }
        }
    }

    private void dispatch() {
        if (!data.isEmpty()) {
            data.setLength(data.length() - 1);
            reader.accept(new BusEvent(id, name.isEmpty() ? "message" : name, data.toString()));
        }
        data.setLength(0);
        name = "";
    }

    @Override
    public void onError(Throwable failure) {
        ended.complete(null);
    }

    @Override
    public void onComplete() {
        ended.complete(null);
    }
}
