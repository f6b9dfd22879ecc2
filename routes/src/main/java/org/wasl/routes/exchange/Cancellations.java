package org.wasl.routes.exchange;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Container;
import org.wasl.security.container.MessageKind;

/**
 * The requester's word that it wants no answer any more. It ends nothing by itself: the provider answers it, by a signed
 * fault or by the answer that was in its log before, and so both sides end in the same state.
 */
final class Cancellations {

    /** The reason when the requester says so. */
    static final String REQUESTER = "REQUESTER";

    /** The reason when the exchange had ended at the requester's before its answer was announced for later. */
    static final String ENDED = "ENDED";

    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final Duration LIFE = Duration.ofHours(1);

    private final Ledger ledger;
    private final AnswerSigner signer;
    private final Answers answers;
    private final Flights flights;
    private final AwaitedAnswers awaited;
    private final Consumer<Submission.Logged> send;

    /**
     * @param send sends a durable message
     */
    Cancellations(
            Ledger ledger,
            AnswerSigner signer,
            Answers answers,
            Flights flights,
            AwaitedAnswers awaited,
            Consumer<Submission.Logged> send) {
        this.ledger = ledger;
        this.signer = signer;
        this.answers = answers;
        this.flights = flights;
        this.awaited = awaited;
        this.send = send;
    }

    /** Cancels a request; what comes of it is how the exchange ended, or that it has not ended yet. */
    CompletableFuture<ExchangeResult> cancel(SubsystemId consumer, UUID requestId) {
        Optional<StoredMessage> stored = ledger.find(consumer.member(), Direction.SENT, consumer, requestId)
                .filter(message -> message.kind() == MessageKind.REQUEST);
        Optional<Container> request = stored.flatMap(answers::open);
        if (request.isEmpty()) {
            Fault unknown = new Fault(
                    FaultCode.REQUEST_NOT_FOUND, Stage.BUILD, consumer.member().toString(), "no such request was sent");
            return CompletableFuture.completedFuture(
                    new ExchangeResult.Faulted(unknown, Optional.empty(), Optional.empty()));
        }
        Optional<StoredMessage> recorded = ledger.consumerAnswer(consumer, requestId);
        if (recorded.isPresent()) {
            return CompletableFuture.completedFuture(answers.result(request.get(), recorded.get()));
        }
        FlightKey key = new FlightKey(consumer, requestId);
        Flights.Opening opening = flights.open(key, null);
        Flight flight = opening instanceof Flights.Opening.Opened opened
                ? opened.flight()
                : opening instanceof Flights.Opening.Known known ? known.flight() : new Flight(key, null);
        if (!(opening instanceof Flights.Opening.Known)) {
            flight.accepted(request.get());
            flights.expire(flight, WAIT, this::notYet);
        }
        send(flight, request.get(), REQUESTER);
        return flight.future();
    }

    /** Tells the provider that nobody waits for what it has just announced. */
    void abandon(Container request) {
        FlightKey key =
                new FlightKey(request.header().consumer(), request.header().messageId());
        Flight nobodys = new Flight(key, null);
        nobodys.accepted(request);
        send(nobodys, request, ENDED);
    }

    private void send(Flight flight, Container request, String reason) {
        Container cancellation = signer.cancellation(request, reason);
        SubsystemId consumer = request.header().consumer();
        AppendResult result = ledger.durable(ledger.sent(consumer.member(), cancellation, null, null));
        Container durable = result instanceof AppendResult.Duplicate
                ? ledger.find(
                                consumer.member(),
                                Direction.SENT,
                                consumer,
                                cancellation.header().messageId())
                        .flatMap(answers::open)
                        .orElse(cancellation)
                : cancellation;
        send.accept(new Submission.Logged(flight, durable, LIFE));
        awaited.soon(flight.key());
    }

    /** The provider has not answered yet: whoever cancelled is told how it stands, and the cancellation goes again. */
    private void notYet(Flight flight) {
        if (flight.claim()) {
            flight.future().complete(answers.standing(flight.container().orElseThrow()));
        }
    }
}
