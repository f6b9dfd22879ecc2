package org.wasl.routes.payment;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.wasl.security.container.InReplyTo;

/**
 * A joint payment order.
 *
 * @param number its one number
 * @param trackingId the request whose answer it was made of
 * @param answer that answer's id and digests
 * @param issued when
 * @param payBy until when it is taken
 * @param currency its code
 * @param small whether it is of the small-value class
 * @param channels how it may be paid
 * @param items what is paid to whom
 */
public record PaymentOrder(
        String number,
        UUID trackingId,
        InReplyTo answer,
        Instant issued,
        Instant payBy,
        String currency,
        boolean small,
        List<String> channels,
        List<OrderItem> items) {

    /** The most items that an order may have. */
    public static final int MAX_ITEMS = 200;

    public PaymentOrder {
        channels = List.copyOf(channels);
        items = List.copyOf(items);
        Set<String> ids = new HashSet<>();
        if (items.isEmpty() || items.size() > MAX_ITEMS || !items.stream().allMatch(item -> ids.add(item.id()))) {
            throw new IllegalArgumentException("an order has 1 to " + MAX_ITEMS + " items, each of its own name");
        }
    }

    /** The sum of what is to be paid for each item. */
    public Fils total() {
        return Fils.sum(items.stream().map(OrderItem::amount).toList());
    }

    public Optional<OrderItem> item(String id) {
        return items.stream().filter(item -> item.id().equals(id)).findFirst();
    }
}
