package org.wasl.routes.payment;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.exchange.ExchangeRequest;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.schemas.identifier.TimeOrderedId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadOpener;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.keys.KeyUnavailableException;

/** The joint payment orders of one node. Order of use: {@link #recover} once exchanges and composites are taken up; to stop, {@link #close}. */
public final class PaymentNode implements PaymentServices, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PaymentNode.class);
    private static final Duration MINIMUM_ANSWER_LIFE = Duration.ofSeconds(60);
    private static final Duration RECEIPTS_COME_WITHIN = Duration.ofDays(1);
    private static final int THREAD_IDLE_SECONDS = 30;
    private static final int WAITING = 1_024;
    private static final int PAGE = 256;

    private final PaymentRules rules;
    private final PaymentParts parts;
    private final PayloadXml payloads;
    private final Ledger ledger;
    private final OrderLog orderLog;
    private final PaymentDesk desk;
    private final PaymentOrders orders;
    private final ThreadPoolExecutor executor;
    private final ThreadPoolExecutor errands;
    private final ScheduledThreadPoolExecutor scheduler;

    /** Begins to look at orders at once; none is known before {@link #recover}, or before one is asked for. */
    public PaymentNode(PaymentParts parts) {
        this.parts = parts;
        this.rules = parts.rules();
        this.payloads = new PayloadXml(parts.schemas(), new PayloadOpener(parts.keys()));
        this.ledger = new Ledger(parts.log(), parts.clock(), parts.logTimeout());
        AnswerSigner signer =
                new AnswerSigner(parts.registry(), parts.keys(), parts.signer(), ledger, MINIMUM_ANSWER_LIFE);
        this.orderLog = new OrderLog(parts.log(), parts.verifier(), payloads, rules);
        this.executor = executor("payment-", parts.settings().threads());
        this.errands = executor("settlement-", parts.settings().threads());
        this.desk = new PaymentDesk(
                rules, parts.settings(), orderLog, parts.exchanges(), signer, parts.registry(), ledger, errands);
        this.orders = new PaymentOrders(parts, orderLog, desk, payloads, signer, ledger);
        this.scheduler = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "payment-clock"));
        long period = PaymentDesk.PERIOD.toMillis();
        scheduler.scheduleWithFixedDelay(desk, period, period, TimeUnit.MILLISECONDS);
    }

    private static ThreadPoolExecutor executor(String name, int threads) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                threads,
                threads,
                THREAD_IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING),
                task -> daemon(task, name + number.incrementAndGet()));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Takes up what the last run left: orders that are open, and requests that no order was made for.
     *
     * @return how many orders are open
     */
    public int recover() {
        long from = 0;
        MessageLog log = parts.log();
        List<StoredMessage> page = log.unanswered(MessageKind.REQUEST, Direction.RECEIVED, from, PAGE);
        while (!page.isEmpty()) {
            for (StoredMessage stored : page) {
                from = stored.index() + 1;
                if (stored.service().equals(rules.service())
                        && announced(stored).isEmpty()) {
                    orderLog.open(stored).ifPresent(orders::takeUp);
                }
            }
            page = log.unanswered(MessageKind.REQUEST, Direction.RECEIVED, from, PAGE);
        }
        int open = desk.recover(log);
        if (open > 0) {
            LOG.info("Payment orders that are open: {}", open);
        }
        return open;
    }

    private Optional<StoredMessage> announced(StoredMessage request) {
        return parts.log().about(request.member(), Direction.SENT, MessageKind.INTERIM, request.messageId());
    }

    @Override
    public PaymentRules rules() {
        return rules;
    }

    @Override
    public Optional<String> number(UUID trackingId) {
        return orders.number(trackingId);
    }

    @Override
    public CompletableFuture<PaymentResult> order(PaymentRequest request) {
        try {
            return CompletableFuture.supplyAsync(() -> ordered(request), executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(refused(FaultCode.OVERLOADED, "too many orders are being made"));
        }
    }

    private PaymentResult ordered(PaymentRequest request) {
        try {
            return orders.order(request);
        } catch (LogUnavailableException e) {
            LOG.warn("{} could not be logged", request, e);
            return refused(FaultCode.LOG_UNAVAILABLE, "the message log cannot be written");
        } catch (KeyUnavailableException e) {
            LOG.warn("{} could not be signed", request, e);
            return refused(FaultCode.KEY_UNAVAILABLE, "the key to sign with cannot be used now");
        }
    }

    private static PaymentResult refused(FaultCode code, String detail) {
        return new PaymentResult.Refused(new Fault(code, Stage.COMPOSE, "payment", detail));
    }

    @Override
    public Optional<PaymentResult.Ordered> find(String number) {
        return orders.find(number);
    }

    @Override
    public boolean told(String number) {
        return desk.told(number);
    }

    @Override
    public void onEnd(PaymentListener listener) {
        desk.listen(listener);
    }

    /** How many orders are open. */
    public int open() {
        return desk.size();
    }

    @Override
    public CompletableFuture<ReconciliationResult> reconcile(LocalDate day) {
        UUID id = TimeOrderedId.next();
        SubsystemId composer = rules.service().subsystem();
        return parts.exchanges()
                .submit(new ExchangeRequest(
                        id,
                        "reconciliation-" + id,
                        composer,
                        rules.gateway().day(),
                        Map.of("day", day.toString()),
                        new Actor(ActorKind.SYSTEM, AssuranceLevel.SUBSTANTIAL, composer.dotted(), null),
                        null,
                        null,
                        rules.purpose(),
                        rules.legalBasis(),
                        "SYSTEM",
                        "ar",
                        Priority.NORMAL,
                        rules.gateway().timeout(),
                        null,
                        null))
                .thenApplyAsync(result -> compared(day, result), executor);
    }

    private ReconciliationResult compared(LocalDate day, ExchangeResult result) {
        if (result instanceof ExchangeResult.Answered answered
                && payloads.read(answered.reply()) instanceof PayloadContent.Record record) {
            Instant from = day.atStartOfDay(rules.zone()).toInstant();
            Instant to = day.plusDays(1).atStartOfDay(rules.zone()).toInstant().plus(RECEIPTS_COME_WITHIN);
            List<OrderAccount> known = new ArrayList<>();
            parts.asked().between(from, to).forEach(number -> account(number).ifPresent(known::add));
            return new ReconciliationResult.Compared(
                    Reconciliation.of(day, rules.zone(), DayFile.of(record.root()), this::account, known));
        }
        Fault fault = result instanceof ExchangeResult.Faulted faulted
                ? faulted.fault()
                : new Fault(FaultCode.RECORD_INVALID, Stage.COMPOSE, "payment", "the gateway gave no file of the day");
        return new ReconciliationResult.Unavailable(fault);
    }

    private Optional<OrderAccount> account(String number) {
        return orders.find(number).map(PaymentResult.Ordered::account);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        executor.shutdown();
        errands.shutdown();
    }
}
