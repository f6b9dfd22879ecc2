package org.wasl.node.edge.agency;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.node.edge.ContentResource;
import org.wasl.node.edge.EdgeLimits;
import org.wasl.node.edge.MessageIds;
import org.wasl.node.edge.RecordJson;
import org.wasl.node.edge.Records;
import org.wasl.node.edge.Representation;
import org.wasl.node.edge.RequestHeaders;
import org.wasl.node.edge.RequestInputs;
import org.wasl.node.edge.problem.ProblemResponses;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.MemberAuthentication;
import org.wasl.node.identity.Pseudonyms;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.routes.exchange.ExchangeRequest;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.assertion.ClaimedActor;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerContent;
import org.wasl.security.container.DocumentStream;
import org.wasl.security.container.DocumentVerifier;
import org.wasl.security.container.Header;
import org.wasl.security.container.PayloadOpener;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;

/** One exchange in X-Road's REST form: {@code METHOD /r1/instance/class/member/subsystem/service[/vN]}. */
@RestController
public final class AgencyController {

    private final ExchangeClient exchange;
    private final CurrentRegistry registry;
    private final ServiceMetadata metadata;
    private final Pseudonyms pseudonyms;
    private final AssertionVerifier assertions;
    private final RecordJson json;
    private final PayloadOpener payloads;
    /** Later answers come from people, or from systems that are down: nobody needs to ask each second. */
    private static final String LATER_SECONDS = "60";

    private final DocumentVerifier documents;
    private final EdgeLimits limits;

    public AgencyController(
            ExchangeClient exchange,
            CurrentRegistry registry,
            ServiceMetadata metadata,
            Pseudonyms pseudonyms,
            AssertionVerifier assertions,
            RecordJson json,
            PayloadOpener payloads,
            AsicContainerVerifier verifier,
            EdgeLimits limits) {
        this.documents = new DocumentVerifier(verifier);
        this.exchange = exchange;
        this.registry = registry;
        this.metadata = metadata;
        this.pseudonyms = pseudonyms;
        this.assertions = assertions;
        this.json = json;
        this.payloads = payloads;
        this.limits = limits;
    }

    @RequestMapping("/r1/{instance}/{memberClass}/{member}/{subsystem}/{service}/{*rest}")
    CompletableFuture<ResponseEntity<Object>> ask(
            @PathVariable String instance,
            @PathVariable String memberClass,
            @PathVariable String member,
            @PathVariable String subsystem,
            @PathVariable String service,
            @PathVariable String rest,
            MemberAuthentication certified,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        RequestHeaders headers = new RequestHeaders(request);
        // Echoed first, so that problems carry them too.
        headers.token("X-Road-Id").ifPresent(id -> response.setHeader("X-Road-Id", id));
        Registry current = registry.get();
        AgencyAddress address = AgencyAddress.of(instance, memberClass, member, subsystem, service, rest);
        AgencyClient client = AgencyClient.of(headers, certified.getPrincipal(), current);
        echo(client, response);
        Optional<ResponseEntity<byte[]>> described = metadata.answer(address, client, request, current);
        if (described.isPresent()) {
            return CompletableFuture.completedFuture(
                    ResponseEntity.status(described.get().getStatusCode())
                            .headers(described.get().getHeaders())
                            .body(described.get().getBody()));
        }
        Service asked = address.service(current);
        response.setHeader("X-Road-Service", address.subsystem() + "/" + address.code());
        if (!asked.methods().contains(request.getMethod())) {
            Set<String> allowed = new TreeSet<>(asked.methods());
            throw RefusedException.methodNotAllowed(
                    FaultCode.SERVICE_METHOD, "The service takes " + String.join(", ", allowed) + ".", allowed);
        }
        Representation representation = Representation.of(request.getHeader(HttpHeaders.ACCEPT), Representation.XML);
        limits.rates().count(client.subsystem());
        ExchangeRequest question = question(client, asked, headers, request);
        return exchange.submit(question).thenApply(result -> answer(result, representation));
    }

    /** Cancels a request that this agency sent and that has no answer yet, by a signed message. */
    @PostMapping("/exchanges/{id}/cancellation")
    CompletableFuture<ResponseEntity<Object>> cancel(
            @PathVariable String id, MemberAuthentication certified, HttpServletRequest request) {
        AgencyClient client = AgencyClient.of(new RequestHeaders(request), certified.getPrincipal(), registry.get());
        Representation representation = Representation.of(request.getHeader(HttpHeaders.ACCEPT), Representation.XML);
        UUID messageId = MessageIds.uuid(id)
                .orElseGet(() -> MessageIds.named(client.subsystem().toString(), id));
        return exchange.cancel(client.subsystem(), messageId)
                .thenApply(result -> result instanceof ExchangeResult.Faulted faulted
                                && faulted.fault().code() == FaultCode.EXCHANGE_CANCELLED
                        ? cancelled(faulted)
                        : answer(result, representation));
    }

    private static ResponseEntity<Object> cancelled(ExchangeResult.Faulted faulted) {
        HttpHeaders headers = new HttpHeaders();
        faulted.container()
                .ifPresent(fault -> headers.set(HttpHeaders.LINK, "<" + evidence(fault) + ">; rel=\"describedby\""));
        return ResponseEntity.noContent().headers(headers).build();
    }

