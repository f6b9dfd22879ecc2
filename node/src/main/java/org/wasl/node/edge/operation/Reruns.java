package org.wasl.node.edge.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.node.edge.MessageIds;
import org.wasl.node.edge.audit.AuditedLog;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.routes.exchange.ExchangeRequest;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.OpenResult;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.keys.MemberKeys;

/**
 * Asks again what nobody could process: a new request of the same consumer, under the same correlation id and with the
 * same agreements asked anew. It is signed by the consumer's key; its idempotency key, which is signed too, names the
 * request that it stands for, and so does a record in the log, which says who ordered it and why. Its id is derived from
 * the dead letter: ordered twice, it is asked once.
 */
public final class Reruns {

    /** The purpose under which the order is recorded. */
    static final String ORDERED = "OPERATOR_RERUN";

    /** What the new request's idempotency key begins with; the id of the old one follows. */
    static final String KEY = "rerun-of-";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final MessageLog log;
    private final AuditedLog records;
    private final MemberKeys keys;
    private final AsicContainerVerifier opener;
    private final PayloadXml payloads;
    private final ExchangeClient exchanges;
    private final Terms terms;
    private final Clock clock;

    /**
     * How it is done.
     *
     * @param operator the member in whose name orders are recorded
     * @param timeout how long an answer is waited for
     * @param changes which services change something: asked again under another id, they could change it twice
     */
    public record Terms(MemberId operator, Duration timeout, Predicate<ServiceId> changes) {}

    public Reruns(
            MessageLog log,
            AuditedLog records,
            MemberKeys keys,
            AsicContainerVerifier opener,
            PayloadXml payloads,
            ExchangeClient exchanges,
            Terms terms,
            Clock clock) {
        this.log = log;
        this.records = records;
        this.keys = keys;
        this.opener = opener;
        this.payloads = payloads;
        this.exchanges = exchanges;
        this.terms = terms;
        this.clock = clock;
    }

    /**
     * What came of it; never what was answered.
     *
     * @param messageId the new request
     * @param of the old one
     * @param outcome {@code ANSWERED}, {@code DEFERRED} or {@code FAULTED}
     * @param code the fault's code; absent unless it ended by one
     * @param title the same in both languages
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            String messageId,
            String of,
            String correlationId,
            String outcome,
            @Nullable String code,
            @Nullable Map<String, String> title) {}

    /** Why it cannot be asked again, as far as the leaf tells; empty when nothing stands against it. */
    Optional<String> refusal(FoundLeaf letter) {
        Leaf leaf = letter.leaf();
        if (!MessageKind.REQUEST.name().equals(leaf.kind()) || leaf.messageId() == null || leaf.sender() == null) {
            return Optional.of("Only a request can be asked again.");
        }
        SubsystemId consumer = SubsystemId.parse(leaf.sender());
        if (keys.messageKey(consumer.member()).isEmpty()) {
            return Optional.of("This node does not speak for " + consumer.member() + ", which alone can ask again.");
        }
        Optional<StoredMessage> sent = sent(consumer, leaf.messageId());
        if (sent.isEmpty()) {
            return Optional.of("Its consumer did not send it: the log holds no such request.");
        }
        if (terms.changes().test(sent.get().service())) {
            return Optional.of("It asked for a change, which may have been made: only its consumer knows.");
        }
        return log.answer(consumer.member(), Direction.RECEIVED, sent.get().messageId())
                .filter(answer -> answer.kind() == MessageKind.REPLY)
                .map(answered -> "It has been answered meanwhile.");
    }

    /** How it was asked again; empty when it was not. */
    Optional<DeadLettersController.Rerun> earlier(FoundLeaf letter) {
        Leaf leaf = letter.leaf();
        if (leaf.messageId() == null || leaf.sender() == null || leaf.kind() == null) {
            return Optional.empty();
        }
        SubsystemId consumer = SubsystemId.parse(leaf.sender());
        UUID id = id(consumer, leaf.messageId(), letter.index());
        return log.message(consumer.member(), Direction.SENT, id)
                .map(sent -> new DeadLettersController.Rerun(id.toString(), sent.at(), outcome(consumer, id)));
    }

