package org.wasl.node.edge.operation;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.erasure.Erased;
import org.wasl.messagelog.erasure.ErasureOrder;
import org.wasl.messagelog.erasure.Erasures;
import org.wasl.messagelog.erasure.Selection;
import org.wasl.node.edge.RequestInputs;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;

/** Erases what an operator names: a service's old messages, one request, or everything about one person. */
@RestController
public final class ErasuresController {

    private static final Set<String> SELECTORS = Set.of("service", "request", "subject");
    private static final Set<String> INPUTS = Set.of("service", "before", "request", "subject", "reason");

    private final Erasures erasures;

    public ErasuresController(Erasures erasures) {
        this.erasures = erasures;
    }

    @PostMapping(path = "/log/erasures", produces = MediaType.APPLICATION_JSON_VALUE)
    Erased erase(CallerAuthentication operator, HttpServletRequest request) throws IOException {
        Map<String, String> inputs = RequestInputs.read(request);
        if (!INPUTS.containsAll(inputs.keySet())) {
            throw parameter("Give reason, and one of service with before, request or subject; nothing else.");
        }
        try {
            return erasures.erase(new ErasureOrder(
                    operator.getPrincipal().actorId(), inputs.getOrDefault("reason", ""), selection(inputs)));
        } catch (LogUnavailableException e) {
            throw new RefusedException(FaultCode.LOG_UNAVAILABLE, "Nothing, or not everything, was erased.", e);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw parameter("Give a reason of 1 to 500 characters, and before as 2026-01-31T00:00:00Z.");
        }
    }

    private static Selection selection(Map<String, String> inputs) {
        List<String> given = SELECTORS.stream().filter(inputs::containsKey).toList();
        String before = inputs.get("before");
        if (given.size() != 1 || given.get(0).equals("service") != (before != null)) {
            throw parameter("Give exactly one of service with before, request or subject.");
        }
        String value = inputs.getOrDefault(given.get(0), "");
        return switch (given.get(0)) {
            case "service" ->
                new Selection.Expired(ServiceId.parse(value).toString(), Instant.parse(before == null ? "" : before));
            case "request" -> new Selection.Request(value);
            default -> new Selection.About(value);
        };
    }

    private static RefusedException parameter(String detail) {
        return new RefusedException(FaultCode.REQUEST_PARAMETER, detail);
    }
}
