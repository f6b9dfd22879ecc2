package org.wasl.connectors.backend;

import java.time.Instant;
import net.sf.saxon.s9api.XdmNode;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.DocumentSpool;

/** What a back-end answered, before it is mapped. */
public sealed interface Answer {

    /**
     * Data.
     *
     * @param query the question
     * @param document the answer as XML
     * @param asOf when it was read
     * @param refusal empty, or what the protocol says went wrong, for example {@code HTTP status 404}: then the document
     *     tells whether that means that there is no such record
     * @param receivedNanos {@link System#nanoTime()} when the answer was complete
     */
    record Data(ConnectorQuery query, XdmNode document, Instant asOf, String refusal, long receivedNanos)
            implements Answer {}

    /**
     * A document, complete on disk.
     *
     * @param mediaType its media type, which is a declared one
     * @param place where it is; whoever has it closes it
     * @param asOf when the source held it to be true
     * @param receivedNanos {@link System#nanoTime()} when it was complete
     */
    record Spooled(String mediaType, DocumentSpool.Place place, Instant asOf, long receivedNanos) implements Answer {}

    /**
     * The certainty that there is no such document.
     *
     * @param asOf when the source held it to be true
     * @param receivedNanos {@link System#nanoTime()} when that was known
     */
    record Absent(Instant asOf, long receivedNanos) implements Answer {}
}
