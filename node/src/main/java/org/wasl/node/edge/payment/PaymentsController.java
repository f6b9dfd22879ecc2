package org.wasl.node.edge.payment;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.node.edge.MessageIds;
import org.wasl.node.edge.RequestInputs;
import org.wasl.node.edge.problem.ProblemResponses;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.AssertionAnswer;
import org.wasl.node.identity.AssertionClient;
import org.wasl.node.identity.AssertionOrder;
import org.wasl.node.identity.Caller;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.routes.composite.CompositeResult;
import org.wasl.routes.composite.CompositeServices;
import org.wasl.routes.payment.PaymentRequest;
import org.wasl.routes.payment.PaymentResult;
import org.wasl.routes.payment.PaymentServices;
import org.wasl.routes.payment.ReconciliationResult;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.container.Header;

/** One order over what an answer says is owed, and how it stands: for whoever asked for that answer. */
@RestController
public final class PaymentsController {

    private final PaymentServices payments;
    private final CompositeServices composites;
    private final Optional<AssertionClient> assertions;

    /** @param assertions the way to the issuer who asserts who asks; empty when none is configured */
    public PaymentsController(
            PaymentServices payments, CompositeServices composites, Optional<AssertionClient> assertions) {
        this.payments = payments;
        this.composites = composites;
        this.assertions = assertions;
    }

    @PostMapping(path = "/payments", produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ResponseEntity<PaymentView>> order(
            CallerAuthentication authentication, HttpServletRequest request) throws IOException {
        Map<String, String> inputs = RequestInputs.read(request);
        if (!inputs.keySet().equals(Set.of(PaymentRequest.TRACKING_ID))) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "Give trackingId, and nothing else.");
        }
        UUID trackingId = MessageIds.uuid(inputs.getOrDefault(PaymentRequest.TRACKING_ID, ""))
                .orElseThrow(PaymentsController::noRequest);
        Caller caller = authentication.getPrincipal();
        Header asked = own(caller, trackingId);
        String locale = ProblemResponses.locale(request);
        return asserted(caller, asked, trackingId, locale)
                .thenCompose(payments::order)
                .thenApply(result -> {
                    if (result instanceof PaymentResult.Refused refused) {
                        throw new RefusedException(refused.fault(), null);
                    }
                    return answer((PaymentResult.Ordered) result, true);
                });
    }

    @GetMapping(path = "/payments/{order}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<PaymentView> order(@PathVariable String order, CallerAuthentication authentication) {
        Caller caller = authentication.getPrincipal();
        return payments.find(order)
                .filter(found -> found.request().actor().id().equals(caller.actorId()))
                .map(found -> answer(found, false))
                .orElseThrow(() ->
                        new RefusedException(FaultCode.PAYMENT_UNKNOWN, "There is no such order, or it is another's."));
    }

    /** The gateway's file of a day beside the log. */
    @GetMapping(path = "/payments/reconciliation", produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ReconciliationView> reconcile(@RequestParam String day) {
        LocalDate date;
        try {
            date = LocalDate.parse(day);
        } catch (DateTimeException e) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "Give day as 2026-01-31.", e);
        }
        return payments.reconcile(date).thenApply(result -> {
            if (result instanceof ReconciliationResult.Unavailable unavailable) {
                throw new RefusedException(unavailable.fault(), null);
            }
            return ReconciliationView.of(((ReconciliationResult.Compared) result).reconciliation());
        });
    }

    private static ResponseEntity<PaymentView> answer(PaymentResult.Ordered ordered, boolean made) {
        PaymentView view = PaymentView.of(ordered);
        ResponseEntity.BodyBuilder answer =
                made ? ResponseEntity.created(URI.create("/payments/" + view.number())) : ResponseEntity.ok();
        return answer.header(
                        HttpHeaders.LINK,
                        "</containers/" + ordered.order().header().messageId() + ">; rel=\"describedby\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(view);
    }

    /** The caller's own answered request. */
    private Header own(Caller caller, UUID trackingId) {
        CompositeResult result = composites.track(trackingId).orElseThrow(PaymentsController::noRequest);
        Header asked = header(result);
        if (!asked.actor().id().equals(caller.actorId())) {
            throw noRequest();
        }
        if (!(result instanceof CompositeResult.Answered)) {
            throw new RefusedException(FaultCode.PAYMENT_ANSWER, "The request has no final answer.");
        }
        return asked;
    }

    private static Header header(CompositeResult result) {
        if (result instanceof CompositeResult.Answered answered) {
            return answered.request().header();
        }
        if (result instanceof CompositeResult.Running running) {
            return running.request().header();
        }
        if (result instanceof CompositeResult.Pending pending) {
            return pending.request().header();
        }
        return ((CompositeResult.Faulted) result)
                .request()
                .orElseThrow(PaymentsController::noRequest)
                .header();
    }

    private CompletableFuture<PaymentRequest> asserted(Caller caller, Header asked, UUID trackingId, String locale) {
        ActorKind kind = asked.actor().kind();
        if (assertions.isEmpty()) {
            return CompletableFuture.completedFuture(request(caller, asked, kind, trackingId, locale, null));
        }
        String number = payments.number(trackingId).orElseThrow(PaymentsController::noRequest);
        AssertionOrder order = new AssertionOrder(
                caller.token(),
                number,
                payments.rules().purpose(),
                List.of(payments.rules().service()),
                Map.of(PaymentRequest.TRACKING_ID, trackingId.toString()),
                kind,
                caller.actorId(),
                asked.representedParty());
        return assertions.get().assertion(order).thenApply(answer -> {
            if (answer instanceof AssertionAnswer.Refused refused) {
                throw new RefusedException(refused.fault(), null);
            }
            return request(caller, asked, kind, trackingId, locale, ((AssertionAnswer.Issued) answer).assertion());
        });
    }

    private static PaymentRequest request(
            Caller caller, Header asked, ActorKind kind, UUID trackingId, String locale, @Nullable String assertion) {
        return new PaymentRequest(
                trackingId,
                asked.consumer(),
                caller.actor(kind, assertion),
                asked.representedParty(),
                asked.caseReference(),
                "WEB",
                locale,
                assertion);
    }

    private static RefusedException noRequest() {
        return new RefusedException(FaultCode.REQUEST_NOT_FOUND, "There is no such request, or it is another's.");
    }
}
