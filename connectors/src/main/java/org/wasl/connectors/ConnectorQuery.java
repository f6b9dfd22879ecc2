package org.wasl.connectors;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.wasl.schemas.identifier.ServiceId;

/**
 * One question to a back-end, already authorised.
 *
 * @param requestId the request's message id, for the back-end's own records
 * @param service the service asked
 * @param parameters the inputs, already checked against the registry's patterns
 * @param deadline when the answer is no longer of use
 */
public record ConnectorQuery(String requestId, ServiceId service, Map<String, String> parameters, Instant deadline) {

    /**
     * The name under which declarations bind the request's message id: the idempotency key of a back-end that changes
     * something. No parameter can have it, for theirs have no dot.
     */
    public static final String MESSAGE_ID = "wasl.messageId";

    public ConnectorQuery {
        parameters = Map.copyOf(parameters);
    }

    /** What a declaration may bind: the parameters, and the request's message id. */
    public Map<String, String> values() {
        Map<String, String> values = new HashMap<>(parameters);
        values.put(MESSAGE_ID, requestId);
        return values;
    }

    /** One such value; empty when it was not given. */
    public String value(String name) {
        return name.equals(MESSAGE_ID) ? requestId : parameters.getOrDefault(name, "");
    }
}
