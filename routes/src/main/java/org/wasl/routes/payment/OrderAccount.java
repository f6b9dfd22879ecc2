package org.wasl.routes.payment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.payment.PaymentRules.Partial;

/**
 * How an order stands: derived from what the log holds of it, never stored. What was paid is at every moment what is
 * settled, open and given back together.
 */
public final class OrderAccount {

    private final UUID request;
    private final PaymentOrder order;
    private final Partial partial;
    private final Map<String, Tried> tried;
    private final boolean presented;
    private final List<Payment> payments;
    private final @Nullable Instant receiptAsked;
    private final Map<String, Answer> settlements;
    private final Set<String> reversals;
    private final Ending ending;

    private OrderAccount(Facts facts) {
        this.request = facts.request;
        this.order = facts.order;
        this.partial = facts.partial;
        this.tried = Map.copyOf(facts.tried);
        this.presented = facts.presented;
        this.payments = List.copyOf(facts.payments);
        this.receiptAsked = facts.receiptAsked;
        this.settlements = Map.copyOf(facts.settlements);
        this.reversals = Set.copyOf(facts.reversals);
        this.ending = facts.ending;
    }

    /** How the order's own exchange ended. */
    enum Ending {
        OPEN,
        STATEMENT,
        FAULT
    }

    /**
     * How often an errand was attempted.
     *
     * @param answered how many attempts have an answer, be it a fault
     * @param last when the last of those was logged
     */
    record Tried(int answered, Instant last) {}

    /**
     * What an agency answered.
     *
     * @param settled whether it took the payment
     * @param reason why not; null when it did, or did not say
     */
    public record Answer(boolean settled, @Nullable String reason) {}

    /** What is known of an order, gathered before its account is drawn up. */
    static final class Facts {

        private final UUID request;
        private final PaymentOrder order;
        private final Partial partial;
        private final Map<String, Tried> tried = new TreeMap<>();
        private final List<Payment> payments = new ArrayList<>();
        private final Map<String, Answer> settlements = new TreeMap<>();
        private final Set<String> reversals = new HashSet<>();
        private boolean presented;
        private @Nullable Instant receiptAsked;
        private Ending ending = Ending.OPEN;

        /** @param request the id of the order's request, from which all others are derived */
        Facts(UUID request, PaymentOrder order, Partial partial) {
            this.request = request;
            this.order = order;
            this.partial = partial;
        }

        void tried(Errand errand, int answered, Instant last) {
            tried.put(errand.key(), new Tried(answered, last));
        }

        void presented() {
            presented = true;
        }

        /** What the gateway had taken when it was asked; a later word of it counts, and never takes a payment back. */
        void receipt(List<Payment> taken, Instant asked) {
            receiptAsked = asked;
            Set<String> known =
                    new HashSet<>(payments.stream().map(Payment::reference).toList());
            taken.stream().filter(payment -> known.add(payment.reference())).forEach(payments::add);
        }

        /** The first answer of an agency with a record is its last word. */
        void settlement(String item, Answer answer) {
            settlements.putIfAbsent(item, answer);
        }

        void reversal(String target) {
            reversals.add(target);
        }

        void ended(Ending by) {
            ending = by;
        }

        OrderAccount account() {
            return new OrderAccount(this);
        }
    }

    public PaymentOrder order() {
        return order;
    }

    /** The id of the request that asked for the order. */
    UUID request() {
        return request;
    }

    public List<Payment> payments() {
        return payments;
    }

    /** What the agency of this item answered; empty while it has not. */
    public Optional<Answer> answer(String item) {
        return Optional.ofNullable(settlements.get(item));
    }

    /** Whether what was paid for this item was given back. */
    public boolean reversed(String item) {
        return reversals.contains(item) || (settling().isEmpty() && !payments.isEmpty() && open().isZero());
    }

    /** How often an errand was attempted; the first attempt is 1. */
    int attempt(Errand errand) {
        return Optional.ofNullable(tried.get(errand.key())).map(Tried::answered).orElse(0) + 1;
    }

    Optional<Tried> tried(Errand errand) {
        return Optional.ofNullable(tried.get(errand.key()));
    }

    /** How often an item's settlement was attempted without an answer of its agency. */
    public int attempts(String item) {
        return tried(new Errand.Settle(item)).map(Tried::answered).orElse(0);
    }

