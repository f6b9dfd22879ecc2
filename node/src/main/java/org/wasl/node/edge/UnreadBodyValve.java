package org.wasl.node.edge;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Sends the refusal of a body that is too large or too slow, and lets the rest of the body go with the connection. Tomcat
 * would read that rest first, for as long as the caller likes to drip, and send the refusal's end only then.
 */
public final class UnreadBodyValve extends ValveBase {

    public UnreadBodyValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        int status = response.getStatus();
        boolean refused = status == HttpServletResponse.SC_REQUEST_TIMEOUT
                || status == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;
        if (refused && !request.isAsync()) {
            response.flushBuffer();
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }
}
