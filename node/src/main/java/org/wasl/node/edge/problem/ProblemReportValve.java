package org.wasl.node.edge.problem;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.schemas.fault.Fault;

/** Answers with a problem what Tomcat refuses before any servlet: request lines, headers and paths it cannot read. */
public final class ProblemReportValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemReportValve.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        Fault fault = UnhandledErrors.fault(response.getStatus(), request.getRequestURI());
        try {
            ProblemResponses.write(request, response.getResponse(), fault, null);
        } catch (IOException gone) {
            LOG.debug("the caller went before it was told of the problem", gone);
        }
    }
}
