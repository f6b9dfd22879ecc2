package org.wasl.node.edge.portal;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.wasl.node.edge.MessageIds;
import org.wasl.node.edge.RecordJson;
import org.wasl.node.edge.Representation;
import org.wasl.node.edge.audit.BreakGlass;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.Caller;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.node.identity.Role;
import org.wasl.routes.composite.CompositeResult;
import org.wasl.routes.composite.CompositeServices;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.Header;

/** How a request stands, for whoever asked it; for an auditor who states the reason, too. */
@RestController
public final class RequestsController {

    private final CompositeServices composites;
    private final CompositeAnswers answers;
    private final BreakGlass breakGlass;
    private final RequestEvents events;

    public RequestsController(
            CompositeServices composites, RecordJson json, BreakGlass breakGlass, RequestEvents events) {
        this.events = events;
        this.composites = composites;
        this.breakGlass = breakGlass;
        this.answers = new CompositeAnswers(json);
    }

    @GetMapping("/requests/{id}")
    ResponseEntity<byte[]> track(
            @PathVariable String id, CallerAuthentication authentication, HttpServletRequest request) {
        Representation representation = Representation.of(request.getHeader(HttpHeaders.ACCEPT), Representation.JSON);
        UUID trackingId = MessageIds.uuid(id).orElseThrow(RequestsController::none);
        Caller caller = authentication.getPrincipal();
        Optional<CompositeResult> tracked = composites.track(trackingId);
        if (tracked.filter(result -> Asked.by(caller, result)).isPresent()) {
            return answers.answer(trackingId, tracked.get(), representation);
        }
        if (!caller.is(Role.AUDITOR)) {
            // The same as for a request that there is not: who asks what is itself worth protecting.
            throw none();
        }
        // The answer is what was said; how it stands, without it, is in the audit's history.
        String reason = breakGlass.reason(request);
        CompositeResult result = tracked.orElseThrow(RequestsController::none);
        breakGlass.open(caller, reason, "answer", id, trackingId.toString());
        return answers.answer(trackingId, result, representation);
    }

    /** Cancels a request that has no final answer yet; what is given is how it stands then. */
    @PostMapping("/requests/{id}/cancellation")
    CompletableFuture<ResponseEntity<byte[]>> cancel(
            @PathVariable String id, CallerAuthentication authentication, HttpServletRequest request) {
        Representation representation = Representation.of(request.getHeader(HttpHeaders.ACCEPT), Representation.JSON);
        UUID trackingId = own(id, authentication).messageId();
        return composites
                .cancel(trackingId)
                .orElseThrow(RequestsController::none)
                .thenApply(result -> result instanceof CompositeResult.Faulted faulted
                                && faulted.fault().code() == FaultCode.EXCHANGE_CANCELLED
                        ? answers.cancelled(trackingId, representation)
                        : answers.answer(trackingId, result, representation));
    }

    /** What happens to a request, as it happens; after a break, from the event that the caller saw last. */
    @GetMapping(path = "/requests/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
            CallerAuthentication authentication) {
        Header request = own(id, authentication);
        return events.open(request.messageId(), request.provider(), last);
    }

    /** What has happened to a request so far; the same as the stream of events tells, at once. */
    @GetMapping(path = "/requests/{id}/progress", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<RequestEvents.Progress> progress(@PathVariable String id, CallerAuthentication authentication) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(events.progress(own(id, authentication)));
    }

    /** The caller's own request. */
    private Header own(String id, CallerAuthentication authentication) {
        UUID trackingId = MessageIds.uuid(id).orElseThrow(RequestsController::none);
        Caller caller = authentication.getPrincipal();
        return composites
                .track(trackingId)
                .filter(result -> Asked.by(caller, result))
                .flatMap(Asked::header)
                .orElseThrow(RequestsController::none);
    }

    static RefusedException none() {
        return new RefusedException(FaultCode.REQUEST_NOT_FOUND, "There is no such request, or it is another's.");
    }
}
