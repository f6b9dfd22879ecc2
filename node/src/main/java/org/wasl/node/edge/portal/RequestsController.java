package org.wasl.node.edge.portal;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.node.edge.MessageIds;
import org.wasl.node.edge.RecordJson;
import org.wasl.node.edge.Representation;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.Caller;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.node.identity.Role;
import org.wasl.routes.composite.CompositeResult;
import org.wasl.routes.composite.CompositeServices;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.Container;

/** How a request stands, for whoever asked it and for auditors. */
@RestController
public final class RequestsController {

    private final CompositeServices composites;
    private final CompositeAnswers answers;

    public RequestsController(CompositeServices composites, RecordJson json) {
        this.composites = composites;
        this.answers = new CompositeAnswers(json);
    }

    @GetMapping("/requests/{id}")
    ResponseEntity<byte[]> track(
            @PathVariable String id, CallerAuthentication authentication, HttpServletRequest request) {
        Representation representation = Representation.of(request.getHeader(HttpHeaders.ACCEPT), Representation.JSON);
        UUID trackingId = MessageIds.uuid(id).orElseThrow(RequestsController::none);
        CompositeResult result = composites.track(trackingId).orElseThrow(RequestsController::none);
        if (!mayFollow(authentication.getPrincipal(), result)) {
            // The same as for a request that there is not: who asks what is itself worth protecting.
            throw none();
        }
        return answers.answer(trackingId, result, representation);
    }

    private static boolean mayFollow(Caller caller, CompositeResult result) {
        return caller.is(Role.AUDITOR)
                || asked(result)
                        .map(asked -> asked.header().actor().id().equals(caller.actorId()))
                        .orElse(false);
    }

    private static Optional<Container> asked(CompositeResult result) {
        if (result instanceof CompositeResult.Answered answered) {
            return Optional.of(answered.request());
        }
        if (result instanceof CompositeResult.Running running) {
            return Optional.of(running.request());
        }
        return ((CompositeResult.Faulted) result).request();
    }

    private static RefusedException none() {
        return new RefusedException(FaultCode.REQUEST_NOT_FOUND, "There is no such request, or it is another's.");
    }
}
