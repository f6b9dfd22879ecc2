package org.wasl.routes.exchange;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.flow.Ended;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.flow.MessageIds;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Container;
import org.wasl.security.container.InReplyTo;

/**
 * Sees to it that one request has one effect. A request that was answered gets its recorded answer again; one that
 * is being processed is refused, since its answer will come; one that was received but not answered, because of a crash,
 * is processed. What decides is the log: the table of running
 * requests only spares a second read meanwhile, and that of recent ones most questions to the log.
 */
final class ReplayGuard implements Processor {

    private final Set<UUID> running = ConcurrentHashMap.newKeySet();
    private final Ledger ledger;
    private final RecentRequests recent;
    private final Unfinished<InboxRecovery.Received> unfinished = new Unfinished<>();

    ReplayGuard(Ledger ledger, RecentRequests recent) {
        this.ledger = ledger;
        this.recent = recent;
    }

    @Override
    public void process(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (!(body instanceof Serving.Verified verified)) {
            if (!(body instanceof Ended)) {
                throw new IllegalStateException("expected a verified request as the body");
            }
            return;
        }
        SubsystemId provider = verified.provider();
        Container request = verified.request();
        UUID answerId = MessageIds.answer(provider, request.header().sender(), request.asInReplyTo());
        if (!running.add(answerId)) {
            exchange.getMessage().setBody(refused(verified));
            return;
        }
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                running.remove(answerId);
                if (done.isFailed()) {
                    unfinished.add(
                            new InboxRecovery.Received(
                                    provider,
                                    request.header().sender(),
                                    request.header().messageId(),
                                    verified.until()),
                            verified.until());
                }
            }
        });
        if (recent.surelyNew(answerId, request.header().issued(), ledger.now())) {
            return;
        }
        Optional<StoredMessage> answer = sent(provider, answerId).or(() -> announcement(verified));
        answer.ifPresent(stored -> exchange.getMessage().setBody(replayed(verified, stored)));
    }

    /** Whether a request has its answer here, or the word that it comes later, or is being answered now. */
    boolean hasEnd(SubsystemId provider, SubsystemId requester, InReplyTo request) {
        UUID answerId = MessageIds.answer(provider, requester, request);
        return running.contains(answerId)
                || sent(provider, answerId).isPresent()
                || sent(provider, MessageIds.interim(provider, requester, request))
                        .isPresent();
    }

    private Optional<StoredMessage> sent(SubsystemId provider, UUID id) {
        return ledger.find(provider.member(), Direction.SENT, provider, id);
    }

    /** The requests that failed here, and so may have no answer: they go back to the broker, which may give them up. */
    Unfinished<InboxRecovery.Received> unfinished() {
        return unfinished;
    }

    /** That the answer comes later: whoever asks again until then gets that again. */
    private Optional<StoredMessage> announcement(Serving.Verified verified) {
        SubsystemId provider = verified.provider();
        Container request = verified.request();
        return sent(provider, MessageIds.interim(provider, request.header().sender(), request.asInReplyTo()));
    }

    private Serving replayed(Serving.Verified verified, StoredMessage answer) {
        byte[] recorded = answer.container();
        return recorded == null
                ? refused(verified)
                : new Serving.Replayed(
                        verified.arrival(),
                        verified.request(),
                        recorded,
                        ledger.whole(answer.index()).orElse(null));
    }

    private static Serving refused(Serving.Verified verified) {
        Fault fault = new Fault(
                FaultCode.EXCHANGE_REPLAYED,
                Stage.REPLAY,
                verified.arrival().member().toString(),
                "the request was received before");
        Container request = verified.request();
        return new Serving.Refused(
                verified.arrival(), Optional.of(request.header()), Optional.of(request), fault, false);
    }
}
