package org.wasl.node.edge.agency;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.routes.event.ReceivedEvent;
import org.wasl.routes.event.ReceivedEvents;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.SubsystemId;

/**
 * Received events as server-sent events. An event's id is its number, so a stream that broke goes on where it broke, also
 * after a restart.
 */
public final class EventStreams implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");
    private static final long LOOK_MILLIS = 300;
    private static final int PAGE = 64;

    private final ReceivedEvents received;
    private final EventJson json;
    private final Semaphore places;
    private final Duration heartbeat;
    private final Duration longest;
    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor looking;

    /**
     * @param most how many streams are open at a time at most
     * @param heartbeat after how long without an event a comment is sent, so that a dead connection is noticed
     * @param longest how long a stream is open at most: its caller opens another and goes on
     */
    public EventStreams(ReceivedEvents received, EventJson json, int most, Duration heartbeat, Duration longest) {
        this.received = received;
        this.json = json;
        this.places = new Semaphore(most);
        this.heartbeat = heartbeat;
        this.longest = longest;
        this.looking = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "event-streams");
            thread.setDaemon(true);
            return thread;
        });
        looking.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Opens a stream.
     *
     * @param last the number of the last event that the caller has seen; null for what it says otherwise
     * @param after the number to go on after without that
     */
    SseEmitter open(SubsystemId subscriber, SubsystemId publisher, @Nullable String last, long after) {
        if (last != null && !NUMBER.matcher(last).matches()) {
            throw new RefusedException(FaultCode.REQUEST_INVALID, "Last-Event-ID must be the number of an event.");
        }
        if (!places.tryAcquire()) {
            throw new RefusedException(FaultCode.OVERLOADED, "The node has as many streams of events as it takes.");
        }
        SseEmitter emitter = new SseEmitter(longest.toMillis());
        Stream stream = new Stream(subscriber, publisher, emitter, last == null ? after : Long.parseLong(last));
        emitter.onCompletion(stream::end);
        emitter.onTimeout(emitter::complete);
        emitter.onError(failure -> stream.end());
        streams.add(stream);
        return emitter;
    }

    private void look() {
        try {
            streams.forEach(Stream::look);
        } catch (LogUnavailableException e) {
            LOG.warn("Streams of events wait: the log cannot be read", e);
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
        streams.forEach(stream -> stream.emitter.complete());
    }

    /** One caller's stream; only the looking thread writes to it. */
    private final class Stream {

        private final SubsystemId subscriber;
        private final SubsystemId publisher;
        private final SseEmitter emitter;
        private final AtomicBoolean ended = new AtomicBoolean();
        private long after;
        private long lastNanos = System.nanoTime();

        Stream(SubsystemId subscriber, SubsystemId publisher, SseEmitter emitter, long after) {
            this.subscriber = subscriber;
            this.publisher = publisher;
            this.emitter = emitter;
            this.after = after;
        }

        void end() {
            if (ended.compareAndSet(false, true)) {
                streams.remove(this);
                places.release();
            }
        }

        void look() {
            try {
                ReceivedEvents.Page page = received.after(subscriber, publisher, after, PAGE);
                for (ReceivedEvent event : page.events()) {
                    emitter.send(SseEmitter.event()
                            .id(Long.toString(event.sequence()))
                            .name(event.type().code())
                            .data(json.text(event)));
                    lastNanos = System.nanoTime();
                }
                after = page.next();
                if (System.nanoTime() - lastNanos > heartbeat.toNanos()) {
                    emitter.send(SseEmitter.event().comment("still there"));
                    lastNanos = System.nanoTime();
                }
            } catch (IOException | IllegalStateException e) { // the caller has gone, or the stream's time is over
                LOG.debug("A stream of events has ended", e);
                end();
            }
        }
    }
}
