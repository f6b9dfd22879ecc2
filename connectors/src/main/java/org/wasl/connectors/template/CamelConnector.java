package org.wasl.connectors.template;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.wasl.connectors.Connector;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.ConnectorResult;
import org.wasl.connectors.backend.BackEnd;
import org.wasl.connectors.backend.Step;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.mapping.Mapped;
import org.wasl.connectors.policy.Refusal;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;

/** One connector's route, asked within a deadline and a bound on how many ask at a time. */
public final class CamelConnector implements Connector {

    /** What passes when the back-end is up again, or less busy. */
    private static final Set<FaultCode> DOWN =
            EnumSet.of(FaultCode.BACKEND_UNAVAILABLE, FaultCode.BACKEND_TIMED_OUT, FaultCode.BACKEND_BUSY);

    private final ConnectorDeclaration declaration;
    private final BackEnd backEnd;
    private final CircuitBreaker breaker;
    private final ProducerTemplate template;
    private final ExecutorService threads;
    private final Clock clock;
    private final AtomicInteger underWay = new AtomicInteger();

    CamelConnector(
            ConnectorDeclaration declaration,
            BackEnd backEnd,
            CircuitBreaker breaker,
            ProducerTemplate template,
            ExecutorService threads,
            Clock clock) {
        this.declaration = declaration;
        this.backEnd = backEnd;
        this.breaker = breaker;
        this.template = template;
        this.threads = threads;
        this.clock = clock;
    }

    @Override
    public ConnectorResult fetch(ConnectorQuery query) {
        Outcome outcome = run(query);
        if (outcome instanceof Outcome.Answered answered) {
            return answered.mapped().result();
        }
        Refusal refusal = ((Outcome.Refused) outcome).refusal();
        ConnectorDeclaration.Later later = declaration.later();
        if (later != null && later.whenDown() && DOWN.contains(refusal.code())) {
            return down(later);
        }
        return new ConnectorResult.Failed(new Fault(
                refusal.code(),
                refusal.step().stage(),
                declaration.service().member().toString(),
                refusal.detail()));
    }

    private static ConnectorResult down(ConnectorDeclaration.Later later) {
        FaultCode code = FaultCode.BACKEND_UNAVAILABLE;
        return new ConnectorResult.Deferred(
                null,
                code.name(),
                code.arabic(),
                code.english(),
                null,
                later.staysOpen(),
                later.askFirst(),
                later.askMost());
    }

    /** The same as {@link #fetch}, telling the step at which it failed and the times between. */
    public Outcome run(ConnectorQuery query) {
        Optional<Refusal> refused = refusedParameter(query.parameters());
        if (refused.isPresent()) {
            return new Outcome.Refused(refused.get());
        }
        Duration left = Duration.between(clock.instant(), query.deadline());
        Duration allowed = left.compareTo(declaration.limits().timeout()) < 0
                ? left
                : declaration.limits().timeout();
        if (allowed.isNegative() || allowed.isZero()) {
            return refused(FaultCode.BACKEND_TIMED_OUT, "the deadline passed before the back-end was asked");
        }
        AtomicBoolean begun = new AtomicBoolean();
        try {
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            Future<?> running = threads.submit(() -> {
                begun.set(true);
                answer(query, outcome);
            });
            return await(outcome, running, allowed, begun);
        } catch (RejectedExecutionException e) {
            return refused(FaultCode.BACKEND_BUSY, "more questions wait than the connector's bound allows");
        }
    }

    /** Nobody may wait any more by then: a document that came too late frees its place at once. */
    private void answer(ConnectorQuery query, CompletableFuture<Outcome> outcome) {
        underWay.incrementAndGet();
        try {
            Outcome led = send(query);
            if (!outcome.complete(led)
                    && led instanceof Outcome.Answered answered
                    && answered.mapped().result() instanceof ConnectorResult.Document late) {
                late.source().close();
            }
        } catch (RuntimeException | Error e) {
            outcome.completeExceptionally(e);
            throw e;
        } finally {
            underWay.decrementAndGet();
        }
    }

