package org.wasl.routes.payment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.wasl.routes.payment.PaymentRules.Partial;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.container.InReplyTo;
import org.wasl.security.registry.Label;

/** Orders and their accounts, made up. */
final class Accounts {

    static final Instant ISSUED = Instant.parse("2026-01-20T08:00:00Z");
    static final UUID REQUEST = UUID.fromString("019aa5c0-1111-8222-8333-444444444444");

    private Accounts() {}

    static PaymentOrder order(String number, String... amounts) {
        List<OrderItem> items = new ArrayList<>();
        for (String amount : amounts) {
            items.add(new OrderItem(
                    Integer.toString(items.size() + 1),
                    OrderItem.Kind.DUE,
                    ServiceId.parse("JO/GOV/DVLD/fines/settle/v1"),
                    "step",
                    null,
                    new Label("مخالفة", "Fine"),
                    Fils.parse(amount),
                    null,
                    Map.of()));
        }
        return new PaymentOrder(
                number,
                REQUEST,
                new InReplyTo(REQUEST, "0".repeat(64), "0".repeat(64)),
                ISSUED,
                ISSUED.plusSeconds(3_600),
                "JOD",
                false,
                List.of("BANK"),
                items);
    }

    static OrderAccount.Facts facts(PaymentOrder order) {
        return new OrderAccount.Facts(REQUEST, order, Partial.REVERSED);
    }

    /** Paid on the day of issue, under this number of the gateway. */
    static Payment paid(String reference, String amount) {
        return new Payment(reference, Fils.parse(amount), "BANK", ISSUED.plusSeconds(60));
    }

    static OrderAccount settled(PaymentOrder order, Payment... payments) {
        OrderAccount.Facts facts = facts(order);
        facts.presented();
        facts.receipt(List.of(payments), ISSUED.plusSeconds(90));
        order.items().forEach(item -> facts.settlement(item.id(), new OrderAccount.Answer(true, null)));
        return facts.account();
    }
}
