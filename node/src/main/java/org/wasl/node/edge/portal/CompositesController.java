package org.wasl.node.edge.portal;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.node.edge.EdgeLimits;
import org.wasl.node.edge.MessageIds;
import org.wasl.node.edge.RecordJson;
import org.wasl.node.edge.Representation;
import org.wasl.node.edge.RequestHeaders;
import org.wasl.node.edge.RequestInputs;
import org.wasl.node.edge.problem.ProblemResponses;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.Caller;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.routes.composite.CompositeDeclaration;
import org.wasl.routes.composite.CompositeRequest;
import org.wasl.routes.composite.CompositeResult;
import org.wasl.routes.composite.CompositeServices;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.container.Priority;

/** Composite services for people: what there is, and asking for it. */
@RestController
public final class CompositesController {

    private final CompositeServices composites;
    private final SubsystemId consumer;
    private final SubjectRule subjects;
    private final CompositeAnswers answers;
    private final EdgeLimits limits;

    /** @param consumer the subsystem in whose name people ask */
    public CompositesController(
            CompositeServices composites,
            SubsystemId consumer,
            SubjectRule subjects,
            RecordJson json,
            EdgeLimits limits) {
        this.composites = composites;
        this.consumer = consumer;
        this.subjects = subjects;
        this.answers = new CompositeAnswers(json);
        this.limits = limits;
    }

    @GetMapping(path = "/composites", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, List<DeclarationView>> all() {
        List<DeclarationView> views = composites.declarations().stream()
                .sorted((one, other) -> one.service().compareTo(other.service()))
                .map(DeclarationView::of)
                .toList();
        return Map.of("services", views);
    }

    @GetMapping(path = "/composites/{service}", produces = MediaType.APPLICATION_JSON_VALUE)
    DeclarationView one(@PathVariable String service) {
        return DeclarationView.of(declaration(service));
    }

    @PostMapping("/composites/{service}")
    CompletableFuture<ResponseEntity<byte[]>> ask(
            @PathVariable String service, CallerAuthentication authentication, HttpServletRequest request)
            throws IOException {
        RequestHeaders headers = new RequestHeaders(request);
        Representation representation = Representation.of(request.getHeader(HttpHeaders.ACCEPT), Representation.JSON);
        CompositeDeclaration declaration = declaration(service);
        Caller caller = authentication.getPrincipal();
        Map<String, String> inputs = RequestInputs.read(request);
        ActorKind kind = subjects.permit(caller, declaration, inputs);
        CompositeRequest question = question(declaration, caller, kind, inputs, headers, request);
        CompletableFuture<CompositeResult> result = composites.ask(question);
        if (headers.prefersAsync()) {
            result = new Acceptance(composites).accepted(question.trackingId(), result);
        }
        return result.thenApply(ended -> answers.answer(question.trackingId(), ended, representation));
    }

    private CompositeRequest question(
            CompositeDeclaration declaration,
            Caller caller,
            ActorKind kind,
            Map<String, String> inputs,
            RequestHeaders headers,
            HttpServletRequest request) {
        String code = declaration.service().code();
        String key = headers.token("Idempotency-Key").orElse(null);
        return new CompositeRequest(
                key == null ? UUID.randomUUID() : MessageIds.named(consumer.toString(), caller.actorId(), code, key),
                consumer,
                code,
                inputs,
                caller.actor(kind, null),
                null,
                null,
                null,
                "WEB",
                ProblemResponses.locale(request),
                Priority.NORMAL,
                headers.patience(declaration.deadline(), limits.longest()),
                key);
    }

    private CompositeDeclaration declaration(String service) {
        return composites
                .declaration(service)
                .orElseThrow(
                        () -> new RefusedException(FaultCode.COMPOSITE_UNKNOWN, "There is no such composite service."));
    }
}
