package org.wasl.routes.flow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerContent;
import org.wasl.security.container.Header;
import org.wasl.security.container.InReplyTo;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.SpoolFile;

/** Writes what the flows do into the message log, and reads what they did before. */
public final class Ledger {

    private static final byte[] NO_CONTAINER = new byte[0];

    private final MessageLog log;
    private final Clock clock;
    private final Duration timeout;

    /**
     * @param timeout how long {@link #durable} waits
     */
    public Ledger(MessageLog log, Clock clock, Duration timeout) {
        this.log = log;
        this.clock = clock;
        this.timeout = timeout;
    }

    /** Now, as headers and entries carry it. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Logs a message that this member is about to send, or has made for itself. */
    public CompletableFuture<AppendResult> sent(
            MemberId member, Container container, @Nullable String subject, @Nullable FaultCode fault) {
        return append(entry(member, Direction.SENT, container.header(), container.octets(), subject, fault), container);
    }

    /** Logs a message that this member received from itself, and so had not to verify. */
    public CompletableFuture<AppendResult> received(
            MemberId member, Container container, @Nullable String subject, @Nullable FaultCode fault) {
        return received(member, container, subject, fault, List.of());
    }

    /**
     * Logs a genuine message that this member received.
     *
     * @param evidence what showed that the sender's certificate was not revoked
     */
    public CompletableFuture<AppendResult> received(
            MemberId member,
            Container container,
            @Nullable String subject,
            @Nullable FaultCode fault,
            List<RevocationEvidence> evidence) {
        return append(
                entry(member, Direction.RECEIVED, container.header(), container.octets(), subject, fault, evidence),
                container);
    }

    private CompletableFuture<AppendResult> append(LogEntry entry, Container container) {
        ContainerContent whole = container.whole();
        if (whole == null) {
            return log.append(entry);
        }
        LogEntry withWhole = entry.keeping(whole);
        if (!(whole instanceof SpoolFile file)) {
            return log.append(withWhole);
        }
        // Whoever waits for the log may give up before the log has read the file.
        file.hold();
        try {
            CompletableFuture<AppendResult> appended = log.append(withWhole);
            appended.whenComplete((result, failure) -> file.close());
            return appended;
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The whole container at this leaf, when the log holds one there of which a message gives only the card. */
    public Optional<ContainerContent> whole(long index) {
        return log.whole(index);
    }

    /** Logs a refused message of which at least the header, as a claim, could be read. */
    public CompletableFuture<AppendResult> refused(MemberId member, Header claimed, byte[] octets, FaultCode why) {
        return refused(member, claimed, octets, null, why);
    }

    /**
     * Logs a refused message whose header, at least, could be read.
     *
     * @param subject whom or what it asked about; null unless the message is genuine
     */
    public CompletableFuture<AppendResult> refused(
            MemberId member, Header claimed, byte[] octets, @Nullable String subject, FaultCode why) {
        return log.append(entry(member, Direction.REFUSED, claimed, octets, subject, why));
    }

    /** Logs a refused message of which nothing could be read. */
    public CompletableFuture<AppendResult> refusedUnread(MemberId member, byte[] octets, FaultCode why) {
        return log.append(new LogEntry(
                member,
                Direction.REFUSED,
                now(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                why,
                octets));
    }

    /**
     * Logs a request that was refused before it became a message.
     *
     * @param actor the actor's opaque id
     * @param subject whom or what it asked about; null when that is not known
     */
    public CompletableFuture<AppendResult> refusedRequest(
            SubsystemId consumer,
            UUID messageId,
            String correlationId,
            ServiceId service,
            String purpose,
            String actor,
            @Nullable String subject,
            FaultCode why) {
        return log.append(new LogEntry(
                consumer.member(),
                Direction.REFUSED,
                now(),
                messageId,
                correlationId,
                null,
                consumer,
                consumer,
                service.subsystem(),
                service,
                purpose,
                actor,
                null,
                null,
                subject,
                why,
                NO_CONTAINER));
    }

    /**
     * Logs that the consumer of this request used an earlier answer, since none came to it.
     *
     * @param document which answer, as UTF-8 JSON
     */
    public CompletableFuture<AppendResult> used(Header request, @Nullable String subject, byte[] document) {
        return log.append(LogEntry.used(
                request.consumer(),
                request.service(),
                now(),
                request.correlationId(),
                request.messageId(),
                request.purpose(),
                request.actor().id(),
                subject,
                document));
    }

    private LogEntry entry(
            MemberId member,
            Direction direction,
            Header header,
            byte[] octets,
            @Nullable String subject,
            @Nullable FaultCode fault) {
        return entry(member, direction, header, octets, subject, fault, List.of());
    }

    private LogEntry entry(
            MemberId member,
            Direction direction,
            Header header,
            byte[] octets,
            @Nullable String subject,
            @Nullable FaultCode fault,
            List<RevocationEvidence> evidence) {
        InReplyTo inReplyTo = header.inReplyTo();
        return new LogEntry(
                member,
                direction,
                now(),
                header.messageId(),
                header.correlationId(),
                header.kind(),
                header.sender(),
                header.consumer(),
                header.provider(),
                header.service(),
                header.purpose(),
                header.actor().id(),
                inReplyTo == null ? null : inReplyTo.messageId(),
                header.expires(),
                subject,
                fault,
                octets,
                evidence);
    }

    /** The message of this sender and id that this member logged in this direction. */
    public Optional<StoredMessage> find(MemberId member, Direction direction, SubsystemId sender, UUID messageId) {
        return log.messages(messageId).stream()
                .filter(stored -> stored.member().equals(member)
                        && stored.direction() == direction
                        && stored.sender().equals(sender))
                .findFirst();
    }

    /** The last message of this kind about this request that this member logged in this direction. */
    public Optional<StoredMessage> about(MemberId member, Direction direction, MessageKind kind, UUID requestId) {
        return log.about(member, direction, kind, requestId);
    }

    /** The first answer, received or made by itself, that this consumer logged for its request. */
    public Optional<StoredMessage> consumerAnswer(SubsystemId consumer, UUID requestId) {
        Optional<StoredMessage> received = log.answer(consumer.member(), Direction.RECEIVED, requestId);
        Optional<StoredMessage> own = log.answer(consumer.member(), Direction.SENT, requestId)
                .filter(stored -> stored.sender().equals(consumer));
        if (received.isPresent() && own.isPresent()) {
            return received.get().index() < own.get().index() ? received : own;
        }
        return received.or(() -> own);
    }

    /** Whether appends can succeed. */
    public boolean available() {
        return log.available();
    }

    /**
     * Waits until an entry is durable.
     *
     * @throws LogUnavailableException when it is not, or not in time
     */
    public AppendResult durable(CompletableFuture<AppendResult> append) {
        try {
            return append.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LogUnavailableException unavailable) {
                throw unavailable;
            }
            throw new LogUnavailableException("the entry was not written", e);
        } catch (TimeoutException e) {
            throw new LogUnavailableException("the entry was not durable within " + timeout.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException("interrupted while waiting for the log", e);
        }
    }
}
