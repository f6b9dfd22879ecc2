package org.wasl.routes.payment;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's file of a day beside orders, receipts, settlements and reversals in the log, with each difference named.
 *
 * @param day which day, in the zone of the rules
 * @param gatewayPaid what the gateway says it took
 * @param logPaid what receipts in the log say it took that day
 * @param settled of that, what agencies have taken by now
 * @param reversed of that, what was given back by now
 * @param open of that, what is neither
 * @param differences what does not fit, none when all does
 */
public record Reconciliation(
        LocalDate day,
        Fils gatewayPaid,
        Fils logPaid,
        Fils settled,
        Fils reversed,
        Fils open,
        List<Difference> differences) {

    public Reconciliation {
        differences = List.copyOf(differences);
    }

    /** What may not fit. */
    public enum Kind {
        /** The file has a payment for an order that there is not. */
        UNKNOWN_ORDER,
        /** The file has a payment of which the log has no receipt. */
        NO_RECEIPT,
        /** The log has a receipt of a payment that the file lacks. */
        NOT_IN_FILE,
        /** Receipt and file name different amounts for one payment. */
        RECEIPT_DIFFERS,
        /** What was paid is not what the order asks for. */
        AMOUNT_DIFFERS,
        /** One order was paid more than once. */
        PAID_TWICE,
        /** An order was paid that had ended unpaid. */
        PAID_AFTER_END,
        /** An agency has taken money of an order that the file has no payment for. */
        SETTLED_NOT_PAID,
        /** An item of a paid order is neither settled nor given back. */
        SETTLEMENT_MISSING,
        /** The file has a reversal that the log does not. */
        UNKNOWN_REVERSAL,
        /** The day's totals are not the same. */
        TOTALS_DIFFER
    }

    /**
     * One difference.
     *
     * @param kind what it is
     * @param order the order's number as it stands; null for totals
     * @param reference the gateway's number, or the item's; null when none
     * @param gateway the gateway's amount; null when it has none
     * @param log the log's; null when it has none
     */
    public record Difference(
            Kind kind,
            @Nullable String order,
            @Nullable String reference,
            @Nullable Fils gateway,
            @Nullable Fils log) {}

    /**
     * Compares.
     *
     * @param file the gateway's
     * @param find an order by its number
     * @param known the orders of which receipts were logged around that day
     */
    static Reconciliation of(
            LocalDate day,
            ZoneId zone,
            DayFile file,
            Function<String, Optional<OrderAccount>> find,
            Collection<OrderAccount> known) {
        Map<String, OrderAccount> accounts = new HashMap<>();
        known.forEach(account -> accounts.put(account.order().number(), account));
        for (DayFile.Line line : file.payments()) {
            if (!accounts.containsKey(line.number())) {
                find.apply(line.number()).ifPresent(account -> accounts.put(line.number(), account));
            }
        }
        Comparison comparison = new Comparison(day, zone, file, accounts);
        comparison.file();
        accounts.keySet().stream().sorted().forEach(comparison::account);
        comparison.reversals(find);
        return comparison.result();
    }

    private static final class Comparison {

        private final LocalDate day;
        private final ZoneId zone;
        private final DayFile file;
        private final Map<String, OrderAccount> accounts;
        private final List<Difference> differences = new ArrayList<>();
        private Fils paid = Fils.ZERO;
        private Fils settled = Fils.ZERO;
        private Fils reversed = Fils.ZERO;
        private Fils open = Fils.ZERO;

        Comparison(LocalDate day, ZoneId zone, DayFile file, Map<String, OrderAccount> accounts) {
            this.day = day;
            this.zone = zone;
            this.file = file;
            this.accounts = accounts;
        }

        void file() {
            Set<String> seen = new HashSet<>();
            for (DayFile.Line line : file.payments()) {
                OrderAccount account = accounts.get(line.number());
                if (account == null) {
                    add(Kind.UNKNOWN_ORDER, line, null);
                    continue;
                }
                if (!seen.add(line.number())) {
                    add(Kind.PAID_TWICE, line, null);
                }
                Optional<Payment> receipt = account.payments().stream()
                        .filter(payment -> payment.reference().equals(line.reference()))
                        .findFirst();
                if (account.state() == PaymentState.EXPIRED) {
                    add(Kind.PAID_AFTER_END, line, null);
                } else if (receipt.isEmpty()) {
                    add(Kind.NO_RECEIPT, line, null);
                } else if (!receipt.get().amount().equals(line.amount())) {
                    add(Kind.RECEIPT_DIFFERS, line, receipt.get().amount());
                }
                if (!line.amount().equals(account.order().total())) {
                    add(Kind.AMOUNT_DIFFERS, line, account.order().total());
                }
            }
        }

        void account(String number) {
            OrderAccount account = accounts.get(number);
            List<Payment> ofDay = account == null
                    ? List.of()
                    : account.payments().stream()
                            .filter(payment ->
                                    LocalDate.ofInstant(payment.at(), zone).equals(day))
                            .toList();
            if (account == null || ofDay.isEmpty()) {
                return;
            }
            for (Payment payment : ofDay) {
                paid = paid.plus(payment.amount());
                boolean inFile = file.payments().stream()
                        .anyMatch(line -> line.reference().equals(payment.reference()));
                if (!inFile) {
                    differences.add(
                            new Difference(Kind.NOT_IN_FILE, number, payment.reference(), null, payment.amount()));
                }
            }
            settled = settled.plus(account.settled());
            reversed = reversed.plus(account.reversed());
            open = open.plus(account.open());
            boolean anyInFile =
                    file.payments().stream().anyMatch(line -> line.number().equals(number));
            if (!anyInFile && !account.settled().isZero()) {
                differences.add(new Difference(Kind.SETTLED_NOT_PAID, number, null, null, account.settled()));
            }
            account.settling().forEach((item, amount) -> {
                if (account.answer(item).filter(OrderAccount.Answer::settled).isEmpty() && !account.reversed(item)) {
                    differences.add(new Difference(Kind.SETTLEMENT_MISSING, number, item, null, amount));
                }
            });
        }

        void reversals(Function<String, Optional<OrderAccount>> find) {
            for (DayFile.Line line : file.reversals()) {
                boolean known = Optional.ofNullable(accounts.get(line.number()))
                        .or(() -> find.apply(line.number()))
                        .filter(account -> account.reversals().stream()
                                .anyMatch(reversal -> reversal.toString().equals(line.reference())))
                        .isPresent();
                if (!known) {
                    add(Kind.UNKNOWN_REVERSAL, line, null);
                }
            }
        }

        private void add(Kind kind, DayFile.Line line, @Nullable Fils log) {
            differences.add(new Difference(kind, line.number(), line.reference(), line.amount(), log));
        }

        Reconciliation result() {
            if (!file.paid().equals(paid)) {
                differences.add(new Difference(Kind.TOTALS_DIFFER, null, null, file.paid(), paid));
            }
            return new Reconciliation(day, file.paid(), paid, settled, reversed, open, differences);
        }
    }
}
