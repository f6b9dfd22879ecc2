package org.wasl.routes.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.routes.exchange.ExchangeRequest;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.container.Container;
import org.wasl.security.container.Coverage;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.registry.CurrentRegistry;

/**
 * Does what open orders need: shows them to the gateway, asks what it took, settles each item with its agency, gives back
 * what nobody takes. What is to be done is read from the log each time, so that it goes on after any stop; the table in
 * memory says only when to look next.
 */
final class PaymentDesk implements Runnable {

    /** How often it is looked whose time has come. */
    static final Duration PERIOD = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(PaymentDesk.class);
    private static final Duration MARGIN = Duration.ofSeconds(5);
    private static final int PAGE = 256;
    private static final int MAX_DOUBLINGS = 20;

    private final PaymentRules rules;
    private final PaymentSettings settings;
    private final OrderLog orders;
    private final ExchangeClient exchanges;
    private final AnswerSigner signer;
    private final CurrentRegistry registry;
    private final Ledger ledger;
    private final Executor executor;
    private final Map<String, Open> open = new ConcurrentHashMap<>();
    private final List<PaymentListener> listeners = new CopyOnWriteArrayList<>();

    PaymentDesk(
            PaymentRules rules,
            PaymentSettings settings,
            OrderLog orders,
            ExchangeClient exchanges,
            AnswerSigner signer,
            CurrentRegistry registry,
            Ledger ledger,
            Executor executor) {
        this.rules = rules;
        this.settings = settings;
        this.orders = orders;
        this.exchanges = exchanges;
        this.signer = signer;
        this.registry = registry;
        this.ledger = ledger;
        this.executor = executor;
    }

    /** One order that is open. */
    private static final class Open {

        private Instant next;
        private boolean busy;
        private boolean news;
        private boolean told;
        private int asked;

        Open(Instant next) {
            this.next = next;
        }

        synchronized boolean due(Instant now) {
            boolean due = !busy && !now.isBefore(next);
            if (due) {
                busy = true;
                news = false;
            }
            return due;
        }

        synchronized void tell(Instant now) {
            told = true;
            news = true;
            asked = 0;
            next = now;
        }

        /** How often the gateway was asked since it told of the order; -1 when it told nothing. */
        synchronized int askedSinceTold() {
            return told ? asked : -1;
        }

        synchronized void asked() {
            asked++;
        }

        /** What was told while it was looked at counts more than when to look next. */
        synchronized void done(Instant at) {
            busy = false;
            if (!news) {
                next = at;
            }
        }
    }

    boolean full() {
        return open.size() >= settings.openMax();
    }

    int size() {
        return open.size();
    }

    void listen(PaymentListener listener) {
        listeners.add(listener);
    }

    /** An order is durable. */
    void opened(String number) {
        open.putIfAbsent(number, new Open(ledger.now()));
    }

    /** The gateway tells of an order. */
    boolean told(String number) {
        Open one = open.get(number);
        if (one == null) {
            return false;
        }
        one.tell(ledger.now());
        return true;
    }

    /** Takes up what the last run left open; each is looked at at once, and its gateway asked: it may have told meanwhile. */
    int recover(MessageLog log) {
        long from = 0;
        List<StoredMessage> page = log.deferred(Direction.SENT, from, PAGE);
        while (!page.isEmpty()) {
            for (StoredMessage stored : page) {
                from = stored.index() + 1;
                if (stored.service().equals(rules.service())) {
                    opened(stored.correlationId());
                    told(stored.correlationId());
                }
            }
            page = log.deferred(Direction.SENT, from, PAGE);
        }
        return open.size();
    }

    @Override
    public void run() {
        Instant now = ledger.now();
        open.forEach((number, one) -> {
            if (one.due(now)) {
                try {
                    executor.execute(() -> work(number, one));
                } catch (RejectedExecutionException e) {
                    // As many wait for a thread as may, or the node stops: its turn comes.
                    one.done(now.plus(PERIOD));
                }
            }
        });
    }

    private void work(String number, Open one) {
        Instant next = ledger.now().plus(settings.retryMost());
        try {
            next = look(number, one);
        } catch (RuntimeException e) { // the log or a key: the next turn finds it mended
            LOG.warn("Payment order {} could not be looked at", number, e);
            next = ledger.now().plus(settings.retryFirst());
        } finally {
            one.done(next);
        }
    }

