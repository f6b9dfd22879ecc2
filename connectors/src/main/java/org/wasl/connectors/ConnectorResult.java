package org.wasl.connectors;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
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

    /** No answer, and why: unavailable, timed out, refused, busy, malformed, unmappable, invalid. */
    record Failed(Fault fault) implements ConnectorResult {}
}
