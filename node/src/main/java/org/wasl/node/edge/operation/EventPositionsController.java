package org.wasl.node.edge.operation;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.node.edge.RequestInputs;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.routes.event.EventNode;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.SubsystemId;

/** How far events have come between publishers and subscribers, for operators; asking what was missed, and replays. */
@RestController
public final class EventPositionsController {

    private final EventNode events;

    public EventPositionsController(EventNode events) {
        this.events = events;
    }

    @GetMapping(path = "/events/positions", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, List<Map<String, Object>>> positions() {
        return Map.of(
                "positions",
                events.positions().stream().map(EventPositionsController::shown).toList());
    }

    private static Map<String, Object> shown(EventNode.Position position) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("publisher", position.publisher().toString());
        shown.put("subscriber", position.subscriber().toString());
        position.told().ifPresent(told -> shown.put("told", told));
        position.received().ifPresent(received -> shown.put("received", received));
        return shown;
    }

    @PostMapping(path = "/events/reconciliations", produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<Map<String, Object>> missed(HttpServletRequest request) throws IOException {
        Map<String, String> asked = RequestInputs.read(request);
        return events.missed(subsystem(asked, "subscriber"), subsystem(asked, "publisher"))
                .thenApply(reconciled -> {
                    if (reconciled instanceof EventNode.Reconciled.Refused refused) {
                        throw new RefusedException(refused.fault(), null);
                    }
                    EventNode.Reconciled.Known known = (EventNode.Reconciled.Known) reconciled;
                    Map<String, Object> body = new LinkedHashMap<>();
                    body.put("received", known.received());
                    body.put("highest", known.highest());
                    body.put("missing", Math.max(0, known.highest() - known.received()));
                    body.put("replyId", known.replyId().toString());
                    return body;
                });
    }

    @PostMapping(path = "/events/replays", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> replay(HttpServletRequest request) throws IOException {
        Map<String, String> asked = RequestInputs.read(request);
        long from;
        try {
            from = Long.parseLong(asked.getOrDefault("from", "1"));
        } catch (NumberFormatException malformed) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "from must be the number of an event.", malformed);
        }
        long sent = events.replay(subsystem(asked, "publisher"), subsystem(asked, "subscriber"), Math.max(1, from))
                .orElseThrow(() -> new RefusedException(
                        FaultCode.EVENT_NOT_SUBSCRIBED, "No publisher of this node tells this subscriber anything."));
        return ResponseEntity.accepted().body(Map.of("replayed", sent));
    }

    private static SubsystemId subsystem(Map<String, String> asked, String name) {
        try {
            return SubsystemId.parse(asked.getOrDefault(name, ""));
        } catch (IllegalArgumentException malformed) {
            throw new RefusedException(
                    FaultCode.REQUEST_PARAMETER, name + " must be instance/class/member/subsystem.", malformed);
        }
    }
}