    private String outcome(SubsystemId consumer, UUID id) {
        Optional<StoredMessage> answer = log.answer(consumer.member(), Direction.RECEIVED, id)
                .or(() -> log.answer(consumer.member(), Direction.SENT, id));
        if (answer.isPresent()) {
            String fault = answer.get().faultCode();
            return fault == null ? "ANSWERED" : fault;
        }
        return log.about(consumer.member(), Direction.RECEIVED, MessageKind.INTERIM, id)
                        .isPresent()
                ? "DEFERRED"
                : "OPEN";
    }

    /**
     * Orders it.
     *
     * @param operator who, by an opaque id
     * @throws RefusedException with {@code wasl.rerun.impossible} when it cannot be asked again
     */
    CompletableFuture<Result> run(FoundLeaf letter, String operator, String reason) {
        refusal(letter).ifPresent(why -> {
            throw new RefusedException(FaultCode.RERUN_IMPOSSIBLE, why);
        });
        Leaf leaf = letter.leaf();
        SubsystemId consumer = SubsystemId.parse(String.valueOf(leaf.sender()));
        Container earlier = sent(consumer, String.valueOf(leaf.messageId()))
                .flatMap(this::open)
                .orElseThrow(() -> new RefusedException(
                        FaultCode.RERUN_IMPOSSIBLE, "The request was erased: what it asked is not known any more."));
        if (!(payloads.read(earlier) instanceof PayloadContent.Query query)) {
            throw new RefusedException(
                    FaultCode.RERUN_IMPOSSIBLE,
                    "What the request asked cannot be read here: it is encrypted to its provider.");
        }
        Header old = earlier.header();
        UUID id = id(consumer, old.messageId().toString(), letter.index());
        record(letter, old, id, operator, reason);
        return exchanges.submit(again(old, id, query)).thenApply(result -> result(old, id, result));
    }

    private ExchangeRequest again(Header old, UUID id, PayloadContent.Query query) {
        return new ExchangeRequest(
                id,
                old.correlationId(),
                old.consumer(),
                old.service(),
                query.parameters(),
                old.actor(),
                old.representedParty(),
                old.caseReference(),
                old.purpose(),
                old.legalBasis(),
                old.channel(),
                old.locale(),
                old.priority(),
                terms.timeout(),
                KEY + old.messageId(),
                query.assertion());
    }

    private void record(FoundLeaf letter, Header old, UUID id, String operator, String reason) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("who", operator);
        document.put("reason", reason);
        document.put("deadLetter", letter.index());
        document.put("of", old.messageId().toString());
        document.put("messageId", id.toString());
        document.put("correlationId", old.correlationId());
        try {
            records.record(LogEntry.recorded(
                    terms.operator(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    ORDERED,
                    operator,
                    null,
                    JSON.writeValueAsBytes(document)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts and numbers can be written", impossible);
        }
    }

    private static Result result(Header old, UUID id, ExchangeResult result) {
        FaultCode code = result instanceof ExchangeResult.Faulted faulted
                ? faulted.fault().code()
                : null;
        return new Result(
                id.toString(),
                old.messageId().toString(),
                old.correlationId(),
                code != null ? "FAULTED" : result instanceof ExchangeResult.Deferred ? "DEFERRED" : "ANSWERED",
                code == null ? null : code.wireCode(),
                code == null ? null : Map.of("ar", code.arabic(), "en", code.english()));
    }

    private Optional<StoredMessage> sent(SubsystemId consumer, String messageId) {
        return MessageIds.uuid(messageId)
                .flatMap(id -> log.message(consumer.member(), Direction.SENT, id))
                .filter(stored ->
                        stored.kind() == MessageKind.REQUEST && stored.sender().equals(consumer));
    }

    private Optional<Container> open(StoredMessage stored) {
        byte[] octets = stored.container();
        return octets != null && opener.open(octets) instanceof OpenResult.Opened opened
                ? Optional.of(opened.container())
                : Optional.empty();
    }

    private static UUID id(SubsystemId consumer, String messageId, long letter) {
        return MessageIds.named("wasl-rerun", consumer.toString(), messageId, Long.toString(letter));
    }
}
