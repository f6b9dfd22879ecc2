package org.wasl.routes.exchange;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.JmsMessageType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.site.Site;
import org.wasl.routes.broker.DeadLetterShare;
import org.wasl.routes.broker.Queues;
import org.wasl.routes.broker.Senders;
import org.wasl.routes.deadletter.DeadLetterRoute;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.flow.Step;
import org.wasl.routes.flow.Turns;
import org.wasl.routes.load.BackEndGates;
import org.wasl.routes.policy.ExchangePolicy;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerLimits;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadOpener;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.registry.Member;

/**
 * The exchange of one node: its routes in a Camel context, both sides, and the way into them. Order of use: add to the
 * context, start the context, {@link #recover}, submit; to stop, stop the context, then {@link #close}.
 */
public final class ExchangeNode implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeNode.class);

    /** The name of the JMS component. */
    static final String JMS = "wasl-jms";

    private static final String REPLIES = "wasl-jms-replies";

    private static final long BROKER_RETRY_MILLIS = 500;
    /** How often it is looked whether other nodes have handed over what is this node's. */
    private static final long HANDED_MILLIS = 250;

    /** How often what all nodes may forget is forgotten. */
    private static final long FORGET_MINUTES = 10;

    private static final int RECENT_REQUESTS = 1 << 17;
    private static final Duration UNFINISHED_PERIOD = Duration.ofSeconds(1);
    private static final String CONSUMER_OPTIONS = "?mapJmsMessage=false&disableReplyTo=true"
            // The policy has logged it already.
            + "&errorHandlerLoggingLevel=DEBUG&errorHandlerLogStackTrace=false"
            // As many as there is work for, up to a bound.
            + "&concurrentConsumers=1&maxConcurrentConsumers=";
    // The address is in each message, computed from the registry: without one, the broker knows no such queue.
    private static final String UNADDRESSED = ":queue:wasl.unaddressed?alwaysCopyMessage=true&disableReplyTo=true";
    private static final String SENDER = JMS + UNADDRESSED;
    private static final String REPLIER = REPLIES + UNADDRESSED;

    private final ExchangeParts parts;
    private final ExecutorService executor;
    private final ScheduledExecutorService scheduler;
    private final Flights flights;
    private final JmsExchangeClient client;
    private final OutboxRecovery recovery;
    private final InboxRecovery inbox;
    private final JmsExchangeClient.Entrance serving;
    private final Intake intake;
    private final ReplayGuard replays;
    private final Ledger ledger;
    private final LocalFaults localFaults;
    private final Answers answers;
    private final DeferralDesk desk;
    private final AwaitedAnswers awaited;
    private final ExecutorService deferralExecutor;
    private final JmsExchangeClient.Entrance servingAgain;
    private final SharedRequests shared;
    private final LateWork late = new LateWork();
    private final RequestThreads requestThreads;
    private final BackEndGates gates;
    private final AtomicBoolean taking = new AtomicBoolean();
    private final DeadLetterAlarm deadLetterAlarm;

    private ExchangeNode(CamelContext context, ExchangeParts parts, ExchangeWorkers workers) throws Exception {
        this.parts = parts;
        ExchangeSettings settings = parts.settings();
        this.executor = workers.executor();
        this.scheduler = workers.scheduler();
        this.deadLetterAlarm = new DeadLetterAlarm(workers.nanoTime());
        this.flights = new Flights(settings.inFlightMax(), scheduler);

        Ledger ledger = new Ledger(parts.log(), parts.clock(), settings.logTimeout());
        PayloadOpener opener = new PayloadOpener(parts.keys());
        PayloadXml payloads = new PayloadXml(parts.schemas(), opener);
        Answers answers = new Answers(parts.verifier(), payloads, opener, ledger);
        AnswerSigner signer =
                new AnswerSigner(parts.registry(), parts.keys(), parts.signer(), ledger, settings.clockSkew());
        this.localFaults = new LocalFaults(ledger, answers, signer, executor, scheduler, settings.grace());
        DeferralSettings deferrals = settings.deferrals();
        this.deferralExecutor = workers.deferrals();
        this.desk = new DeferralDesk(ledger, deferrals, deferralExecutor, this::serveAgain, workers.chance());
        this.awaited =
                new AwaitedAnswers(ledger, answers, localFaults, flights, deferrals, deferralExecutor, this::resend);
        Cancellations cancellations = new Cancellations(ledger, signer, answers, flights, awaited, this::resend);
        this.answers = answers;
        this.shared = new SharedRequests(parts.site(), parts.clock());
        Set<ServiceId> answered = parts.connectors().services();
        this.requestThreads = new RequestThreads(answered, settings.requestConsumers());
        this.gates = new BackEndGates(
                answered,
                service -> settings.gates().within(requestThreads.each(service.member())),
                workers.nanoTime());
        SubmissionLog submissions =
                new SubmissionLog(ledger, localFaults, answers, flights, settings.nodeId(), workers.nanoTime());
        this.ledger = ledger;
        this.replays = new ReplayGuard(
                ledger,
                new RecentRequests(
                        RECENT_REQUESTS,
                        settings.clockSkew(),
                        // An empty log received nothing before, however long ago it was issued.
                        parts.log().size() == 0 ? Instant.EPOCH : ledger.now()));
        this.intake = new Intake(context, intakeIds(), ledger, executor);

        context.addComponent(JMS, jms(parts.broker().listeners(), parts.broker().senders()));
        context.addComponent(
                REPLIES, jms(parts.broker().receivers(), parts.broker().repliers()));
        context.addRoutes(policy());
        context.addRoutes(new SubmitRequestRoute(requestBuilder(ledger), submissions, executor, SENDER));
        context.addRoutes(receiveReplies(ledger, answers, cancellations));
        ConfidentialAnswers confidential = new ConfidentialAnswers(signer, parts.sealer(), parts.registry(), ledger);
        AnswerDispatch dispatch = new AnswerDispatch(
                parts.registry(),
                parts.keys(),
                signer,
                confidential,
                ledger,
                answers,
                settings.clockSkew(),
                desk,
                new Turns(),
                parts.broker().deadLetters(),
                (provider, requester, request) ->
                        replays.hasEnd(provider, requester, request) || shared.hasEnd(provider, requester, request));
        DocumentAnswers documents = new DocumentAnswers(signer, parts.spool(), documentLimits(settings));
        Authorization authorization = new Authorization(parts.policy(), parts.assertions(), payloads, ledger, answers);
        KeyStanding standing = new KeyStanding(parts.verifier(), parts.keys(), ledger);
        Announcement announcement = new Announcement(
                desk,
                parts.registry(),
                signer,
                confidential,
                ledger,
                answers,
                authorization,
                dispatch,
                shared,
                standing);
        context.addRoutes(serveRequests(ledger, authorization, announcement, dispatch, documents, standing));
        for (MemberId member : deadLetterReaders()) {
            context.addRoutes(deadLetters(member, ledger, answers, dispatch));
        }

        this.client = new JmsExchangeClient(
                flights,
                localFaults,
                answers,
                JmsExchangeClient.Entrance.of(context.getEndpoint(SubmitRequestRoute.SUBMIT)),
                JmsExchangeClient.Entrance.of(context.getEndpoint(SubmitRequestRoute.SEND)),
                executor,
                settings.timeoutMax(),
                new JmsExchangeClient.Backlog(ledger, cancellations, awaited));
        Resending resending = new Resending(flights, client::resend, workers.nanoTime(), ledger::now);
        context.getComponent(JMS, JmsComponent.class).setExceptionListener(resending);
        context.getComponent(REPLIES, JmsComponent.class).setExceptionListener(resending);
        scheduler.scheduleWithFixedDelay(
                resending, Resending.PERIOD.toMillis(), Resending.PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        scheduler.scheduleWithFixedDelay(
                desk, DeferralDesk.PERIOD.toMillis(), DeferralDesk.PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        scheduler.scheduleWithFixedDelay(
                awaited, AwaitedAnswers.PERIOD.toMillis(), AwaitedAnswers.PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        scheduler.scheduleWithFixedDelay(
                () -> executor.execute(this::endUnfinished),
                UNFINISHED_PERIOD.toMillis(),
                UNFINISHED_PERIOD.toMillis(),
                TimeUnit.MILLISECONDS);
        this.servingAgain = JmsExchangeClient.Entrance.of(context.getEndpoint(ServeRequestRoute.SERVE_AGAIN));
        this.serving = JmsExchangeClient.Entrance.of(context.getEndpoint(ServeRequestRoute.SERVE));
        this.inbox = new InboxRecovery(
                parts.log(),
                parts.keys().members(),
                parts.composite(),
                stored -> parts.site() != Site.SINGLE
                        && answers.open(stored).filter(shared::isAnothers).isPresent(),
                this::serve);
        this.recovery =
                new OutboxRecovery(parts.log(), flights, submissions, answers, parts.composite(), client::resend);
    }

    /**
     * Adds the exchange's routes to a context that is not started yet.
     *
     * @throws IllegalStateException when Camel refuses them
     */
    public static ExchangeNode addTo(CamelContext context, ExchangeParts parts) {
        return addTo(context, parts, ExchangeWorkers.threads(parts.settings()));
    }

    /** The same by these workers. */
    static ExchangeNode addTo(CamelContext context, ExchangeParts parts, ExchangeWorkers workers) {
        try {
            return new ExchangeNode(context, parts, workers);
        } catch (Exception e) { // Camel declares nothing narrower
            throw new IllegalStateException("the exchange's routes cannot be added", e);
        }
    }

    /** The way in. */
    public ExchangeClient client() {
        return parts.site() == Site.SINGLE
                ? client
                : new SharedSubmissions(client, parts.site(), answers, executor, scheduler, parts.clock());
    }

    /** Takes up what the last run left unanswered; call once, after the context was started. */
    public ExchangeRecovery recover() {
        long size = parts.log().size();
        ExchangeRecovery sent = recovery.run();
        int owed = desk.recover(parts.log(), answers, parts.keys().members(), parts.composite());
        int waited = awaited.recover(parts.log(), parts.keys().members());
        if (owed + waited > 0) {
            LOG.info("Answers announced for later by the last run: {} owed, {} awaited", owed, waited);
        }
        // Not at once: most of it comes again from those who sent it.
        scheduler.schedule(
                () -> executor.execute(() -> inbox.run(size)), InboxRecovery.AFTER.toMillis(), TimeUnit.MILLISECONDS);
        if (parts.site() != Site.SINGLE) {
            scheduler.scheduleWithFixedDelay(
                    () -> executor.execute(this::takeHanded), HANDED_MILLIS, HANDED_MILLIS, TimeUnit.MILLISECONDS);
            scheduler.scheduleWithFixedDelay(
                    () -> executor.execute(shared::forget), FORGET_MINUTES, FORGET_MINUTES, TimeUnit.MINUTES);
            OrphanedAnswers orphaned = new OrphanedAnswers(parts.site(), this::notOwedHere, this::serve);
            scheduler.scheduleWithFixedDelay(
                    () -> deferralExecutor.execute(orphaned),
                    OrphanedAnswers.PERIOD.toMillis(),
                    OrphanedAnswers.PERIOD.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
        return sent;
    }

    /**
     * Whether every queue of this node is read, as far as the broker has confirmed it: what is asked of it before then
     * waits. Never waits itself.
     */
    public boolean listening() {
        return intake.listening();
    }

    /** Connects whoever sends, so that the first to ask does not wait for it; where the broker is away, the first to send does. */
    public void connect() {
        for (ConnectionFactory senders :
                List.of(parts.broker().senders(), parts.broker().repliers())) {
            try (Connection connection = senders.createConnection();
                    Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
                LOG.debug("{} is connected", session);
            } catch (JMSException e) {
                LOG.warn("The broker cannot be reached yet: {}", e.getMessage());
                return;
            }
        }
    }

    /** Ends what this run accepted or received and could not end, on either side. */
    private void endUnfinished() {
        Instant now = ledger.now();
        localFaults.unfinished().endAll(now, key -> recovery.end(ledger, key));
        replays.unfinished().endAll(now, received -> owes(received) || inbox.end(ledger, received));
    }

    /** Whether its answer was announced after all, when nobody waited for the log any more: then it is owed. */
    private boolean owes(InboxRecovery.Received received) {
        Optional<Container> interim = ledger.about(
                        received.provider().member(), Direction.SENT, MessageKind.INTERIM, received.messageId())
                .flatMap(answers::open);
        interim.ifPresent(announced -> desk.adopted(announced, null));
        return interim.isPresent();
    }

    /** Whether another node's announcement is one that this node could give the answer to, and has not taken over yet. */
    private boolean notOwedHere(StoredMessage interim) {
        UUID requestId = interim.inReplyTo();
        return requestId != null
                && parts.keys().members().contains(interim.member())
                && !parts.composite().test(interim.service())
                && ledger.about(interim.member(), Direction.SENT, MessageKind.INTERIM, requestId)
                        .isEmpty();
    }

    /** How many requests of this run have no end in the log yet, since what should have ended them failed. */
    public int unfinished() {
        return localFaults.unfinished().size() + replays.unfinished().size();
    }

    private void resend(Submission.Logged logged) {
        client.resend(logged);
    }

    /** Asks for an answer that was announced for later; what fails in it is tried again. */
    private void serveAgain(DeferralDesk.Open open) {
        Exchange exchange = servingAgain.endpoint().createExchange(ExchangePattern.InOnly);
        exchange.setProperty(ExchangeProperties.QUEUE_OWNER, open.provider());
        exchange.getMessage().setBody(new Serving.Reopened(open));
        try {
            servingAgain.producer().process(exchange);
        } catch (Exception e) { // Camel declares nothing narrower
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            throw new IllegalStateException("a deferred answer could not be asked for", exchange.getException());
        }
    }

    /** What is asked of each back-end at once. */
    public BackEndGates backEnds() {
        return gates;
    }

    /** How many requests' time was up before this step, which was not taken then; since the start. */
    public long late(Stage before) {
        return late.count(before);
    }

    /** How many answers this node's providers owe, announced for later. */
    public int owedAnswers() {
        return desk.size();
    }

    /** How many answers this node's requesters await, announced for later. */
    public int awaitedAnswers() {
        return awaited.size();
    }

    /** One turn at a time. */
    private void takeHanded() {
        if (taking.compareAndSet(false, true)) {
            try {
                shared.takeHanded(this::serve);
            } finally {
                taking.set(false);
            }
        }
    }

    /** Serves a request that was received before; what fails in it is the routes' policy's business, and no other's. */
    private boolean serve(Arrival arrival) {
        Exchange exchange = serving.endpoint().createExchange(ExchangePattern.InOnly);
        exchange.setProperty(ExchangeProperties.QUEUE_OWNER, arrival.provider());
        exchange.getMessage().setBody(arrival);
        try {
            serving.producer().process(exchange);
        } catch (Exception e) { // Camel declares nothing narrower
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            LOG.warn("A request that was received before could not be served", exchange.getException());
        }
        return exchange.getException() == null;
    }

    /** The endpoint that sends to the queue that each message names, for other flows of this context. */
    public String eventSender() {
        return SENDER;
    }

    /** The endpoint that reads this queue, one message after the other, for other flows of this context. */
    public String eventIntake(String queue) {
        return REPLIES + ":queue:" + queue + "?mapJmsMessage=false&disableReplyTo=true"
                + "&errorHandlerLoggingLevel=DEBUG&errorHandlerLogStackTrace=false&concurrentConsumers=1";
    }

    /** Makes this route stop as well when the log has failed for good. */
    public void haltsToo(String routeId) {
        intake.also(routeId);
    }

    /** Whether this node has stopped reading messages, since its log has failed: only a restart helps. */
    public boolean halted() {
        return intake.halted();
    }

    /** How many messages nobody could process since the start. */
    public long deadLetters() {
        return deadLetterAlarm.total();
    }

    /** How often the operator was told of them. */
    long deadLetterAlarms() {
        return deadLetterAlarm.alarms();
    }

    /** How many requests wait for their answer. */
    public int inFlight() {
        return flights.size();
    }

    /**
     * Ends what still waits, as far as its callers are concerned; the log keeps it for the next start. Call it once the
     * context has stopped.
     */
    @Override
    public void close() {
        scheduler.shutdownNow();
        flights.abandon(localFaults::giveUp);
        deferralExecutor.shutdown();
        executor.shutdown();
    }

    private RequestBuilder requestBuilder(Ledger ledger) {
        return new RequestBuilder(
                parts.registry(),
                parts.keys(),
                parts.policy(),
                parts.assertions(),
                parts.sealer(),
                parts.signer(),
                parts.verifier(),
                ledger,
                parts.settings());
    }

    private ExchangePolicy policy() {
        return new ExchangePolicy(
                new FailedSubmission(localFaults, parts.broker().failsOver())::end,
                intake::givenBack,
                intake::haltIfLogFailed);
    }

    private ReceiveReplyRoute receiveReplies(Ledger ledger, Answers answers, Cancellations cancellations) {
        return new ReceiveReplyRoute(
                replyIntakes(),
                new ArrivalReader(parts.settings().maxContainerBytes(), parts.spool()),
                new ReplyReceipt(
                        parts.registry(),
                        parts.verifier(),
                        ledger,
                        localFaults,
                        answers,
                        flights,
                        new Senders(parts.keys().members()),
                        awaited,
                        cancellations,
                        parts.settings().clockSkew()));
    }

    private ServeRequestRoute serveRequests(
            Ledger ledger,
            Authorization authorization,
            Announcement announcement,
            AnswerDispatch dispatch,
            DocumentAnswers documents,
            KeyStanding standing) {
        return new ServeRequestRoute(
                requestIntakes(),
                new ServeRequestRoute.ServeSteps(
                        new ArrivalReader(parts.settings().maxContainerBytes()),
                        new RequestReceipt(
                                parts.registry(),
                                parts.verifier(),
                                ledger,
                                new Senders(parts.keys().members()),
                                parts.settings().clockSkew(),
                                late),
                        shared,
                        replays,
                        authorization,
                        new RecordAccess(
                                parts.connectors(),
                                parts.schemas(),
                                ledger,
                                new Disclosure(parts.policy(), parts.registry(), parts.gate(), ledger, standing),
                                documents,
                                gates,
                                late),
                        announcement,
                        dispatch),
                REPLIER);
    }

    /** What receivers with the same settings take: the document, and the parts beside it. */
    private static ContainerLimits documentLimits(ExchangeSettings settings) {
        ContainerLimits standard = ContainerLimits.standard();
        int whole = settings.maxContainerBytes();
        int beside = standard.maxContainerBytes() - standard.maxPayloadBytes();
        return new ContainerLimits(
                whole,
                standard.maxHeaderBytes(),
                Math.max(1, Math.min(standard.maxPayloadBytes(), whole - beside)),
                standard.maxSignatureBytes());
    }

    /** In whose names dead letters are read: in one for all of them, or in each for its own. */
    private List<MemberId> deadLetterReaders() {
        return switch (parts.broker().deadLetters()) {
            case ALL -> members().subList(0, 1);
            case OWN -> members();
            case NONE -> List.of();
        };
    }

    private String suffix(MemberId reader) {
        return parts.broker().deadLetters() == DeadLetterShare.OWN ? "." + reader.dotted() : "";
    }

    private DeadLetterRoute deadLetters(MemberId reader, Ledger ledger, Answers answers, AnswerDispatch dispatch) {
        DeadLetters letters =
                new DeadLetters(parts.registry(), parts.keys(), parts.verifier(), ledger, answers, deadLetterAlarm);
        DeadLetterShare share = parts.broker().deadLetters();
        return new DeadLetterRoute(
                new DeadLetterRoute.Endpoints(
                        suffix(reader),
                        JMS + ":queue:" + share.deadLetters(reader) + CONSUMER_OPTIONS + 1,
                        JMS + ":queue:" + share.expired(reader) + CONSUMER_OPTIONS + 1,
                        ExchangeProperties.LOGGED_FAULT,
                        SENDER),
                new DeadLetterRoute.Steps(
                        exchange -> exchange.setProperty(ExchangeProperties.QUEUE_OWNER, reader),
                        new ArrivalReader(parts.settings().maxContainerBytes()),
                        Step.of(Arrival.class, letters::examine),
                        Step.when(Serving.Refused.class, dispatch::refuse),
                        Step.when(Serving.Signable.class, dispatch::sign),
                        Step.when(Serving.Answer.class, dispatch::log),
                        Step.of(Arrival.class, letters::expired),
                        new OutgoingEnvelope(),
                        Outgoing.class));
    }

    private List<MemberId> members() {
        List<MemberId> members = new ArrayList<>(parts.keys().members());
        if (members.isEmpty()) {
            throw new IllegalArgumentException("the node speaks for no member");
        }
        members.sort(Comparator.naturalOrder());
        return members;
    }

    /** Each service has threads of its own, and whatever says no service of ours has others: none waits for another's back-end. */
    private List<QueueIntake> requestIntakes() {
        Map<SubsystemId, Set<ServiceId>> served = new TreeMap<>();
        for (ServiceId service : parts.connectors().services()) {
            if (parts.keys().members().contains(service.member())) {
                served.computeIfAbsent(service.subsystem(), subsystem -> new TreeSet<>())
                        .add(service);
            }
        }
        List<QueueIntake> intakes = new ArrayList<>();
        served.forEach((provider, services) -> {
            String others = services.stream().map(ExchangeNode::labelled).collect(Collectors.joining(" OR "));
            String rest = ExchangeProperties.SERVICE + " IS NULL OR NOT (" + others + ")";
            intakes.add(requestIntake("exchange.serve-intake." + provider.dotted(), provider, rest, null));
            services.forEach(service -> intakes.add(requestIntake(
                    "exchange.serve-intake." + service.toString().replace('/', '.'),
                    provider,
                    labelled(service),
                    service)));
        });
        return intakes;
    }

    private static String labelled(ServiceId service) {
        return ExchangeProperties.SERVICE + " = '" + service + "'";
    }

    private QueueIntake requestIntake(String id, SubsystemId provider, String selector, @Nullable ServiceId service) {
        return new QueueIntake(
                id,
                JMS + ":queue:" + Queues.request(provider) + CONSUMER_OPTIONS
                        + requestThreads.each(provider.member())
                        + "&selector=RAW(" + selector + ")",
                provider,
                service);
    }

    private List<QueueIntake> replyIntakes() {
        String node = parts.settings().nodeId();
        List<QueueIntake> intakes = new ArrayList<>();
        for (MemberId member : members()) {
            boolean registered = parts.registry()
                    .get()
                    .member(member)
                    .map(Member::nodes)
                    .filter(nodes -> nodes.contains(node))
                    .isPresent();
            if (!registered) {
                throw new IllegalArgumentException("the registry names no node " + node + " of " + member);
            }
            intakes.add(new QueueIntake(
                    "exchange.receive-intake." + member.dotted(),
                    REPLIES + ":queue:" + Queues.reply(member, node) + CONSUMER_OPTIONS
                            + parts.settings().replyConsumers(),
                    member));
        }
        return intakes;
    }

    private List<String> intakeIds() {
        List<String> ids = new ArrayList<>();
        requestIntakes().forEach(request -> ids.add(request.routeId()));
        replyIntakes().forEach(reply -> ids.add(reply.routeId()));
        for (MemberId member : deadLetterReaders()) {
            ids.add(DeadLetterRoute.DRAIN + suffix(member));
            ids.add(DeadLetterRoute.EXPIRED + suffix(member));
        }
        return ids;
    }

    private static JmsComponent jms(ConnectionFactory consumers, ConnectionFactory producers) {
        JmsComponent component = new JmsComponent();
        component.setListenerConnectionFactory(consumers);
        component.setTemplateConnectionFactory(producers);
        // Acknowledged once the route has ended well: what comes again after a crash is known by the log.
        component.setAcknowledgementMode(Session.CLIENT_ACKNOWLEDGE);
        component.setCacheLevelName("CACHE_CONSUMER");
        component.setRecoveryInterval(BROKER_RETRY_MILLIS);
        component.setPreserveMessageQos(true);
        component.setDeliveryPersistent(true);
        component.setMessageCreatedStrategy(new StreamedContent());
        component.setJmsMessageType(JmsMessageType.Bytes);
        component.setTransferException(false);
        component.setTransferExchange(false);
        component.setTestConnectionOnStartup(false);
        component.setIncludeSentJMSMessageID(false);
        return component;
    }
}
