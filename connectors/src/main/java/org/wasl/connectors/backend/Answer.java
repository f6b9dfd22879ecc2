package org.wasl.connectors.backend;

import java.time.Instant;
import net.sf.saxon.s9api.XdmNode;
import org.wasl.connectors.ConnectorQuery;

/**
 * What a back-end answered, before it is mapped.
 *
 * @param query the question
 * @param document the answer as XML
 * @param asOf when it was read
 * @param refusal empty, or what the protocol says went wrong, for example {@code HTTP status 404}: then the document
 *     tells whether that means that there is no such record
 * @param receivedNanos {@link System#nanoTime()} when the answer was complete
 */
public record Answer(ConnectorQuery query, XdmNode document, Instant asOf, String refusal, long receivedNanos) {}
