package org.wasl.node.simulation;

import java.time.Instant;
import org.wasl.security.agreement.AccessRequest;

/**
 * A request as it stands in a log.
 *
 * @param messageId its message id
 * @param at when it was logged
 * @param question what the agreements were, or would have been, asked
 * @param refusedThen whether an agreement refused it then
 * @param sealed whether its payload is encrypted, so that its question is not known here
 */
record LoggedRequest(String messageId, Instant at, AccessRequest question, boolean refusedThen, boolean sealed) {}
