package org.wasl.routes.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.AppendResult;
import org.wasl.routes.composite.AnswerSources;
import org.wasl.routes.composite.CompositeDeclaration;
import org.wasl.routes.composite.CompositeResult;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.flow.MessageIds;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.agreement.AccessDecision;
import org.wasl.security.agreement.AccessRequest;
import org.wasl.security.assertion.AssertedRequest;
import org.wasl.security.assertion.AssertionVerdict;
import org.wasl.security.container.Container;
import org.wasl.security.container.Coverage;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.container.RegistryReference;
import org.wasl.security.keys.SigningKey;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryValidity;

/**
 * Makes orders: the request that a person's portal asks with is signed and logged as any other, and answered by the signed
 * order, which is no final answer: that is the statement of how it ended. So the log itself says which orders are open.
 */
final class PaymentOrders {

    private static final String STEP = "payment";
    private static final String XML = "application/xml";
    private static final Duration REQUEST_LIFE = Duration.ofMinutes(1);
    private static final int MAX_NUMBERS = 8;

    private final PaymentParts parts;
    private final PaymentRules rules;
    private final Reckoning reckoning;
    private final OrderLog orders;
    private final PaymentDesk desk;
    private final PayloadXml payloads;
    private final AnswerSigner signer;
    private final Ledger ledger;

    PaymentOrders(
            PaymentParts parts,
            OrderLog orders,
            PaymentDesk desk,
            PayloadXml payloads,
            AnswerSigner signer,
            Ledger ledger) {
        this.parts = parts;
        this.rules = parts.rules();
        this.reckoning = new Reckoning(rules);
        this.orders = orders;
        this.desk = desk;
        this.payloads = payloads;
        this.signer = signer;
        this.ledger = ledger;
    }

    /** A final answer that may be paid, and what it was asked with. */
    private record Payable(
            CompositeDeclaration declaration,
            Container request,
            Container answer,
            AnswerSources sources,
            Map<String, String> inputs) {}

    /** A value, or why there is none. */
    private record Outcome<T>(@Nullable T value, @Nullable Fault fault) {

        static <T> Outcome<T> of(T value) {
            return new Outcome<>(value, null);
        }

        static <T> Outcome<T> refused(FaultCode code, String detail) {
            return new Outcome<>(null, new Fault(code, Stage.COMPOSE, "payment", detail));
        }
    }

    /** Makes the order, or gives the one that there is. */
    PaymentResult order(PaymentRequest asked) {
        Outcome<Payable> payable = payable(asked.trackingId());
        if (payable.value() == null) {
            return refuse(asked, Objects.requireNonNull(payable.fault()));
        }
        Header question = payable.value().request().header();
        if (!question.actor().id().equals(asked.actor().id())
                || !question.consumer().equals(asked.consumer())) {
            return refuse(asked, fault(FaultCode.PAYMENT_ANSWER, "the answer was given to somebody else"));
        }
        String number = number(asked.trackingId(), payable.value().answer());
        Optional<PaymentResult> known = find(number).map(PaymentResult.class::cast);
        if (known.isPresent()) {
            return known.get();
        }
        if (desk.full()) {
            return refuse(asked, fault(FaultCode.OVERLOADED, "too many orders are open"));
        }
        Outcome<PaymentOrder> order = reckon(number, payable.value(), ledger.now());
        return order.value() == null
                ? refuse(asked, Objects.requireNonNull(order.fault()))
                : issue(asked, payable.value(), order.value());
    }

