package org.wasl.routes.composite;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LoggedMessages;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.flow.MessageIds;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerifier;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.OpenResult;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadXml;

/** Reads from the log how composite requests stand: there is no other record of them. */
final class CompositeTracking {

    private final LoggedMessages log;
    private final ContainerVerifier opener;
    private final PayloadXml payloads;
    private final CompositeDeclarations declarations;

    CompositeTracking(
            LoggedMessages log, ContainerVerifier opener, PayloadXml payloads, CompositeDeclarations declarations) {
        this.log = log;
        this.opener = opener;
        this.payloads = payloads;
        this.declarations = declarations;
    }

    /** The same of another log. */
    CompositeTracking of(LoggedMessages other) {
        return new CompositeTracking(other, opener, payloads, declarations);
    }

    /** The logged request of this id, if it was for one of our composite services. */
    Optional<StoredMessage> request(UUID trackingId) {
        return log.messages(trackingId).stream()
                .filter(stored -> stored.direction() == Direction.RECEIVED && stored.kind() == MessageKind.REQUEST)
                .filter(stored -> declaration(stored).isPresent())
                .findFirst();
    }

    /** The declaration of the service that a logged request asks, if it is one of ours. */
    Optional<CompositeDeclaration> declaration(StoredMessage stored) {
        return declarations
                .find(stored.service().code())
                .filter(declaration -> declaration.service().equals(stored.service()));
    }

    /** The container, opened: it was verified, or signed by us, when it was logged. Empty when it was erased. */
    Optional<Container> open(StoredMessage stored) {
        byte[] octets = stored.container();
        if (octets != null && opener.open(octets) instanceof OpenResult.Opened opened) {
            return Optional.of(opened.container());
        }
        return Optional.empty();
    }

    /** The request of this id that this consumer sent, whether or not anything has come to it. */
    Optional<Container> sent(SubsystemId consumer, UUID messageId) {
        return log.messages(messageId).stream()
                .filter(stored -> stored.direction() == Direction.SENT
                        && stored.kind() == MessageKind.REQUEST
                        && stored.member().equals(consumer.member()))
                .findFirst()
                .flatMap(this::open);
    }

    /** Whether the interim answer to the request of this id was given. */
    boolean announced(StoredMessage stored) {
        return log.about(stored.member(), Direction.SENT, MessageKind.INTERIM, stored.messageId())
                .isPresent();
    }

    /** Whether anything of what undoes this request's changes was sent; then nothing of it may stand. */
    boolean undoing(CompositeDeclaration declaration, UUID trackingId) {
        SubsystemId composer = declaration.service().subsystem();
        return declaration.steps().stream().filter(step -> step.undo() != null).anyMatch(step -> sent(
                        composer, MessageIds.step(trackingId, step.undoing(1)))
                .isPresent());
    }

    /** Whether any step that changes something was asked. */
    boolean undertaken(CompositeDeclaration declaration, UUID trackingId) {
        SubsystemId composer = declaration.service().subsystem();
        return declaration.steps().stream().filter(step -> step.undo() != null).anyMatch(step -> sent(
                        composer, MessageIds.step(trackingId, step.id()))
                .isPresent());
    }

    /** How the request of this id stands; empty when there is none. */
    Optional<CompositeResult> track(UUID trackingId) {
        return request(trackingId).flatMap(stored -> open(stored).map(request -> state(stored, request)));
    }

    private CompositeResult state(StoredMessage stored, Container request) {
        Optional<StoredMessage> answer = log.answer(stored.member(), Direction.SENT, stored.messageId());
        if (answer.isEmpty()) {
            return log.about(stored.member(), Direction.SENT, MessageKind.INTERIM, stored.messageId())
                    .flatMap(this::open)
                    .<CompositeResult>map(interim -> new CompositeResult.Pending(request, interim))
                    .orElseGet(() -> new CompositeResult.Running(request));
        }
        Optional<Container> container = open(answer.get());
        if (container.isEmpty()) {
            Fault erased = new Fault(
                    FaultCode.CONTAINER_NOT_FOUND,
                    Stage.LOG,
                    stored.member().toString(),
                    "the recorded answer was erased");
            return new CompositeResult.Faulted(erased, Optional.of(request), Optional.empty());
        }
        if (payloads.read(container.get()) instanceof PayloadContent.Faulted faulted) {
            return new CompositeResult.Faulted(faulted.fault(), Optional.of(request), container);
        }
        return new CompositeResult.Answered(request, container.get());
    }

    /** Whether what is asked now is what that earlier request asked; how long the caller waits may differ. */
    boolean sameRequest(CompositeRequest request, Container earlier) {
        Header header = earlier.header();
        return header.consumer().equals(request.consumer())
                && header.service().code().equals(request.service())
                && header.actor().id().equals(request.actor().id())
                && header.actor().kind() == request.actor().kind()
                && Objects.equals(header.representedParty(), request.representedParty())
                && Objects.equals(header.caseReference(), request.caseReference())
                && inputs(earlier).equals(request.inputs());
    }

    /** The inputs that a request carries. */
    Map<String, String> inputs(Container request) {
        return question(request).parameters();
    }

    /** What an identity issuer asserts of the actor, as a request carries it; null when nothing. */
    @Nullable
    String assertion(Container request) {
        return question(request).assertion();
    }

    private PayloadContent.Query question(Container request) {
        if (payloads.read(request) instanceof PayloadContent.Query query) {
            return query;
        }
        throw new IllegalStateException("the logged request " + request.header().messageId() + " holds no query");
    }
}
