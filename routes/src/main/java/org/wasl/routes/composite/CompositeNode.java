package org.wasl.routes.composite;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.policy.CompositePolicy;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.container.PayloadOpener;
import org.wasl.security.container.PayloadXml;

/**
 * The composite services of one node: their routes in a Camel context, and the way into them. Order of use: add to the
 * context, start the context, recover the exchange, {@link #recover}, ask; to stop, stop the context, then
 * {@link #close}.
 */
public final class CompositeNode implements CompositeServices, AutoCloseable {

    private static final Duration MINIMUM_ANSWER_LIFE = Duration.ofSeconds(60);
    private static final int THREAD_IDLE_SECONDS = 30;
    private static final int TASKS_EACH = 64;

    private final CompositeDeclarations declarations;
    private final CompositeTracking tracking;
    private final CompositeEntrance entrance;
    private final CompositeRecovery recovery;
    private final ThreadPoolExecutor executor;

    private CompositeNode(CamelContext context, CompositeParts parts) throws Exception {
        this.declarations = parts.declarations();
        this.executor = executor(parts);
        PayloadXml payloads = new PayloadXml(parts.schemas(), new PayloadOpener(parts.keys()));
        Ledger ledger = new Ledger(parts.log(), parts.clock(), parts.logTimeout());
        AnswerSigner signer =
                new AnswerSigner(parts.registry(), parts.keys(), parts.signer(), ledger, MINIMUM_ANSWER_LIFE);
        FailedComposition failed = new FailedComposition(signer, ledger);
        this.tracking = new CompositeTracking(parts.log(), parts.verifier(), payloads, declarations);
        CompositeIntake intake = new CompositeIntake(
                parts.registry(),
                parts.keys(),
                parts.policy(),
                parts.assertions(),
                parts.gate(),
                parts.signer(),
                ledger,
                tracking);
        Composition composition = new Composition(parts.exchanges(), new StepAssessment(payloads), signer, ledger);
        context.addRoutes(new CompositePolicy(failed::end));
        context.addRoutes(new AskCompositeRoute(intake, composition, executor));
        this.entrance = new CompositeEntrance(
                context.getEndpoint(AskCompositeRoute.ASK),
                context.getEndpoint(AskCompositeRoute.COMPOSE),
                parts.inFlightMax());
        this.recovery = new CompositeRecovery(parts.log(), tracking, entrance, failed, ledger);
    }

    /**
     * Adds the composite routes to a context that is not started yet.
     *
     * @throws IllegalStateException when Camel refuses them
     */
    public static CompositeNode addTo(CamelContext context, CompositeParts parts) {
        try {
            return new CompositeNode(context, parts);
        } catch (Exception e) { // Camel declares nothing narrower
            throw new IllegalStateException("the composite routes cannot be added", e);
        }
    }

    /**
     * Takes up what the last run left unanswered; call once, after the exchange's own recovery.
     *
     * @return how many requests were taken up
     */
    public int recover() {
        return recovery.run();
    }

    @Override
    public CompletableFuture<CompositeResult> ask(CompositeRequest request) {
        Optional<CompositeDeclaration> declaration = declarations.find(request.service());
        if (declaration.isEmpty()) {
            return refused(FaultCode.COMPOSITE_UNKNOWN, "no composite service of this name");
        }
        CompositeFlight flight =
                CompositeFlight.of(request.trackingId(), declaration.get().service());
        if (!entrance.ask(new Composing.Draft(flight, request, declaration.get()))) {
            return refused(FaultCode.OVERLOADED, "too many composite requests are on their way");
        }
        return flight.future();
    }

    private static CompletableFuture<CompositeResult> refused(FaultCode code, String detail) {
        Fault fault = new Fault(code, Stage.BUILD, "composer", detail);
        return CompletableFuture.completedFuture(
                new CompositeResult.Faulted(fault, Optional.empty(), Optional.empty()));
    }

    @Override
    public Optional<CompositeResult> track(UUID trackingId) {
        return tracking.track(trackingId);
    }

    @Override
    public Collection<CompositeDeclaration> declarations() {
        return declarations.all();
    }

    @Override
    public Optional<CompositeDeclaration> declaration(String service) {
        return declarations.find(service);
    }

    @Override
    public void close() {
        executor.shutdown();
    }

    private static ThreadPoolExecutor executor(CompositeParts parts) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                parts.threads(),
                parts.threads(),
                THREAD_IDLE_SECONDS,
                TimeUnit.SECONDS,
                // A request has at most a task for each step at a time: with this room none is turned away.
                new LinkedBlockingQueue<>(TASKS_EACH * parts.inFlightMax()),
                task -> {
                    Thread thread = new Thread(task, "composite-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
