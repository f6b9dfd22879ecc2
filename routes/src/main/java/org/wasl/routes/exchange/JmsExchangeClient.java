package org.wasl.routes.exchange;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.actor.Actor;

/** Submits requests to the consumer's route and keeps them in the table of flights until they end. */
final class JmsExchangeClient implements ExchangeClient {

    private final Flights flights;
    private final LocalFaults localFaults;
    private final Answers answers;
    private final ProducerTemplate template;
    private final Endpoint submit;
    private final Endpoint send;
    private final Executor executor;
    private final Duration timeoutMax;

    /** The two entrances of the consumer's routes. */
    record Entrances(ProducerTemplate template, Endpoint submit, Endpoint send) {}

    JmsExchangeClient(
            Flights flights,
            LocalFaults localFaults,
            Answers answers,
            Entrances entrances,
            Executor executor,
            Duration timeoutMax) {
        this.flights = flights;
        this.localFaults = localFaults;
        this.answers = answers;
        this.template = entrances.template();
        this.submit = entrances.submit();
        this.send = entrances.send();
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

    private CompletableFuture<ExchangeResult> begin(Flight flight, ExchangeRequest request) {
        CompletableFuture<ExchangeResult> result = result(flight);
        Duration timeout = request.timeout().compareTo(timeoutMax) > 0 ? timeoutMax : request.timeout();
        flights.expire(flight, timeout.isNegative() ? timeoutMax : timeout, localFaults::timedOut);
        start(flight, submit, new Submission.Draft(flight, request));
        return result;
    }

    /** Sends a request that is durable already. */
    void resend(Submission.Logged logged) {
        start(logged.flight(), send, logged);
    }

    private void start(Flight flight, Endpoint entrance, Submission body) {
        try {
            executor.execute(() -> {
                Exchange exchange = entrance.createExchange(ExchangePattern.InOnly);
                exchange.setProperty(ExchangeProperties.FLIGHT, flight);
                exchange.getMessage().setBody(body);
                template.asyncSend(entrance, exchange).whenComplete((done, failure) -> {
                    if (failure != null) {
                        localFaults.end(flight, internal(flight));
                    }
                });
            });
        } catch (RejectedExecutionException e) {
            localFaults.end(
                    flight,
                    LocalFaults.fault(flight, FaultCode.OVERLOADED, Stage.BUILD, "no thread takes the request"));
        }
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
