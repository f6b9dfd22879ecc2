package org.wasl.routes.exchange;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.deferral.Deferral;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerContent;
import org.wasl.security.container.ContainerVerifier;
import org.wasl.security.container.DocumentVerifier;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.OpenResult;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadOpener;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.PlainPayload;

/** Reads answers and requests back from what is in the log: verified when it was logged, so only opened here. */
final class Answers {

    private final ContainerVerifier opener;
    private final DocumentVerifier documents;
    private final Ledger ledger;
    private final PayloadXml payloads;
    private final PayloadOpener decrypter;

    Answers(ContainerVerifier opener, PayloadXml payloads, PayloadOpener decrypter, Ledger ledger) {
        this.opener = opener;
        this.documents = opener.documents();
        this.ledger = ledger;
        this.payloads = payloads;
        this.decrypter = decrypter;
    }

    /** The answer's payload, as the consumer's member can read it. */
    PlainPayload payload(Container answer, MemberId consumer) {
        return decrypter.open(answer, consumer);
    }

    /** The container of a logged message; empty when it was erased. */
    Optional<Container> open(StoredMessage stored) {
        byte[] octets = stored.container();
        if (octets == null) {
            return Optional.empty();
        }
        Optional<Container> opened = open(octets);
        return opened.isPresent() && opened.get().header().hasDocument() ? whole(stored, opened.get()) : opened;
    }

    /** What was opened is only the card, when the log holds the whole of it elsewhere. */
    private Optional<Container> whole(StoredMessage stored, Container opened) {
        Optional<ContainerContent> whole = ledger.whole(stored.index());
        if (whole.isEmpty()) {
            return Optional.of(opened);
        }
        try {
            return documents.open(whole.get()) instanceof OpenResult.Opened document
                    ? Optional.of(document.container())
                    : Optional.empty();
        } catch (IOException e) {
            throw new LogUnavailableException("a document in the log cannot be read", e);
        }
    }

    /** The container in these octets; empty when there is none. Nothing is said about who signed it. */
    Optional<Container> open(byte[] octets) {
        return opener.open(octets) instanceof OpenResult.Opened opened
                ? Optional.of(opened.container())
                : Optional.empty();
    }

    /** How the exchange ended, by its genuine answer. */
    ExchangeResult result(Container request, Container answer) {
        return result(request, answer, (PlainPayload) null);
    }

    /** The same, with the answer's payload as it was opened; null when it was not. */
    ExchangeResult result(Container request, Container answer, @Nullable PlainPayload opened) {
        if (answer.header().kind() == MessageKind.REPLY) {
            return new ExchangeResult.Answered(request, answer, opened);
        }
        return new ExchangeResult.Faulted(fault(answer), Optional.of(request), Optional.of(answer));
    }

    /** How the exchange ended, by its recorded answer. */
    ExchangeResult result(Container request, StoredMessage recorded) {
        return open(recorded)
                .map(answer -> result(request, answer))
                .orElseGet(() -> new ExchangeResult.Faulted(
                        new Fault(
                                FaultCode.CONTAINER_NOT_FOUND,
                                Stage.LOG,
                                recorded.member().toString(),
                                "the recorded answer was erased"),
                        Optional.of(request),
                        Optional.empty()));
    }

    /** What a genuine announcement says; empty when it is none. */
    Optional<Deferral> deferral(Container interim) {
        return payloads.read(interim) instanceof PayloadContent.Later later
                        && later.deferral().openUntil().equals(interim.header().expires())
                ? Optional.of(later.deferral())
                : Optional.empty();
    }

    /** How a request stands that this consumer sent, as the log has it. */
    Optional<ExchangeResult> find(Container request) {
        Header header = request.header();
        return ledger.consumerAnswer(header.consumer(), header.messageId())
                .map(recorded -> result(request, recorded))
                .or(() -> announced(request));
    }

    private Optional<ExchangeResult> announced(Container request) {
        Header header = request.header();
        return ledger.about(header.consumer().member(), Direction.RECEIVED, MessageKind.INTERIM, header.messageId())
                .flatMap(this::open)
                .flatMap(interim ->
                        deferral(interim).map(deferral -> new ExchangeResult.Deferred(request, interim, deferral)));
    }

    /** The same for a request to which something has come, or whose caller waits no longer. */
    ExchangeResult standing(Container request) {
        return find(request)
                .orElseGet(() -> new ExchangeResult.Faulted(
                        new Fault(
                                FaultCode.EXCHANGE_TIMED_OUT,
                                Stage.TRANSPORT,
                                request.header().consumer().member().toString(),
                                "the provider has not said yet what became of the request"),
                        Optional.of(request),
                        Optional.empty()));
    }

    /** The fault in a genuine fault container. */
    Fault fault(Container answer) {
        PayloadContent content = payloads.read(answer);
        if (content instanceof PayloadContent.Faulted faulted) {
            return faulted.fault();
        }
        return content instanceof PayloadContent.Refused refused ? refused.fault() : unexpected(answer);
    }

    private static Fault unexpected(Container answer) {
        return new Fault(
                FaultCode.EXCHANGE_UNEXPECTED_KIND,
                Stage.OPEN,
                answer.header().sender().member().toString(),
                "the fault holds something else");
    }

    /** Whether what is asked now is what that earlier request asked; how long the caller waits may differ. */
    boolean sameRequest(ExchangeRequest request, Container earlier) {
        Header header = earlier.header();
        return header.kind() == MessageKind.REQUEST
                && header.messageId().equals(request.messageId())
                && header.correlationId().equals(request.correlationId())
                && header.consumer().equals(request.consumer())
                && header.service().equals(request.service())
                // A caller that retries may have been given another assertion of the same.
                && header.actor().kind() == request.actor().kind()
                && header.actor().id().equals(request.actor().id())
                && header.purpose().equals(request.purpose())
                && header.legalBasis().equals(request.legalBasis())
                && Objects.equals(header.representedParty(), request.representedParty())
                && Objects.equals(header.caseReference(), request.caseReference())
                && payloads.read(earlier) instanceof PayloadContent.Query query
                && query.parameters().equals(request.parameters());
    }
}
