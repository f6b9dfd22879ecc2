package org.wasl.screens.portal;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.wasl.screens.api.BusApi;
import org.wasl.screens.api.BusEvent;
import org.wasl.screens.api.BusStream;

/** The bus' events of one request, passed on to the page that is open: that something happened, not what. */
final class RequestStream {

    private static final Logger LOG = LoggerFactory.getLogger(RequestStream.class);

    /** After these the page looks different as a whole. */
    private static final Set<String> TURNS = Set.of("answered", "failed", "pending");

    /** When a browser whom no place is free for comes again. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final SseEmitter emitter;

    private RequestStream(Duration longest) {
        this.emitter = new SseEmitter(longest.toMillis());
    }

    /**
     * Opens a stream.
     *
     * @param places how many may be open; when none is free the browser is asked to come again
     * @param longest how long it is open at most; the browser then opens another and goes on
     * @param from the id of the event after which it begins; empty for the first
     */
    static SseEmitter open(Semaphore places, Duration longest, BusApi api, String path, String from)
            throws IOException {
        RequestStream stream = new RequestStream(longest);
        if (!places.tryAcquire()) {
            stream.emitter.send(
                    SseEmitter.event().reconnectTime(AGAIN.toMillis()).comment("later"));
            stream.emitter.complete();
            return stream.emitter;
        }
        AtomicBoolean open = new AtomicBoolean(true);
        BusStream events = api.events(path, from, stream::pass);
        stream.emitter.onCompletion(() -> {
            events.close();
            if (open.compareAndSet(true, false)) {
                places.release();
            }
        });
        stream.emitter.onTimeout(stream.emitter::complete);
        stream.emitter.onError(gone -> events.close());
        events.ended().thenRun(stream.emitter::complete);
        return stream.emitter;
    }

    private void pass(BusEvent event) {
        try {
            emitter.send(SseEmitter.event()
                    .id(event.id())
                    .name(TURNS.contains(event.name()) ? "turn" : "progress")
                    .data(event.name()));
        } catch (IOException | IllegalStateException gone) { // the browser has gone, or the stream's time is over
            LOG.debug("a page's stream of events has ended", gone);
            emitter.complete();
        }
    }
}
