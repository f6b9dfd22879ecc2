package org.wasl.routes.exchange;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.routes.flow.Ended;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.MemberId;
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

    DeadLetters(CurrentRegistry registry, MemberKeys keys, ContainerVerifier verifier, Ledger ledger, Answers answers) {
        this.registry = registry;
        this.keys = keys;
        this.verifier = verifier;
        this.ledger = ledger;
        this.answers = answers;
    }

    /** Looks at a message that no attempt could process. */
    Object examine(Arrival arrival) {
        if (arrival.loggedFault() != null) {
            LOG.warn("A dead letter that is in the log as {}", arrival.loggedFault());
            return Ended.Done.DONE;
        }
        ContainerVerdict verdict = verifier.verify(arrival.octets(), registry.get(), ledger.now());
        if (verdict instanceof ContainerVerdict.Genuine genuine && servedHere(genuine.container())) {
            Container request = genuine.container();
            Header header = request.header();
            LOG.warn("Request {} to {} could not be processed", header.messageId(), header.provider());
            Arrival addressed = new Arrival(
                    header.provider().member(), header.provider(), arrival.octets(), null, arrival.replyNode(), null);
            Fault fault = new Fault(
                    FaultCode.INTERNAL,
                    Stage.TRANSPORT,
                    header.provider().member().toString(),
                    "the provider's node could not process the request");
            return new Serving.Refused(addressed, Optional.of(header), Optional.of(request), fault, true);
        }
        record(arrival, FaultCode.INTERNAL);
        return Ended.Done.DONE;
    }

    private boolean servedHere(Container container) {
        Header header = container.header();
        return header.kind() == MessageKind.REQUEST
                && keys.messageKey(header.provider().member()).isPresent();
    }

    /** Logs a message that expired in a queue. Whoever sent it has ended the exchange by its own clock. */
    Object expired(Arrival arrival) {
        record(arrival, FaultCode.EXCHANGE_EXPIRED);
        return Ended.Done.DONE;
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
        return header.kind() == MessageKind.REQUEST
                ? header.provider().member()
                : header.consumer().member();
    }
}
