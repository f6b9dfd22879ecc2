package org.wasl.routes.exchange;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Leaves of a received message's headers the one that a route reads: whatever else the sender set reaches no component.
 * Camel's own removal by patterns compiles them anew for each message.
 */
public final class ReceivedHeaders implements Processor {

    private final String kept;

    /** @param kept the name of the header that stays */
    public ReceivedHeaders(String kept) {
        this.kept = kept;
    }

    /** The name of the header that stays. */
    String kept() {
        return kept;
    }

    @Override
    public void process(Exchange exchange) {
        Map<String, Object> headers = exchange.getMessage().getHeaders();
        Object value = headers.get(kept);
        headers.clear();
        if (value != null) {
            headers.put(kept, value);
        }
    }
}