    private static Outcome await(
            CompletableFuture<Outcome> outcome, Future<?> running, Duration allowed, AtomicBoolean begun) {
        try {
            return outcome.get(allowed.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return giveUp(
                    outcome,
                    running,
                    begun.get()
                            ? refused(
                                    FaultCode.BACKEND_TIMED_OUT,
                                    "the back-end did not answer within " + allowed.toMillis() + " ms")
                            : refused(FaultCode.BACKEND_BUSY, "no turn came within " + allowed.toMillis() + " ms"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return giveUp(outcome, running, refused(FaultCode.BACKEND_TIMED_OUT, "the node is stopping"));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the connector's route failed outside its error policy", e.getCause());
        }
    }

    /** What came at the last moment is taken after all. */
    private static Outcome giveUp(CompletableFuture<Outcome> outcome, Future<?> running, Outcome instead) {
        outcome.complete(instead);
        running.cancel(true);
        return outcome.getNow(instead);
    }

    private Outcome send(ConnectorQuery query) {
        Exchange exchange = template.send(
                "direct:connector." + declaration.name(), e -> e.getIn().setBody(query));
        Object body = exchange.getMessage().getBody();
        if (body instanceof Mapped mapped) {
            return new Outcome.Answered(mapped);
        }
        if (body instanceof Refusal refusal) {
            return new Outcome.Refused(refusal);
        }
        throw new IllegalStateException("the connector's route ended without a result", exchange.getException());
    }

    private static Outcome refused(FaultCode code, String detail) {
        return new Outcome.Refused(new Refusal(code, Step.FETCH, detail, ""));
    }

    private Optional<Refusal> refusedParameter(Map<String, String> parameters) {
        for (Map.Entry<String, Pattern> declared : declaration.parameters().entrySet()) {
            String value = parameters.get(declared.getKey());
            if (value == null || !declared.getValue().matcher(value).matches()) {
                return Optional.of(new Refusal(
                        FaultCode.REQUEST_PARAMETER,
                        Step.FETCH,
                        "the parameter '" + declared.getKey() + "' is "
                                + (value == null ? "missing" : "not of the declared pattern"),
                        declared.getKey()));
            }
        }
        for (String name : parameters.keySet()) {
            if (!declaration.parameters().containsKey(name)) {
                return Optional.of(new Refusal(
                        FaultCode.REQUEST_PARAMETER, Step.FETCH, "a parameter is not one of this connector's", ""));
            }
        }
        return Optional.empty();
    }

    public ConnectorDeclaration declaration() {
        return declaration;
    }

    /** The back-end, for a check. */
    public BackEnd backEnd() {
        return backEnd;
    }

    /** Whether the circuit breaker lets nothing through for now. */
    public boolean open() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    /** How it stands with its back-end now. */
    public BackEndState state() {
        CircuitBreaker.Metrics calls = breaker.getMetrics();
        return new BackEndState(
                declaration.name(),
                declaration.service(),
                switch (breaker.getState()) {
                    case OPEN, FORCED_OPEN -> BackEndState.Breaker.OPEN;
                    case HALF_OPEN -> BackEndState.Breaker.TRYING;
                    default -> BackEndState.Breaker.CLOSED;
                },
                calls.getNumberOfBufferedCalls(),
                calls.getNumberOfFailedCalls(),
                calls.getNumberOfSlowCalls(),
                underWay.get(),
                declaration.limits().concurrent());
    }

    void close() {
        threads.shutdownNow();
        backEnd.close();
    }

    /** What a run of the route led to. */
    public sealed interface Outcome {

        /** A record, or the certainty that there is none. */
        record Answered(Mapped mapped) implements Outcome {}

        /** Neither, and why. */
        record Refused(Refusal refusal) implements Outcome {}
    }
}
