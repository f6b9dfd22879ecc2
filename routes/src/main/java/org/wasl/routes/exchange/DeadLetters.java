package org.wasl.routes.exchange;

import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.Direction;
import org.wasl.routes.flow.Ended;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.flow.MessageIds;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.ContainerVerifier;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.registry.CurrentRegistry;

/**
 * What becomes of messages that were delivered in vain, or whose time ran out in a queue: the log keeps them, and a
 * genuine request is answered by a signed fault, so that nobody waits for what will not come.
 */
final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final CurrentRegistry registry;
    private final MemberKeys keys;
    private final ContainerVerifier verifier;
    private final Ledger ledger;
    private final Answers answers;
    private final DeadLetterAlarm alarm;

    DeadLetters(
            CurrentRegistry registry,
            MemberKeys keys,
            ContainerVerifier verifier,
            Ledger ledger,
            Answers answers,
            DeadLetterAlarm alarm) {
        this.alarm = alarm;
        this.registry = registry;
        this.keys = keys;
        this.verifier = verifier;
        this.ledger = ledger;
        this.answers = answers;
    }

    /** Looks at a message that no attempt could process. */
    Object examine(Arrival arrival) {
        if (arrival.loggedFault() != null) {
            alarm.raise(arrival.loggedFault().wireCode());
            return Ended.Done.DONE;
        }
        ContainerVerdict verdict = verifier.verify(arrival.octets(), registry.get(), ledger.now());
        if (verdict instanceof ContainerVerdict.Genuine genuine && servedHere(genuine.container())) {
            Container request = genuine.container();
            Header header = request.header();
            LOG.warn("Request {} to {} could not be processed", header.messageId(), header.provider());
            alarm.raise(FaultCode.INTERNAL.wireCode());
            return refused(arrival, request, FaultCode.INTERNAL, "the provider's node could not process the request");
        }
        alarm.raise(FaultCode.INTERNAL.wireCode());
        record(arrival, FaultCode.INTERNAL);
        return Ended.Done.DONE;
    }

    private boolean servedHere(Container container) {
        Header header = container.header();
        return header.kind() == MessageKind.REQUEST
                && keys.messageKey(header.provider().member()).isPresent();
    }

    /**
     * Logs a message that expired in a queue. Whoever sent it has ended the exchange by its own clock. But a request that
     * this provider had received, before a crash, and not answered gets its end in the provider's log too.
     */
    Object expired(Arrival arrival) {
        Optional<Container> abandoned =
                answers.open(arrival.octets()).filter(this::servedHere).filter(this::receivedUnanswered);
        if (abandoned.isEmpty()) {
            record(arrival, FaultCode.EXCHANGE_EXPIRED);
            return Ended.Done.DONE;
        }
        return refused(
                arrival,
                abandoned.get(),
                FaultCode.EXCHANGE_EXPIRED,
                "the request's time was up before the provider's node could answer it");
    }

    /** Whether these very octets were verified and logged by the provider, and no answer of its followed. */
    private boolean receivedUnanswered(Container request) {
        Header header = request.header();
        SubsystemId provider = header.provider();
        UUID answerId = MessageIds.answer(provider, header.sender(), request.asInReplyTo());
        return ledger.find(provider.member(), Direction.RECEIVED, header.sender(), header.messageId())
                        .flatMap(answers::open)
                        .filter(received -> received.asInReplyTo().equals(request.asInReplyTo()))
                        .isPresent()
                && ledger.find(provider.member(), Direction.SENT, provider, answerId)
                        .isEmpty()
                && ledger.about(provider.member(), Direction.SENT, MessageKind.INTERIM, header.messageId())
                        .isEmpty();
    }

    private static Serving.Refused refused(Arrival arrival, Container request, FaultCode code, String detail) {
        Header header = request.header();
        Arrival addressed = new Arrival(
                header.provider().member(),
                header.provider(),
                arrival.octets(),
                null,
                arrival.brokerUser(),
                arrival.replyNode(),
                null);
        Fault fault =
                new Fault(code, Stage.TRANSPORT, header.provider().member().toString(), detail);
        return new Serving.Refused(addressed, Optional.of(header), Optional.of(request), fault, true);
    }

    private void record(Arrival arrival, FaultCode code) {
        Optional<Container> claimed = answers.open(arrival.octets());
        MemberId member = claimed.map(container -> receiver(container.header()))
                .filter(keys.members()::contains)
                .orElse(arrival.member());
        ledger.durable(claimed.map(container -> ledger.refused(member, container.header(), arrival.octets(), code))
                .orElseGet(() -> ledger.refusedUnread(member, arrival.octets(), code)));
        LOG.warn("A message to {} ended as {}", member, code.wireCode());
    }

    private static MemberId receiver(Header header) {
        return header.kind() == MessageKind.REQUEST || header.kind() == MessageKind.CANCELLATION
                ? header.provider().member()
                : header.consumer().member();
    }
}
