package org.wasl.routes.composite;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.routes.exchange.ExchangeRequest;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.routes.exchange.LateAnswerListener;
import org.wasl.schemas.deferral.Deferral;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.Container;
import org.wasl.security.container.Coverage;
import org.wasl.security.container.Header;
import org.wasl.security.container.InReplyTo;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.keys.MemberKeys;

/** The bus as composition sees it: every step's request and answer really signed, the answers chosen by the test. */
final class AnsweringExchanges implements ExchangeClient {

    private final Map<String, Duration> deferrals = new ConcurrentHashMap<>();
    private final List<LateAnswerListener> listeners = new CopyOnWriteArrayList<>();
    private final List<UUID> cancelled = new CopyOnWriteArrayList<>();
    private final MemberKeys keys;
    private final Map<String, Object> answers = new HashMap<>();
    private final List<ExchangeRequest> asked = new ArrayList<>();
    private Instant asOf = Instant.now();

    AnsweringExchanges(MemberKeys keys) {
        this.keys = keys;
    }

    /** The service of this code answers this record. */
    AnsweringExchanges answer(String service, String record) {
        answers.put(service, record);
        return this;
    }

    /** The service of this code answers this record, without vouching that there is nothing more. */
    AnsweringExchanges answerInPart(String service, String record) {
        answers.put(service, Coverage.INCOMPLETE);
        answers.put(service + "/record", record);
        return this;
    }

    /** The service of this code ends in this fault. */
    AnsweringExchanges fault(String service, FaultCode code) {
        answers.put(service, code);
        return this;
    }

    /** The service of this code answers when the test completes the future. */
    AnsweringExchanges later(String service, CompletableFuture<Void> when) {
        answers.put(service + "/when", when);
        return this;
    }

    /** The service of this code announces its answer for later, until {@link #deferredEnds}. */
    AnsweringExchanges deferred(String service, Duration staysOpen) {
        deferrals.put(service, staysOpen);
        return this;
    }

    /** The same for what is asked about this person alone. */
    AnsweringExchanges deferredAbout(String service, String number, Duration staysOpen) {
        return deferred(service + "/" + number, staysOpen);
    }

    /** What was announced is there: whoever listens is told. */
    synchronized void deferredEnds(String service) {
        deferrals.remove(service);
        for (ExchangeRequest request : List.copyOf(asked)) {
            if (keys(request).contains(service)) {
                ExchangeResult end =
                        result(request, answers.get(request.service().code()));
                Container sent = end instanceof ExchangeResult.Answered answered
                        ? answered.request()
                        : ((ExchangeResult.Faulted) end).request().orElseThrow();
                listeners.forEach(listener -> listener.ended(sent, end));
                return;
            }
        }
    }

    /** The ids of the requests that were cancelled while they were announced for later. */
    List<UUID> cancelled() {
        return List.copyOf(cancelled);
    }

    @Override
    public CompletableFuture<ExchangeResult> cancel(SubsystemId consumer, UUID messageId) {
        Optional<ExchangeRequest> open = asked().stream()
                .filter(request -> request.messageId().equals(messageId)
                        && staysOpen(request).isPresent())
                .findFirst();
        Fault fault = new Fault(
                open.isPresent() ? FaultCode.EXCHANGE_CANCELLED : FaultCode.REQUEST_NOT_FOUND,
                Stage.TRANSPORT,
                consumer.member().toString(),
                "as the test says");
        open.ifPresent(request -> cancelled.add(messageId));
        return CompletableFuture.completedFuture(new ExchangeResult.Faulted(fault, Optional.empty(), Optional.empty()));
    }

    @Override
    public Optional<ExchangeResult> find(SubsystemId consumer, UUID messageId) {
        return asked().stream()
                .filter(request -> request.messageId().equals(messageId))
                .findFirst()
                .map(request -> result(request, answers.get(request.service().code())));
    }

    /** The service's code, and the same about this person alone. */
    private static List<String> keys(ExchangeRequest request) {
        String service = request.service().code();
        return List.of(service, service + "/" + request.parameters().get("nationalNumber"));
    }

    private Optional<Duration> staysOpen(ExchangeRequest request) {
        return keys(request).stream()
                .map(deferrals::get)
                .filter(Objects::nonNull)
                .findFirst();
    }

    @Override
    public void onLateAnswer(LateAnswerListener listener) {
        listeners.add(listener);
    }

    /** The records' date. */
    AnsweringExchanges asOf(Instant instant) {
        asOf = instant;
        return this;
    }

    synchronized List<ExchangeRequest> asked() {
        return List.copyOf(asked);
    }

    @Override
    public synchronized CompletableFuture<ExchangeResult> submit(ExchangeRequest request) {
        asked.add(request);
        String service = request.service().code();
        Object when = answers.get(service + "/when");
        CompletableFuture<?> ready =
                when instanceof CompletableFuture<?> future ? future : CompletableFuture.completedFuture(null);
        return ready.thenApply(done -> result(request, answers.get(service)));
    }

    private ExchangeResult result(ExchangeRequest request, Object answer) {
        Container asked = sign(header(request, MessageKind.REQUEST, null), PayloadXml.query(request.parameters()));
        if (answer instanceof FaultCode code) {
            Fault fault =
                    new Fault(code, Stage.CONNECTOR, request.service().member().toString(), "as the test says");
            Container signed = sign(header(request, MessageKind.FAULT, asked.asInReplyTo()), PayloadXml.fault(fault));
            return new ExchangeResult.Faulted(fault, Optional.of(asked), Optional.of(signed));
        }
        Optional<Duration> staysOpen = staysOpen(request);
        if (staysOpen.isPresent()) {
            Instant until = Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(staysOpen.get());
            Deferral deferral = new Deferral("REVIEW-7", "MANUAL_REVIEW", "قيد المراجعة", "Under review", null, until);
            return new ExchangeResult.Deferred(
                    asked,
                    sign(header(request, MessageKind.INTERIM, asked.asInReplyTo()), PayloadXml.later(deferral)),
                    deferral);
        }
        boolean whole = answer instanceof String;
        String record =
                String.valueOf(whole ? answer : answers.get(request.service().code() + "/record"));
        byte[] payload = PayloadXml.record(
                record.getBytes(StandardCharsets.UTF_8), asOf, whole ? Coverage.COMPLETE : Coverage.INCOMPLETE);
        return new ExchangeResult.Answered(
                asked, sign(header(request, MessageKind.REPLY, asked.asInReplyTo()), payload));
    }

    private Container sign(Header header, byte[] payload) {
        return new AsicContainerSigner()
                .sign(header, payload, keys.messageKey(header.sender().member()).orElseThrow());
    }

    private static Header header(ExchangeRequest request, MessageKind kind, InReplyTo inReplyTo) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        boolean isRequest = kind == MessageKind.REQUEST;
        return new Header(
                isRequest ? request.messageId() : UUID.randomUUID(),
                request.correlationId(),
                kind,
                isRequest ? request.consumer() : request.service().subsystem(),
                request.consumer(),
                request.service().subsystem(),
                request.service(),
                "1.0",
                "application/xml",
                request.actor(),
                request.representedParty(),
                request.purpose(),
                request.legalBasis(),
                request.channel(),
                request.locale(),
                request.priority(),
                now,
                now.plusSeconds(60),
                null,
                inReplyTo);
    }
}
