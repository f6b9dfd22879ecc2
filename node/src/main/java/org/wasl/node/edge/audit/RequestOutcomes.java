package org.wasl.node.edge.audit;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.container.MessageKind;

/** Looks up what became of requests. */
public final class RequestOutcomes {

    private final AuditedLog log;

    public RequestOutcomes(AuditedLog log) {
        this.log = log;
    }

    /**
     * What became of a request.
     *
     * @param fault the wire code of the fault that ended it; null when none did
     */
    public record Outcome(RequestStatus status, @Nullable String fault) {}

    /** The outcome that a leaf tells of or belongs to; empty for what is no part of a request. */
    public Optional<Outcome> of(Leaf leaf) {
        if (Direction.RECORDED.name().equals(leaf.direction())) {
            return Optional.empty();
        }
        if (Direction.REFUSED.name().equals(leaf.direction())) {
            return Optional.of(new Outcome(RequestStatus.REFUSED, leaf.fault()));
        }
        if (MessageKind.REPLY.name().equals(leaf.kind())) {
            return Optional.of(new Outcome(RequestStatus.ANSWERED, null));
        }
        if (MessageKind.FAULT.name().equals(leaf.kind())) {
            return Optional.of(faulted(leaf.fault()));
        }
        return MessageKind.REQUEST.name().equals(leaf.kind()) ? Optional.of(ofRequest(leaf)) : Optional.empty();
    }

    private Outcome ofRequest(Leaf request) {
        String member = request.member();
        String messageId = request.messageId();
        if (member == null || messageId == null) {
            return new Outcome(RequestStatus.OPEN, null);
        }
        return answer(MemberId.parse(member), UUID.fromString(messageId), request)
                .map(answer -> answer.kind() == MessageKind.REPLY
                        ? new Outcome(RequestStatus.ANSWERED, null)
                        : faulted(answer.faultCode()))
                .orElseGet(() -> new Outcome(RequestStatus.OPEN, null));
    }

    /** What was received is answered by what that member sent, and what was sent by what it received or gave up with. */
    private Optional<StoredMessage> answer(MemberId member, UUID id, Leaf request) {
        Optional<StoredMessage> sent = log.answer(member, Direction.SENT, id);
        if (Direction.RECEIVED.name().equals(request.direction())) {
            return sent;
        }
        return log.answer(member, Direction.RECEIVED, id)
                .or(() -> sent.filter(answer -> answer.sender().toString().equals(request.sender())));
    }

    private static Outcome faulted(@Nullable String fault) {
        return new Outcome(fault == null ? RequestStatus.FAILED : RequestStatus.ended(fault), fault);
    }
}
