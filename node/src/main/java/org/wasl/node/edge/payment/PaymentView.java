package org.wasl.node.edge.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.payment.OrderAccount;
import org.wasl.routes.payment.OrderItem;
import org.wasl.routes.payment.PaymentOrder;
import org.wasl.routes.payment.PaymentResult;
import org.wasl.routes.payment.PaymentState;
import org.wasl.security.registry.Label;

/** How an order stands, as JSON. Amounts are texts with three decimals: no reader makes a binary fraction of them. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PaymentView(
        String number,
        PaymentState state,
        String trackingId,
        Instant issued,
        Instant payBy,
        String paymentClass,
        List<String> channels,
        String currency,
        String total,
        String paid,
        String settled,
        String reversed,
        String open,
        List<ItemView> items,
        List<Receipt> receipts) {

    /** One item. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ItemView(
            String id,
            OrderItem.Kind kind,
            String member,
            Text label,
            @Nullable String reference,
            String due,
            @Nullable DiscountView discount,
            String amount,
            String state,
            @Nullable String reason,
            @Nullable Integer attempts) {}

    /** What was taken off. */
    record DiscountView(String rule, Text label, String legalBasis, String percent, String amount) {}

    /** A text in both languages. */
    record Text(String ar, String en) {

        static Text of(Label label) {
            return new Text(label.arabic(), label.english());
        }
    }

    /** A payment that the gateway took. */
    record Receipt(String reference, String amount, String channel, Instant at) {}

    static PaymentView of(PaymentResult.Ordered ordered) {
        OrderAccount account = ordered.account();
        PaymentOrder order = account.order();
        return new PaymentView(
                order.number(),
                account.state(),
                order.trackingId().toString(),
                order.issued(),
                order.payBy(),
                order.small() ? "SMALL" : "STANDARD",
                order.channels(),
                order.currency(),
                order.total().toString(),
                account.paid().toString(),
                account.settled().toString(),
                account.reversed().toString(),
                account.open().toString(),
                order.items().stream().map(item -> item(item, account)).toList(),
                account.payments().stream()
                        .map(payment -> new Receipt(
                                payment.reference(), payment.amount().toString(), payment.channel(), payment.at()))
                        .toList());
    }

    private static ItemView item(OrderItem item, OrderAccount account) {
        Optional<OrderAccount.Answer> answer = account.answer(item.id());
        boolean settled = answer.filter(OrderAccount.Answer::settled).isPresent();
        String state = settled
                ? "SETTLED"
                : account.reversed(item.id())
                        ? "REVERSED"
                        : answer.isPresent() ? "REFUSED" : account.payments().isEmpty() ? "UNPAID" : "OPEN";
        int attempts = account.attempts(item.id());
        return new ItemView(
                item.id(),
                item.kind(),
                item.settle().member().toString(),
                Text.of(item.label()),
                item.reference(),
                item.due().toString(),
                Optional.ofNullable(item.discount()).map(PaymentView::discount).orElse(null),
                item.amount().toString(),
                state,
                answer.map(OrderAccount.Answer::reason).orElse(null),
                state.equals("OPEN") && attempts > 0 ? attempts : null);
    }

    private static DiscountView discount(OrderItem.Taken taken) {
        return new DiscountView(
                taken.rule(),
                Text.of(taken.label()),
                taken.legalBasis(),
                taken.percent(),
                taken.amount().toString());
    }
}
