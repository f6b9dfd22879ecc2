package org.wasl.messagelog.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a leaf must have to be found; null asks for nothing. Text is compared as it stands in the leaf.
 *
 * @param subjectHash the keyed hash of its subject
 * @param direction which way it went
 * @param kind what it is
 * @param consumer the subsystem that asks
 * @param provider the subsystem that is asked
 * @param service the service that is asked
 * @param purpose the purpose's code
 * @param actor the actor's opaque id
 * @param fault the code of a refusal or fault
 * @param correlationId what ties the messages of one request together
 * @param from the earliest instant (inclusive) at which it was logged
 * @param to the instant before which it was logged
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
public record LogQuery(
        byte @Nullable [] subjectHash,
        @Nullable String direction,
        @Nullable String kind,
        @Nullable String consumer,
        @Nullable String provider,
        @Nullable String service,
        @Nullable String purpose,
        @Nullable String actor,
        @Nullable String fault,
        @Nullable String correlationId,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** Finds every leaf. */
    public static LogQuery all() {
        return new LogQuery(null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** The same, and this subject. */
    public LogQuery withSubjectHash(byte @Nullable [] subjectHash) {
        return new LogQuery(
                subjectHash,
                direction,
                kind,
                consumer,
                provider,
                service,
                purpose,
                actor,
                fault,
                correlationId,
                from,
                to);
    }

    /** The same, and this direction. */
    public LogQuery withDirection(@Nullable String direction) {
        return new LogQuery(
                subjectHash,
                direction,
                kind,
                consumer,
                provider,
                service,
                purpose,
                actor,
                fault,
                correlationId,
                from,
                to);
    }

    /** The same, and this kind. */
    public LogQuery withKind(@Nullable String kind) {
        return new LogQuery(
                subjectHash,
                direction,
                kind,
                consumer,
                provider,
                service,
                purpose,
                actor,
                fault,
                correlationId,
                from,
                to);
    }

    /** The same, and this consumer. */
    public LogQuery withConsumer(@Nullable String consumer) {
        return new LogQuery(
                subjectHash,
                direction,
                kind,
                consumer,
                provider,
                service,
                purpose,
                actor,
                fault,
                correlationId,
                from,
                to);
    }

    /** The same, and this provider. */
    public LogQuery withProvider(@Nullable String provider) {
        return new LogQuery(
                subjectHash,
                direction,
                kind,
                consumer,
                provider,
                service,
                purpose,
                actor,
                fault,
                correlationId,
                from,
                to);
    }

    /** The same, and this service. */
    public LogQuery withService(@Nullable String service) {
        return new LogQuery(
                subjectHash,
                direction,
                kind,
                consumer,
                provider,
                service,
                purpose,
                actor,
                fault,
                correlationId,
                from,
                to);
    }

    /** The same, and this purpose. */
    public LogQuery withPurpose(@Nullable String purpose) {
        return new LogQuery(
                subjectHash,
                direction,
                kind,
                consumer,
                provider,
                service,
                purpose,
                actor,
                fault,
                correlationId,
                from,
                to);
    }

    /** The same, and this actor. */
    public LogQuery withActor(@Nullable String actor) {
        return new LogQuery(
                subjectHash,
                direction,
                kind,
                consumer,
                provider,
                service,
                purpose,
                actor,
                fault,
                correlationId,
                from,
                to);
    }

    /** The same, and this fault code. */
    public LogQuery withFault(@Nullable String fault) {
        return new LogQuery(
                subjectHash,
                direction,
                kind,
                consumer,
                provider,
                service,
                purpose,
                actor,
                fault,
                correlationId,
                from,
                to);
    }

    /** The same, and this correlation id. */
    public LogQuery withCorrelationId(@Nullable String correlationId) {
        return new LogQuery(
                subjectHash,
                direction,
                kind,
                consumer,
                provider,
                service,
                purpose,
                actor,
                fault,
                correlationId,
                from,
                to);
    }

    /** The same, logged from one instant (inclusive) to another (exclusive). */
    public LogQuery between(@Nullable Instant from, @Nullable Instant to) {
        return new LogQuery(
                subjectHash,
                direction,
                kind,
                consumer,
                provider,
                service,
                purpose,
                actor,
                fault,
                correlationId,
                from,
                to);
    }
}