    private ExchangeRequest question(
            AgencyClient client, Service service, RequestHeaders headers, HttpServletRequest request)
            throws IOException {
        String purpose = headers.required("Wasl-Purpose");
        String legalBasis = headers.required("Wasl-Legal-Basis");
        String party = headers.token("X-Road-Represented-Party").orElse(null);
        Optional<String> assertion = headers.value("Wasl-Assertion");
        // Who acts is what the assertion says; whether it may say so is checked before anything leaves.
        ClaimedActor acting = assertion.isEmpty()
                ? new ClaimedActor(client.actor(pseudonyms), party)
                : assertions.claimed(assertion.get()).orElseThrow(AgencyController::unreadable);
        return new ExchangeRequest(
                client.messageId(),
                client.correlationId(),
                client.subsystem(),
                service.id(),
                RequestInputs.read(request),
                acting.actor(),
                party == null ? acting.representedParty() : party,
                client.issue().orElse(null),
                purpose,
                legalBasis,
                "SYSTEM",
                ProblemResponses.locale(request),
                headers.priority(limits.urgent().contains(client.subsystem())),
                headers.patience(limits.usual(), limits.longest()),
                null,
                assertion.orElse(null));
    }

    private static RefusedException unreadable() {
        return new RefusedException(
                FaultCode.ASSERTION_MALFORMED, "Wasl-Assertion must be an assertion, in its compact form.");
    }

    private static void echo(AgencyClient client, HttpServletResponse response) {
        response.setHeader("X-Road-Client", client.subsystem().toString());
        response.setHeader("X-Road-Id", client.id());
        response.setHeader("X-Road-Request-Id", client.messageId().toString());
        client.userId().ifPresent(user -> response.setHeader("X-Road-UserId", user));
        client.issue().ifPresent(issue -> response.setHeader("X-Road-Issue", issue));
    }

    private ResponseEntity<Object> answer(ExchangeResult result, Representation representation) {
        if (result instanceof ExchangeResult.Faulted faulted) {
            throw new RefusedException(
                    faulted.fault(),
                    faulted.container().map(AgencyController::evidence).orElse(null));
        }
        if (result instanceof ExchangeResult.Deferred deferred) {
            return later(deferred, representation);
        }
        ExchangeResult.Answered answered = (ExchangeResult.Answered) result;
        if (answered.reply().header().hasDocument()) {
            return document(answered);
        }
        Records records = Records.of(answered.reply(), payloads);
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, representation.contentType());
        headers.set("X-Road-Request-Hash", RequestHash.of(answered.request()));
        headers.set("Wasl-Reply-Id", answered.reply().header().messageId().toString());
        headers.set("Wasl-As-Of", records.asOf());
        headers.set("Wasl-Coverage", records.coverage());
        headers.set(HttpHeaders.LINK, "<" + evidence(answered.reply()) + ">; rel=\"describedby\"");
        return ResponseEntity.ok().headers(headers).body(records.as(representation, json));
    }

    /** The provider answers later: whoever asks again with the same X-Road-Id gets the answer once it is there. */
    private ResponseEntity<Object> later(ExchangeResult.Deferred deferred, Representation representation) {
        Header interim = deferred.interim().header();
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, representation.contentType());
        headers.set("X-Road-Request-Hash", RequestHash.of(deferred.request()));
        headers.set(HttpHeaders.RETRY_AFTER, LATER_SECONDS);
        headers.set("Wasl-Interim-Id", interim.messageId().toString());
        headers.set("Wasl-Open-Until", interim.expires().toString());
        headers.set(HttpHeaders.LINK, "<" + evidence(deferred.interim()) + ">; rel=\"describedby\"");
        return ResponseEntity.accepted()
                .headers(headers)
                .body(Records.of(deferred.interim(), payloads).as(representation, json));
    }

    /** A document goes out as it is read from the log; it is what it is, whatever was said of acceptable types. */
    private ResponseEntity<Object> document(ExchangeResult.Answered answered) {
        Container reply = answered.reply();
        ContainerContent kept = reply.whole();
        ContainerContent whole = kept == null ? ContainerContent.of(reply.octets()) : kept;
        long length;
        try (DocumentStream document = documents.document(whole)) {
            length = document.length();
        } catch (IOException e) {
            throw new LogUnavailableException("a document in the log cannot be read", e);
        }
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, reply.header().payloadMediaType());
        headers.set(HttpHeaders.CONTENT_DISPOSITION, "attachment");
        headers.set("X-Road-Request-Hash", RequestHash.of(answered.request()));
        headers.set("Wasl-Reply-Id", reply.header().messageId().toString());
        headers.set(HttpHeaders.LINK, "<" + evidence(reply) + ">; rel=\"describedby\"");
        return ResponseEntity.ok().headers(headers).body(new ContentResource(length, () -> documents
                .document(whole)
                .octets()));
    }

    /** Where a party finds this container. */
    private static String evidence(Container container) {
        return "/containers/" + container.header().messageId();
    }
}
