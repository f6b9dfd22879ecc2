package org.wasl.node.edge.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.wasl.node.edge.RequestHeaders;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.Caller;
import org.wasl.schemas.fault.FaultCode;

/**
 * Lets an auditor see what was said, who else may see metadata only: for a stated reason, logged before it is opened,
 * known to the operator at once and to the person whom it is about.
 */
public final class BreakGlass {

    /** Where the reason stands. */
    public static final String HEADER = "Wasl-Break-Glass";

    /** Marks the log events, for whoever watches the node's log. */
    public static final Marker ALARM = MarkerFactory.getMarker("wasl.break-glass");

    private static final Logger LOG = LoggerFactory.getLogger(BreakGlass.class);

    private final AuditedLog log;
    private final AuditTrail trail;
    private final Embargoes embargoes;
    private final Counter opened;

    public BreakGlass(AuditedLog log, AuditTrail trail, Embargoes embargoes, MeterRegistry meters) {
        this.log = log;
        this.trail = trail;
        this.embargoes = embargoes;
        this.opened = Counter.builder("wasl.break.glass")
                .description("messages whose content an auditor opened")
                .register(meters);
    }

    /**
     * The reason that this request states. Ask before looking for what is to be opened: without one an auditor does not
     * even learn whether it is there.
     *
     * @throws RefusedException when it states none, or none that can be taken
     */
    public String reason(HttpServletRequest request) {
        String stated = new RequestHeaders(request)
                .value(HEADER)
                .orElseThrow(() -> new RefusedException(
                        FaultCode.BREAK_GLASS_REQUIRED,
                        "State the reason in the header " + HEADER + "; opening content is logged and told."));
        return StatedReason.ofHeader(stated);
    }

    /**
     * Logs that this auditor opens content of this request, and returns once that is durable.
     *
     * @param what what is opened, such as {@code container}
     * @param id the identifier of what is opened
     * @param correlationId the request to which it belongs
     * @throws org.wasl.messagelog.LogUnavailableException when it cannot be logged: then nothing may be opened
     */
    public void open(Caller auditor, String reason, String what, String id, String correlationId) {
        RequestHistory history = RequestHistory.read(log, correlationId);
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("what", what);
        target.put("id", id);
        target.put("correlationId", correlationId);
        trail.looked(
                auditor.actorId(),
                AuditTrail.BREAK_GLASS,
                reason,
                target,
                history.subjects(log),
                history.tellFrom(embargoes).orElse(null));
        opened.increment();
        // The reason is the auditor's own text, and in the message log; it may say more than belongs here.
        LOG.warn(ALARM, "Break-glass: auditor {} opens {} {}", auditor.actorId(), what, id);
    }
}