    /** What is settled for each item: nothing at all when what was paid is not what was asked for. */
    SortedMap<String, Fils> settling() {
        SortedMap<String, Fils> amounts = new TreeMap<>();
        if (payments.isEmpty()) {
            return amounts;
        }
        order.items().forEach(item -> amounts.put(item.id(), item.amount()));
        Fils paid = payments.get(0).amount();
        if (paid.equals(order.total())) {
            return amounts;
        }
        boolean spread = partial == Partial.PROPORTIONAL && paid.compareTo(order.total()) < 0;
        return spread ? Allocation.proportional(paid, amounts) : new TreeMap<>();
    }

    /** Payments that are given back whole: of another amount than asked for, or made once more. */
    List<Payment> unwanted() {
        return settling().isEmpty() ? payments : payments.subList(1, payments.size());
    }

    /** How much an errand gives back. */
    Fils amount(Errand.Reverse reversal) {
        Fils ofItem = settling().get(reversal.target());
        return ofItem != null
                ? ofItem
                : payments.stream()
                        .filter(payment ->
                                Errand.Reverse.ofPayment(payment.reference()).equals(reversal))
                        .map(Payment::amount)
                        .findFirst()
                        .orElse(Fils.ZERO);
    }

    public Fils paid() {
        return Fils.sum(payments.stream().map(Payment::amount).toList());
    }

    /** What agencies have taken. */
    public Fils settled() {
        return Fils.sum(settling().entrySet().stream()
                .filter(part -> answer(part.getKey()).filter(Answer::settled).isPresent())
                .map(Map.Entry::getValue)
                .toList());
    }

    /** What was given back. */
    public Fils reversed() {
        return Fils.sum(
                reversals.stream().map(Errand.Reverse::new).map(this::amount).toList());
    }

    /** What was paid and is neither settled nor given back yet. */
    public Fils open() {
        return paid().minus(settled()).minus(reversed());
    }

    /** The ids by which the gateway knows what it gave back. */
    List<UUID> reversals() {
        return reversals.stream()
                .map(target -> Errand.Reverse.id(request, target))
                .toList();
    }

    /** What is still to be done, whenever its turn comes; nothing once the order has ended. */
    List<Errand> remaining(Instant now) {
        List<Errand> errands = new ArrayList<>();
        if (ending != Ending.OPEN) {
            return errands;
        }
        if (payments.isEmpty()) {
            if (!presented && now.isBefore(order.payBy())) {
                errands.add(new Errand.Present());
            } else if (presented || tried.containsKey(new Errand.Present().key())) {
                // What came of showing it may be unknown: then it may have been paid all the same.
                errands.add(new Errand.AskReceipt());
            }
            return errands;
        }
        settling().keySet().forEach(item -> {
            Optional<Answer> answer = answer(item);
            if (answer.isEmpty()) {
                errands.add(new Errand.Settle(item));
            } else if (!answer.get().settled() && !reversals.contains(item)) {
                errands.add(new Errand.Reverse(item));
            }
        });
        for (Payment payment : unwanted()) {
            Errand.Reverse reversal = Errand.Reverse.ofPayment(payment.reference());
            if (!reversals.contains(reversal.target())) {
                errands.add(reversal);
            }
        }
        return errands;
    }

    /**
     * Whether it was not paid in time: the gateway said so after the time was up.
     *
     * @param closed when the gateway's last word on payments in time has been given
     */
    boolean unpaid(Instant now, Instant closed) {
        if (!payments.isEmpty() || now.isBefore(closed)) {
            return false;
        }
        boolean never = !presented && !tried.containsKey(new Errand.Present().key());
        return never || (receiptAsked != null && !receiptAsked.isBefore(closed));
    }

    /** Whether the order's own exchange has ended. */
    boolean ended() {
        return ending != Ending.OPEN;
    }

    public PaymentState state() {
        if (ending == Ending.FAULT) {
            return PaymentState.EXPIRED;
        }
        if (payments.isEmpty()) {
            return presented ? PaymentState.PRESENTED : PaymentState.ISSUED;
        }
        if (open().isZero()) {
            return settled().isZero() && !reversed().isZero() ? PaymentState.REVERSED : PaymentState.SETTLED;
        }
        return settlements.isEmpty() && reversals.isEmpty() ? PaymentState.PAID : PaymentState.SETTLING;
    }
}
