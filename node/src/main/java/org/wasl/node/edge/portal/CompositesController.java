package org.wasl.node.edge.portal;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
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
import org.wasl.node.identity.AssertionAnswer;
import org.wasl.node.identity.AssertionClient;
import org.wasl.node.identity.AssertionOrder;
import org.wasl.node.identity.Caller;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.routes.composite.CompositeDeclaration;
import org.wasl.routes.composite.CompositeOffer.Channel;
import org.wasl.routes.composite.CompositeRequest;
import org.wasl.routes.composite.CompositeResult;
import org.wasl.routes.composite.CompositeServices;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.schemas.identifier.TimeOrderedId;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.container.Priority;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Label;

/** Composite services for people: what there is, and asking for it. */
@RestController
public final class CompositesController {

    private final CompositeServices composites;
    private final SubsystemId consumer;
    private final Naming naming;
    private final SubjectRule subjects;
    private final Optional<AssertionClient> assertions;
    private final CompositeAnswers answers;
    private final EdgeLimits limits;

    /**
     * By what people are told of agreements and the like.
     *
     * @param names what purposes and legal bases are called, by their codes
     */
    public record Naming(CurrentRegistry registry, Function<String, Label> names) {}

    /**
     * @param consumer the subsystem in whose name people ask
     * @param assertions the way to the issuer who asserts who asks; empty when none is configured
     */
    public CompositesController(
            CompositeServices composites,
            SubsystemId consumer,
            Naming naming,
            SubjectRule subjects,
            Optional<AssertionClient> assertions,
            RecordJson json,
            EdgeLimits limits) {
        this.composites = composites;
        this.consumer = consumer;
        this.naming = naming;
        this.subjects = subjects;
        this.assertions = assertions;
        this.answers = new CompositeAnswers(json);
        this.limits = limits;
    }

    @GetMapping(path = "/composites", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, List<DeclarationView>> all() {
        List<DeclarationView> views = composites.declarations().stream()
                .sorted((one, other) -> one.service().compareTo(other.service()))
                .map(this::view)
                .toList();
        return Map.of("services", views);
    }

    @GetMapping(path = "/composites/{service}", produces = MediaType.APPLICATION_JSON_VALUE)
    DeclarationView one(@PathVariable String service) {
        return view(declaration(service));
    }

    private DeclarationView view(CompositeDeclaration declaration) {
        return DeclarationView.of(declaration, naming.registry().get(), consumer, naming.names());
    }

    @PostMapping("/composites/{service}")
    CompletableFuture<ResponseEntity<byte[]>> ask(
            @PathVariable String service, CallerAuthentication authentication, HttpServletRequest request)
            throws IOException {
        RequestHeaders headers = new RequestHeaders(request);
        Representation representation = Representation.of(request.getHeader(HttpHeaders.ACCEPT), Representation.JSON);
        CompositeDeclaration declaration = declaration(service);
        Caller caller = authentication.getPrincipal();
        limits.rates().count(caller.actorId());
        Map<String, String> inputs = RequestInputs.read(request);
        String party = headers.token("Wasl-Represented-Party").orElse(null);
        ActorKind kind = subjects.permit(caller, declaration, inputs, party);
        CompositeRequest question = question(declaration, caller, kind, inputs, headers, request);
        CompletableFuture<CompositeResult> result =
                asserted(question, declaration, caller).thenCompose(composites::ask);
        if (headers.prefersAsync()) {
            result = new Acceptance(composites).accepted(question.trackingId(), result);
        }
        return result.thenApply(ended -> answers.answer(question.trackingId(), ended, representation));
    }

    /** The request with what the identity issuer asserts of the caller for it; without, it does not leave. */
    private CompletableFuture<CompositeRequest> asserted(
            CompositeRequest question, CompositeDeclaration declaration, Caller caller) {
        if (assertions.isEmpty()) {
            return CompletableFuture.completedFuture(question);
        }
        List<ServiceId> services = new ArrayList<>();
        services.add(declaration.service());
        declaration.steps().forEach(step -> services.add(step.service()));
        AssertionOrder order = new AssertionOrder(
                caller.token(),
                question.trackingId().toString(),
                declaration.purpose(),
                services.stream().distinct().toList(),
                question.inputs(),
                question.actor().kind(),
                caller.actorId(),
                question.representedParty());
        return assertions.get().assertion(order).thenApply(answer -> {
            if (answer instanceof AssertionAnswer.Refused refused) {
                throw new RefusedException(refused.fault(), null);
            }
            String assertion = ((AssertionAnswer.Issued) answer).assertion();
            return question.asserted(caller.actor(question.actor().kind(), assertion), assertion);
        });
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
        if (key == null && declaration.changes()) {
            throw new RefusedException(
                    FaultCode.REQUEST_HEADER_MISSING,
                    "This service changes something: give an Idempotency-Key, and the same one when you ask again.");
        }
        return new CompositeRequest(
                key == null ? TimeOrderedId.next() : MessageIds.named(consumer.toString(), caller.actorId(), code, key),
                consumer,
                code,
                inputs,
                caller.actor(kind, null),
                headers.token("Wasl-Represented-Party").orElse(null),
                headers.token("Wasl-Case-Reference").orElse(null),
                null,
                null,
                channel(headers),
                ProblemResponses.locale(request),
                Priority.NORMAL,
                headers.patience(declaration.deadline(), limits.longest()),
                key,
                null);
    }

    /** Through what the person asks, as the client says; nothing is decided by it, it is only counted. */
    private static String channel(RequestHeaders headers) {
        String channel = headers.token("Wasl-Channel").orElse(Channel.WEB.name());
        if (Arrays.stream(Channel.values()).noneMatch(known -> known.name().equals(channel))) {
            throw new RefusedException(
                    FaultCode.REQUEST_INVALID,
                    "The header Wasl-Channel must be one of " + Arrays.toString(Channel.values()));
        }
        return channel;
    }

    private CompositeDeclaration declaration(String service) {
        return composites
                .declaration(service)
                .orElseThrow(
                        () -> new RefusedException(FaultCode.COMPOSITE_UNKNOWN, "There is no such composite service."));
    }
}