    /** Does what is due, and says when to look again. */
    private Instant look(String number, Open one) {
        Optional<OrderLog.Found> found = orders.find(number);
        OrderAccount account = found.map(OrderLog.Found::account).orElse(null);
        if (found.isEmpty() || account == null || account.ended()) {
            open.remove(number);
            return ledger.now();
        }
        Instant now = ledger.now();
        Instant closed = account.order().payBy().plus(rules.gateway().closes());
        List<Errand> remaining = account.remaining(now);
        if (account.unpaid(now, closed)) {
            expire(found.get());
            return now;
        }
        if (remaining.isEmpty() && !account.payments().isEmpty()) {
            conclude(found.get(), account);
            return now;
        }
        Instant next = remaining.isEmpty() ? closed : Instant.MAX;
        List<CompletableFuture<ExchangeResult>> under = new ArrayList<>();
        for (Errand errand : remaining) {
            Instant due = due(account, errand, one, closed);
            if (due.isAfter(now)) {
                next = due.isBefore(next) ? due : next;
            } else {
                under.add(exchanges.submit(request(found.get(), account, errand)));
                if (errand instanceof Errand.AskReceipt) {
                    one.asked();
                }
            }
        }
        if (under.isEmpty()) {
            return next;
        }
        CompletableFuture.allOf(under.toArray(CompletableFuture[]::new))
                .orTimeout(
                        rules.gateway().timeout().plus(MARGIN).toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                .exceptionally(failure -> null)
                .join();
        return ledger.now();
    }

    /** When an errand's next attempt is due. */
    private Instant due(OrderAccount account, Errand errand, Open one, Instant closed) {
        Optional<OrderAccount.Tried> tried = account.tried(errand);
        if (errand instanceof Errand.AskReceipt) {
            Instant last =
                    tried.map(OrderAccount.Tried::last).orElse(account.order().issued());
            int asked = one.askedSinceTold();
            Instant due = asked == 0
                    ? Instant.MIN
                    : last.plus(asked < 0 ? settings.poll() : least(wait(asked), settings.poll()));
            return last.isBefore(closed) && closed.isBefore(due) ? closed : due;
        }
        return tried.map(times -> times.last().plus(wait(times.answered()))).orElse(Instant.MIN);
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Duration wait(int failed) {
        return least(
                settings.retryFirst().multipliedBy(1L << Math.min(failed - 1, MAX_DOUBLINGS)), settings.retryMost());
    }

    private ExchangeRequest request(OrderLog.Found found, OrderAccount account, Errand errand) {
        PaymentOrder order = account.order();
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("order", order.number());
        ServiceId service;
        if (errand instanceof Errand.Present) {
            service = rules.gateway().present();
            parameters.put("amount", order.total().toString());
            parameters.put("payBy", order.payBy().toString());
            parameters.put("channels", String.join(",", order.channels()));
        } else if (errand instanceof Errand.Settle settle) {
            OrderItem item = order.item(settle.item()).orElseThrow();
            service = item.settle();
            parameters.putAll(item.parameters());
            parameters.put(
                    "settlement", Errand.Settle.id(account.request(), item.id()).toString());
            parameters.put(
                    "amount",
                    account.settling().getOrDefault(item.id(), Fils.ZERO).toString());
            parameters.put("discount", item.taken().toString());
        } else if (errand instanceof Errand.Reverse reverse) {
            service = rules.gateway().reverse();
            parameters.put(
                    "reversal",
                    Errand.Reverse.id(account.request(), reverse.target()).toString());
            parameters.put("amount", account.amount(reverse).toString());
        } else {
            service = rules.gateway().receipt();
        }
        SubsystemId composer = rules.service().subsystem();
        return new ExchangeRequest(
                errand.message(account.request(), account.attempt(errand)),
                found.request().correlationId(),
                composer,
                service,
                parameters,
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
                null);
    }

    private void conclude(OrderLog.Found found, OrderAccount account) {
        Container request = orders.open(found.request()).orElseThrow();
        byte[] payload = PayloadXml.record(PaymentXml.statement(account), ledger.now(), Coverage.COMPLETE);
        Container reply = signer.reply(request, registry.get(), PaymentXml.SCHEMA_VERSION, payload);
        ledger.durable(ledger.sent(rules.service().member(), reply, null, null));
        ended(found);
    }

    private void expire(OrderLog.Found found) {
        Container request = orders.open(found.request()).orElseThrow();
        Fault fault = new Fault(
                FaultCode.PAYMENT_EXPIRED, Stage.COMPOSE, rules.service().code(), "the gateway took nothing in time");
        Container signed = signer.fault(rules.service().subsystem(), request.header(), request.asInReplyTo(), fault);
        ledger.durable(ledger.sent(rules.service().member(), signed, null, fault.code()));
        ended(found);
    }

    private void ended(OrderLog.Found found) {
        open.remove(found.request().correlationId());
        listeners.forEach(listener ->
                listener.ended(found.request().consumer(), found.request().messageId()));
    }
}
