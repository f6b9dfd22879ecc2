package org.wasl.routes.composite;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.flow.Turns;
import org.wasl.routes.policy.CompositePolicy;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
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
    private static final int PAGE = 256;
    private static final Logger LOG = LoggerFactory.getLogger(CompositeNode.class);

    private final CompositeDeclarations declarations;
    private final CompositeTracking tracking;
    private final CompositeEntrance entrance;
    private final CompositeRecovery recovery;
    private final SharedComposites shared;
    private final ExecutorService executor;
    private final ScheduledExecutorService scheduler;
    private final OpenComposites open;
    private final CompositeCancellation cancellation;
    private final CompositeIntake intake;
    private final FailedComposition failed;
    private final MessageLog log;
    private final Ledger ledger;
    private final List<LateCompositeListener> listeners = new CopyOnWriteArrayList<>();

    private CompositeNode(
            CamelContext context, CompositeParts parts, ExecutorService executor, ScheduledExecutorService scheduler)
            throws Exception {
        this.declarations = parts.declarations();
        this.executor = executor;
        PayloadXml payloads = new PayloadXml(parts.schemas(), new PayloadOpener(parts.keys()));
        Ledger ledger = new Ledger(parts.log(), parts.clock(), parts.logTimeout());
        AnswerSigner signer =
                new AnswerSigner(parts.registry(), parts.keys(), parts.signer(), ledger, MINIMUM_ANSWER_LIFE);
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
        Turns turns = new Turns();
        Undertakings undertakings = new Undertakings();
        this.open = new OpenComposites(ledger, this::resume);
        FailedComposition failed = new FailedComposition(signer, ledger, open);
        this.log = parts.log();
        this.ledger = ledger;
        this.intake = intake;
        this.failed = failed;
        StepAssessment assessment = new StepAssessment(payloads);
        this.cancellation =
                new CompositeCancellation(ledger, signer, tracking, open, parts.exchanges(), turns, undertakings);
        Composition composition = new Composition(
                parts.exchanges(),
                assessment,
                new EarlierAnswers(parts, payloads, assessment, ledger, executor),
                signer,
                ledger,
                parts.registry(),
                tracking,
                open,
                turns,
                undertakings,
                intake);
        context.addRoutes(new CompositePolicy(failed::end));
        context.addRoutes(new AskCompositeRoute(intake, composition, executor));
        this.entrance = new CompositeEntrance(
                context.getEndpoint(AskCompositeRoute.ASK),
                context.getEndpoint(AskCompositeRoute.COMPOSE),
                parts.inFlightMax());
        this.scheduler = scheduler;
        scheduler.scheduleWithFixedDelay(
                open, OpenComposites.PERIOD.toMillis(), OpenComposites.PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        parts.exchanges().onLateAnswer((request, result) -> stepEnded(request.header()));
        this.shared = new SharedComposites(parts.site(), tracking, executor, scheduler, parts.clock());
        this.recovery = new CompositeRecovery(parts.log(), tracking, entrance, failed, open, ledger);
    }

    /**
     * Adds the composite routes to a context that is not started yet.
     *
     * @throws IllegalStateException when Camel refuses them
     */
    public static CompositeNode addTo(CamelContext context, CompositeParts parts) {
        return addTo(context, parts, executor(parts), scheduler());
    }

    /**
     * The same by these workers.
     *
     * @param executor by which requests go on once what they waited for is there
     * @param scheduler looks now and then whose time has come
     */
    static CompositeNode addTo(
            CamelContext context, CompositeParts parts, ExecutorService executor, ScheduledExecutorService scheduler) {
        try {
            return new CompositeNode(context, parts, executor, scheduler);
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
        int taken = recovery.run();
        cancelAbandoned();
        return taken + open.recover(log, tracking);
    }

    /** Sources that are still asked for requests that have ended, since the last run ended between the two. */
    private void cancelAbandoned() {
        long from = 0;
        List<StoredMessage> page = log.deferred(Direction.RECEIVED, from, PAGE);
        while (!page.isEmpty()) {
            for (StoredMessage stored : page) {
                from = stored.index() + 1;
                composite(stored.correlationId())
                        .filter(request -> log.answer(request.member(), Direction.SENT, request.messageId())
                                .isPresent())
                        .ifPresent(cancellation::cancelSteps);
            }
            page = log.deferred(Direction.RECEIVED, from, PAGE);
        }
    }

    private Optional<StoredMessage> composite(String correlationId) {
        return trackingId(correlationId).flatMap(tracking::request);
    }

    /** Steps carry their composite request's tracking id; other requests whatever their sender chose. */
    private static Optional<UUID> trackingId(String correlationId) {
        try {
            return Optional.of(UUID.fromString(correlationId));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void stepEnded(Header request) {
        trackingId(request.correlationId()).ifPresent(open::answered);
    }

    /** Composes a request again, whose interim answer was given. */
    private boolean resume(UUID trackingId, boolean last) {
        try {
            executor.execute(() -> resumeNow(trackingId, last));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void resumeNow(UUID trackingId, boolean last) {
        Optional<StoredMessage> stored = tracking.request(trackingId);
        Optional<Container> request = stored.flatMap(tracking::open);
        Optional<CompositeDeclaration> declaration = stored.flatMap(tracking::declaration);
        if (stored.isEmpty() || request.isEmpty() || declaration.isEmpty()) {
            LOG.warn("Composite request {} cannot be taken further: it was erased", trackingId);
            open.closed(trackingId);
            return;
        }
        if (log.answer(stored.get().member(), Direction.SENT, trackingId).isPresent()) {
            open.closed(trackingId);
            return;
        }
        Map<String, String> inputs = tracking.inputs(request.get());
        String assertion = tracking.assertion(request.get());
        Optional<Fault> refused =
                intake.confirm(request.get(), inputs, assertion, stored.get().at());
        boolean changes = declaration.get().changes();
        boolean announced = !changes || tracking.announced(stored.get());
        boolean asks = announced || ledger.now().isBefore(request.get().header().expires());
        Composing.Accepted accepted = new Composing.Accepted(
                CompositeFlight.of(trackingId, stored.get().service()),
                declaration.get(),
                request.get(),
                inputs,
                assertion,
                new Composing.Run(
                        ledger.now().plus(declaration.get().deadline()),
                        announced,
                        last,
                        asks,
                        changes ? refused.orElse(null) : null));
        accepted.flight()
                .future()
                .whenComplete((result, failure) ->
                        resumed(request.get().header().consumer(), trackingId, failure == null ? result : null));
        if (refused.isPresent() && !changes) {
            failed.end(accepted, refused.get());
        } else if (!entrance.compose(accepted)) {
            open.failed(trackingId);
        }
    }

    private void resumed(SubsystemId consumer, UUID trackingId, @Nullable CompositeResult result) {
        boolean ended = result instanceof CompositeResult.Answered
                || (result instanceof CompositeResult.Faulted faulted
                        && faulted.container().isPresent());
        if (ended) {
            open.closed(trackingId);
            listeners.forEach(listener -> listener.ended(consumer, trackingId));
        } else if (result instanceof CompositeResult.Pending) {
            open.stillOpen(trackingId);
        } else {
            open.failed(trackingId);
        }
    }

    @Override
    public Optional<CompletableFuture<CompositeResult>> cancel(UUID trackingId) {
        Optional<StoredMessage> stored = tracking.request(trackingId);
        Optional<Container> request = stored.flatMap(tracking::open);
        if (stored.isEmpty() || request.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(CompletableFuture.supplyAsync(
                () -> {
                    boolean pending = tracking.track(trackingId)
                            .filter(CompositeResult.Pending.class::isInstance)
                            .isPresent();
                    CompositeResult result = cancellation.cancel(stored.get(), request.get());
                    if (pending) {
                        listeners.forEach(listener ->
                                listener.ended(request.get().header().consumer(), trackingId));
                    }
                    return result;
                },
                executor));
    }

    @Override
    public void onLateAnswer(LateCompositeListener listener) {
        listeners.add(listener);
    }

    /** How many requests await late answers. */
    public int pending() {
        return open.size();
    }

    @Override
    public CompletableFuture<CompositeResult> ask(CompositeRequest request) {
        return shared.ask(request, () -> run(request));
    }

    private CompletableFuture<CompositeResult> run(CompositeRequest request) {
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
        return tracking.track(trackingId).or(() -> shared.track(trackingId));
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
        scheduler.shutdownNow();
        executor.shutdown();
    }

    private static ScheduledExecutorService scheduler() {
        return new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "composite-deadlines");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static ExecutorService executor(CompositeParts parts) {
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
