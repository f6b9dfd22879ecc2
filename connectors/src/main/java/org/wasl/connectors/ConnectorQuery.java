package org.wasl.connectors;

import java.time.Instant;
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

    public ConnectorQuery {
        parameters = Map.copyOf(parameters);
    }
}
