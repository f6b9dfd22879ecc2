package org.wasl.node.edge.portal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
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
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;

/**
 * What happens to composite requests, as server-sent events. Each event is a leaf of the log, and its id is the leaf's
 * index: so a stream that broke goes on where it broke, also after a restart of the node. The events say what came from
 * which source, never what it said.
 */
public final class RequestEvents implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RequestEvents.class);
    private static final Pattern INDEX = Pattern.compile("[0-9]{1,18}");
    private static final long LOOK_MILLIS = 300;
    private static final int PAGE = 256;

    /** At most so many messages of one request are looked at: it has at most 128 exchanges, each with a few. */
    private static final int PROGRESS = 2_000;

    private final MessageLog log;
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
    public RequestEvents(MessageLog log, int most, Duration heartbeat, Duration longest) {
        this.log = log;
        this.places = new Semaphore(most);
        this.heartbeat = heartbeat;
        this.longest = longest;
        this.looking = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "request-events");
            thread.setDaemon(true);
            return thread;
        });
        looking.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Opens a stream.
     *
     * @param composer who answers the request, and asks its sources
     * @param last the id of the last event that the caller has seen; null for all from the beginning
     */
    SseEmitter open(UUID trackingId, SubsystemId composer, @Nullable String last) {
        if (last != null && !INDEX.matcher(last).matches()) {
            throw new RefusedException(FaultCode.REQUEST_INVALID, "Last-Event-ID must be the id of an event.");
        }
        if (!places.tryAcquire()) {
            throw new RefusedException(FaultCode.OVERLOADED, "The node has as many streams of events as it takes.");
        }
        SseEmitter emitter = new SseEmitter(longest.toMillis());
        Stream stream = new Stream(trackingId, composer, emitter, last == null ? 0 : Long.parseLong(last) + 1);
        emitter.onCompletion(stream::end);
        emitter.onTimeout(emitter::complete);
        emitter.onError(failure -> stream.end());
        streams.add(stream);
        return emitter;
    }

    /**
     * What has happened so far, at once.
     *
     * @param trackingId the request
     * @param service the composite service that was asked
     * @param events each as the stream tells it, the oldest first
     */
    record Progress(String trackingId, String service, List<Told> events) {}

    /**
     * One event.
     *
     * @param id its id, after which a stream can go on
     * @param event its name
     * @param openUntil until when a later answer is awaited; null when none was announced
     * @param fault why it failed; null when it did not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Told(
            String id,
            String event,
            Instant at,
            String service,
            String messageId,
            @Nullable Instant openUntil,
            @Nullable String fault) {}

    /**
     * What has happened to a request so far.
     */
    Progress progress(Header request) {
        UUID trackingId = request.messageId();
        SubsystemId composer = request.provider();
        List<Told> events = new ArrayList<>();
        for (StoredMessage message : log.correlated(trackingId.toString(), 0, PROGRESS)) {
            String name = name(trackingId, composer, message);
            if (name != null) {
                boolean interim = message.kind() == MessageKind.INTERIM;
                events.add(new Told(
                        Long.toString(message.index()),
                        name,
                        message.at(),
                        message.service().toString(),
                        message.messageId().toString(),
                        interim ? message.expires() : null,
                        message.faultCode()));
            }
        }
        return new Progress(trackingId.toString(), request.service().code(), events);
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

    /** What the message is for whoever asked; null when it is another side's copy of one that was told. */
    private static @Nullable String name(UUID trackingId, SubsystemId composer, StoredMessage message) {
        boolean whole = trackingId.equals(message.messageId()) || trackingId.equals(message.inReplyTo());
        if (message.direction() == Direction.REFUSED) {
            return null;
        }
        if (whole) {
            return switch (message.kind()) {
                case REQUEST -> "accepted";
                case INTERIM -> "pending";
                case REPLY -> "answered";
                case FAULT -> "failed";
                case CANCELLATION -> "cancelling";
                case EVENT, DELIVERY -> null;
            };
        }
        // The composer's own copies: what it sent, and what it received. Others may use the same correlation id.
        if (!message.consumer().equals(composer) || !message.member().equals(composer.member())) {
            return null;
        }
        return switch (message.kind()) {
            case REQUEST -> "asked";
            case INTERIM -> "deferred";
            case REPLY -> "source-answered";
            case FAULT -> "source-failed";
            case CANCELLATION, EVENT, DELIVERY -> null;
        };
    }

    /** One caller's stream; only the looking thread writes to it. */
    private final class Stream {

        private final UUID trackingId;
        private final SubsystemId composer;
        private final SseEmitter emitter;
        private final AtomicBoolean ended = new AtomicBoolean();
        private long from;
        private long seen = -1;
        private long lastNanos = System.nanoTime();

        Stream(UUID trackingId, SubsystemId composer, SseEmitter emitter, long from) {
            this.composer = composer;
            this.trackingId = trackingId;
            this.emitter = emitter;
            this.from = from;
        }

        void end() {
            if (ended.compareAndSet(false, true)) {
                streams.remove(this);
                places.release();
            }
        }

        void look() {
            long size = log.size();
            try {
                if (size != seen) {
                    send(log.correlated(trackingId.toString(), from, PAGE));
                    seen = size;
                }
                if (System.nanoTime() - lastNanos > heartbeat.toNanos()) {
                    emitter.send(SseEmitter.event().comment("still there"));
                    lastNanos = System.nanoTime();
                }
            } catch (IOException | IllegalStateException e) { // the caller has gone, or the stream's time is over
                LOG.debug("A stream of events has ended", e);
                end();
            }
        }

        private void send(List<StoredMessage> messages) throws IOException {
            for (StoredMessage message : messages) {
                from = message.index() + 1;
                String name = name(trackingId, composer, message);
                if (name == null) {
                    continue;
                }
                emitter.send(SseEmitter.event()
                        .id(Long.toString(message.index()))
                        .name(name)
                        .data(data(message)));
                lastNanos = System.nanoTime();
                if (trackingId.equals(message.inReplyTo()) && message.kind().ends()) {
                    emitter.complete();
                    return;
                }
            }
        }

        private String data(StoredMessage message) {
            StringBuilder json = new StringBuilder(256);
            json.append("{\"at\":\"").append(message.at());
            json.append("\",\"service\":\"").append(message.service());
            json.append("\",\"kind\":\"").append(message.kind().name().toLowerCase(Locale.ROOT));
            json.append("\",\"messageId\":\"").append(message.messageId()).append('"');
            if (message.kind() == MessageKind.INTERIM && message.expires() != null) {
                json.append(",\"openUntil\":\"").append(message.expires()).append('"');
            }
            if (message.faultCode() != null) {
                json.append(",\"fault\":\"").append(message.faultCode()).append('"');
            }
            return json.append('}').toString();
        }
    }
}