    /** The order of this number. */
    Optional<PaymentResult.Ordered> find(String number) {
        if (!OrderNumber.valid(number)) {
            return Optional.empty();
        }
        return orders.find(number).flatMap(found -> {
            Container interim = found.interim();
            OrderAccount account = found.account();
            Optional<Container> request = orders.open(found.request());
            return interim == null || account == null || request.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new PaymentResult.Ordered(request.get().header(), interim, account));
        });
    }

    /** The number of the order that pays this answer. */
    Optional<String> number(UUID trackingId) {
        return parts.composites()
                .track(trackingId)
                .filter(CompositeResult.Answered.class::isInstance)
                .map(result -> number(trackingId, ((CompositeResult.Answered) result).answer()));
    }

    private Outcome<Payable> payable(UUID trackingId) {
        Optional<CompositeResult> result = parts.composites().track(trackingId);
        if (result.isEmpty()) {
            return Outcome.refused(FaultCode.REQUEST_NOT_FOUND, "no request has this id");
        }
        if (!(result.get() instanceof CompositeResult.Answered answered)) {
            return Outcome.refused(FaultCode.PAYMENT_ANSWER, "the answer is not final");
        }
        Optional<CompositeDeclaration> declaration = parts.composites()
                .declaration(answered.request().header().service().code());
        if (declaration.isEmpty()
                || !(payloads.read(answered.answer()) instanceof PayloadContent.Record record)
                || !(payloads.read(answered.request()) instanceof PayloadContent.Query query)) {
            return Outcome.refused(FaultCode.PAYMENT_ANSWER, "the service is not offered any more");
        }
        return Outcome.of(new Payable(
                declaration.get(),
                answered.request(),
                answered.answer(),
                AnswerSources.of(record.root()),
                query.parameters()));
    }

    /** Another answer's order with the same number is as good as impossible, and would not do. */
    private String number(UUID trackingId, Container answer) {
        for (int attempt = 0; attempt < MAX_NUMBERS; attempt++) {
            String number = OrderNumber.of(trackingId, answer.payloadDigest(), attempt);
            Optional<PaymentResult.Ordered> other = find(number)
                    .filter(found -> !found.account().order().trackingId().equals(trackingId));
            if (other.isEmpty()) {
                return number;
            }
        }
        throw new IllegalStateException("no free number for an order");
    }

    private Outcome<PaymentOrder> reckon(String number, Payable payable, Instant now) {
        Instant answered = payable.answer().header().issued();
        if (answered.plus(rules.answerAge()).isBefore(now)) {
            return Outcome.refused(FaultCode.PAYMENT_ANSWER, "the answer is older than " + rules.answerAge());
        }
        Reckoning.Reckoned reckoned = reckoning.of(payable.declaration(), payable.sources(), payable.inputs(), now);
        if (reckoned instanceof Reckoning.Reckoned.NotItemised not) {
            return Outcome.refused(FaultCode.PAYMENT_NOT_ITEMISED, not.detail());
        }
        if (!(reckoned instanceof Reckoning.Reckoned.Items items)) {
            return Outcome.refused(FaultCode.PAYMENT_NOTHING_DUE, "nothing is owed");
        }
        Fils total = Fils.sum(items.items().stream().map(OrderItem::amount).toList());
        return Outcome.of(new PaymentOrder(
                number,
                payable.request().header().messageId(),
                payable.answer().asInReplyTo(),
                now,
                items.payBy(),
                rules.currency(),
                rules.small(total),
                rules.channels(total),
                items.items()));
    }

    private PaymentResult issue(PaymentRequest asked, Payable payable, PaymentOrder order) {
        Registry current = parts.registry().get();
        Instant issued = ledger.now();
        Map<String, String> question =
                Map.of(PaymentRequest.TRACKING_ID, asked.trackingId().toString());
        Header header = header(asked, order, current, issued);
        Optional<Fault> denied = denied(asked, header, question, current);
        if (denied.isPresent()) {
            return refuse(asked, denied.get());
        }
        Optional<SigningKey> key = parts.keys().messageKey(asked.consumer().member());
        if (key.isEmpty()) {
            return refuse(asked, fault(FaultCode.CLIENT_MISMATCH, "this node does not speak for the consumer"));
        }
        Container request = parts.signer().sign(header, PayloadXml.query(question, asked.assertion()), key.get());
        AppendResult appended = ledger.durable(ledger.received(composer(), request, subject(payable), null));
        if (appended instanceof AppendResult.Duplicate) {
            // Asked twice at once: whoever was first has made, or makes, the order.
            return find(order.number())
                    .map(PaymentResult.class::cast)
                    .orElseGet(() -> new PaymentResult.Refused(fault(FaultCode.OVERLOADED, "the order is being made")));
        }
        return signed(request, order);
    }

    private PaymentResult signed(Container request, PaymentOrder order) {
        byte[] payload = PayloadXml.record(PaymentXml.write(order), order.issued(), Coverage.COMPLETE);
        Instant openUntil = order.payBy().plus(rules.gateway().closes());
        Container interim = signer.sign(
                signer.interimDraft(request, parts.registry().get(), PaymentXml.SCHEMA_VERSION, payload, openUntil));
        ledger.durable(ledger.sent(composer(), interim, null, null));
        desk.opened(order.number());
        return find(order.number())
                .map(PaymentResult.class::cast)
                .orElseThrow(() -> new IllegalStateException("the order that was logged is not found"));
    }

    /** Makes the order of a request that the last run logged, and did not answer. */
    void takeUp(Container request) {
        String trackingId = payloads.read(request) instanceof PayloadContent.Query query
                ? query.parameters().getOrDefault(PaymentRequest.TRACKING_ID, "")
                : "";
        Outcome<Payable> payable = payable(UUID.fromString(trackingId));
        Outcome<PaymentOrder> order = payable.value() == null
                ? new Outcome<>(null, payable.fault())
                : reckon(request.header().correlationId(), payable.value(), ledger.now());
        if (order.value() != null) {
            signed(request, order.value());
            return;
        }
        Fault fault = Objects.requireNonNull(order.fault());
        Container signedFault =
                signer.fault(rules.service().subsystem(), request.header(), request.asInReplyTo(), fault);
        ledger.durable(ledger.sent(composer(), signedFault, null, fault.code()));
    }

    private Header header(PaymentRequest asked, PaymentOrder order, Registry current, Instant issued) {
        return new Header(
                MessageIds.step(asked.trackingId(), STEP),
                order.number(),
                MessageKind.REQUEST,
                asked.consumer(),
                asked.consumer(),
                rules.service().subsystem(),
                rules.service(),
                PaymentXml.SCHEMA_VERSION,
                XML,
                null,
                asked.actor(),
                asked.representedParty(),
                asked.caseReference(),
                rules.purpose(),
                rules.legalBasis(),
                asked.channel(),
                asked.locale(),
                Priority.NORMAL,
                issued,
                issued.plus(REQUEST_LIFE),
                null,
                RegistryReference.to(current, issued).orElse(null),
                null);
    }

    private Optional<Fault> denied(
            PaymentRequest asked, Header header, Map<String, String> question, Registry current) {
        Optional<FaultCode> closed = parts.gate().closed();
        if (closed.isPresent()) {
            return Optional.of(fault(closed.get(), "the log of this node lacks evidence that others hold"));
        }
        Optional<Fault> expired = RegistryValidity.refusal(current, header.issued(), Stage.AUTHORIZE);
        if (expired.isPresent()) {
            return expired;
        }
        AssertionVerdict verdict = parts.assertions()
                .check(
                        asked.assertion(),
                        current.trusted().issuers(),
                        AssertedRequest.of(header, question),
                        header.issued());
        if (verdict.refusal().isPresent()) {
            return verdict.refusal();
        }
        AccessDecision decision = parts.policy()
                .decide(
                        new AccessRequest(
                                header.consumer(),
                                header.service(),
                                header.purpose(),
                                header.legalBasis(),
                                header.actor(),
                                header.representedParty(),
                                header.caseReference(),
                                question,
                                verdict.believed(),
                                header.issued()),
                        current,
                        true);
        return decision instanceof AccessDecision.Denied refused ? Optional.of(refused.fault()) : Optional.empty();
    }

    private static @Nullable String subject(Payable payable) {
        List<CompositeDeclaration.Input> inputs = payable.declaration().inputs();
        return inputs.stream()
                .filter(CompositeDeclaration.Input::subject)
                .map(input -> payable.inputs().get(input.name()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Logs a refusal, and says it. */
    private PaymentResult refuse(PaymentRequest asked, Fault fault) {
        ledger.durable(ledger.refusedRequest(
                asked.consumer(),
                MessageIds.step(asked.trackingId(), STEP),
                asked.trackingId().toString(),
                rules.service(),
                rules.purpose(),
                asked.actor().id(),
                null,
                fault.code()));
        return new PaymentResult.Refused(fault);
    }

    private MemberId composer() {
        return rules.service().member();
    }

    private static Fault fault(FaultCode code, String detail) {
        return new Fault(code, Stage.COMPOSE, "payment", detail);
    }
}
