package org.wasl.connectors;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.Fault;

/** What a back-end answered, mapped. */
public sealed interface ConnectorResult {

    /**
     * A record in the shared schema, valid against its XSD, in full: what may leave is cut later.
     *
     * @param record the record's octets, UTF-8, without XML declaration, DOCTYPE, comments or processing instructions
     * @param asOf when the source held this to be true
     * @param coverageComplete whether the source can vouch that there is nothing more
     */
    @SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
    record Found(byte[] record, Instant asOf, boolean coverageComplete) implements ConnectorResult {}

    /**
     * A document: a scanned deed, a site plan, a certificate. It is not mapped, not cut and not looked into; it leaves as a
     * whole or not at all.
     *
     * @param mediaType its media type, which is not one of XML
     * @param source gives its octets; whoever has the result closes it, whether the octets were wanted or not
     * @param asOf when the source held this to be true
     */
    record Document(String mediaType, DocumentSource source, Instant asOf) implements ConnectorResult {}

    /** Where a document's octets come from; they are read once, as they are sent. */
    @FunctionalInterface
    interface DocumentSource extends AutoCloseable {

        /**
         * The octets from the first on; whoever takes them closes them.
         *
         * @throws IOException when they cannot be had
         */
        InputStream open() throws IOException;

        /** Gives back what held the octets, for example a file; nothing when there was nothing. */
        @Override
        default void close() {}
    }

    /** The back-end is sure that it holds no such record. */
    record NotFound(Instant asOf) implements ConnectorResult {}

    /**
     * No answer yet: the back-end is to be asked again.
     *
     * @param reference by which the agency knows the matter; null when it gave none
     * @param reason why, as a code
     * @param arabic the reason for people, in Arabic
     * @param english the reason for people, in English
     * @param expectedIn after how long an answer is likely; null when that is not known
     * @param staysOpen for how long it may be asked again, from the first question on
     * @param askFirst after how long to ask again for the first time
     * @param askMost how long to wait at most between two questions
     */
    record Deferred(
            @Nullable String reference,
            String reason,
            String arabic,
            String english,
            @Nullable Duration expectedIn,
            Duration staysOpen,
            Duration askFirst,
            Duration askMost)
            implements ConnectorResult {}

    /** No answer, and why: unavailable, timed out, refused, busy, malformed, unmappable, invalid. */
    record Failed(Fault fault) implements ConnectorResult {}
}
