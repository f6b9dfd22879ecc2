package org.wasl.routes.exchange;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.wasl.messagelog.Direction;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.container.MessageKind;

/** Submits requests to the consumer's route and keeps them in the table of flights until they end. */
final class JmsExchangeClient implements ExchangeClient {

    private final Flights flights;
    private final LocalFaults localFaults;
    private final Answers answers;
    private final Entrance submit;
    private final Entrance send;
    private final Executor executor;
    private final Duration timeoutMax;
    private final Backlog backlog;

    /** The parts that know of exchanges whose answers were announced for later. */
    record Backlog(Ledger ledger, Cancellations cancellations, AwaitedAnswers awaited) {}

    /** An entrance of the consumer's routes. */
    record Entrance(Endpoint endpoint, AsyncProducer producer) {

        static Entrance of(Endpoint endpoint) throws Exception {
            return new Entrance(endpoint, endpoint.createAsyncProducer());
        }
    }

    JmsExchangeClient(
            Flights flights,
            LocalFaults localFaults,
            Answers answers,
            Entrance submit,
            Entrance send,
            Executor executor,
            Duration timeoutMax,
            Backlog backlog) {
        this.backlog = backlog;
        this.flights = flights;
        this.localFaults = localFaults;
        this.answers = answers;
        this.submit = submit;
        this.send = send;
        this.executor = executor;
        this.timeoutMax = timeoutMax;
    }

    @Override
    public CompletableFuture<ExchangeResult> submit(ExchangeRequest request) {
        FlightKey key = new FlightKey(request.consumer(), request.messageId());
        Flights.Opening opening = flights.open(key, request);
        if (opening instanceof Flights.Opening.Opened opened) {
            return begin(opened.flight(), request);
        }
        if (opening instanceof Flights.Opening.Known known) {
            return known(known.flight(), request);
        }
        return ended(key, request, FaultCode.OVERLOADED, "too many requests wait for an answer");
    }

    @Override
    public CompletableFuture<ExchangeResult> cancel(SubsystemId consumer, UUID messageId) {
        return CompletableFuture.supplyAsync(() -> backlog.cancellations().cancel(consumer, messageId), executor)
                .thenComposeAsync(Function.identity(), executor);
    }

    @Override
    public Optional<ExchangeResult> find(SubsystemId consumer, UUID messageId) {
        return backlog.ledger()
                .find(consumer.member(), Direction.SENT, consumer, messageId)
                .filter(stored -> stored.kind() == MessageKind.REQUEST)
                .flatMap(answers::open)
                .flatMap(answers::find);
    }

    @Override
    public void onLateAnswer(LateAnswerListener listener) {
        backlog.awaited().listen(listener);
    }

    private CompletableFuture<ExchangeResult> begin(Flight flight, ExchangeRequest request) {
        CompletableFuture<ExchangeResult> result = result(flight);
        Duration timeout = request.timeout().compareTo(timeoutMax) > 0 ? timeoutMax : request.timeout();
        flights.expire(flight, timeout.isNegative() ? timeoutMax : timeout, localFaults::timedOut);
        start(flight, submit, new Submission.Draft(flight, request), false);
        return result;
    }

    /** Sends a request that is durable already; when that fails, it waits for the next time. */
    void resend(Submission.Logged logged) {
        start(logged.flight(), send, logged, true);
    }

    /** By the caller's thread, up to the log, which frees it: each hand-over to another would cost more than that. */
    private void start(Flight flight, Entrance entrance, Submission body, boolean again) {
        Exchange exchange = entrance.endpoint().createExchange(ExchangePattern.InOnly);
        exchange.setProperty(ExchangeProperties.FLIGHT, flight);
        exchange.setProperty(ExchangeProperties.AGAIN, again);
        exchange.getMessage().setBody(body);
        entrance.producer().process(exchange, done -> {
            // The routes' policy handles what fails in them: this is a context that does not run.
            if (exchange.getException() != null) {
                localFaults.end(flight, internal(flight));
            }
        });
    }

    private static Fault internal(Flight flight) {
        return LocalFaults.fault(flight, FaultCode.INTERNAL, Stage.BUILD, "the submission could not be started");
    }

    private CompletableFuture<ExchangeResult> known(Flight flight, ExchangeRequest request) {
        boolean same = flight.request()
                .map(other -> asks(other).equals(asks(request)))
                .orElseGet(() -> flight.container()
                        .map(container -> answers.sameRequest(request, container))
                        .orElse(false));
        return same
                ? result(flight)
                : ended(
                        flight.key(),
                        request,
                        FaultCode.EXCHANGE_ID_REUSED,
                        "another request of this id is on its way");
    }

    /** The request without how long its caller waits, and without the proof, which is made anew for each try. */
    private static ExchangeRequest asks(ExchangeRequest request) {
        return new ExchangeRequest(
                request.messageId(),
                request.correlationId(),
                request.consumer(),
                request.service(),
                request.parameters(),
                new Actor(
                        request.actor().kind(),
                        request.actor().assurance(),
                        request.actor().id(),
                        null),
                request.representedParty(),
                request.caseReference(),
                request.purpose(),
                request.legalBasis(),
                request.channel(),
                request.locale(),
                request.priority(),
                Duration.ZERO,
                request.idempotencyKey(),
                null);
    }

    private CompletableFuture<ExchangeResult> ended(
            FlightKey key, ExchangeRequest request, FaultCode code, String detail) {
        Flight refused = new Flight(key, request);
        CompletableFuture<ExchangeResult> result = result(refused);
        localFaults.end(refused, LocalFaults.fault(refused, code, Stage.BUILD, detail));
        return result;
    }

    /** What the caller chains to its result runs by our executor, never on a thread that reads from a queue. */
    private CompletableFuture<ExchangeResult> result(Flight flight) {
        return flight.future().thenApplyAsync(Function.identity(), executor);
    }
}
