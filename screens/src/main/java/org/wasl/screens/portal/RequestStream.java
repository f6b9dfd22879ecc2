package org.wasl.screens.portal;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.wasl.screens.api.BusApi;
import org.wasl.screens.api.BusEvent;
import org.wasl.screens.api.BusStream;

/** The bus' events of one request, passed on to the page that is open: that something happened, not what. */
final class RequestStream {

    private static final Logger LOG = LoggerFactory.getLogger(RequestStream.class);

    /** As long as the bus keeps a stream open at most; the browser then opens another and goes on. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    /** After these the page looks different as a whole. */
    private static final Set<String> TURNS = Set.of("answered", "failed", "pending");

    private final SseEmitter emitter = new SseEmitter(LONGEST.toMillis());

    private RequestStream() {}

    /**
     * Opens a stream.
     *
     * @param from the id of the event after which it begins; empty for the first
     */
    static SseEmitter open(BusApi api, String path, String from) {
        RequestStream stream = new RequestStream();
        BusStream events = api.events(path, from, stream::pass);
        stream.emitter.onCompletion(events::close);
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
