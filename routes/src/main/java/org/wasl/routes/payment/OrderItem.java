package org.wasl.routes.payment;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.registry.Label;

/**
 * What is paid to one agency for one thing.
 *
 * @param id its name in the order
 * @param kind owed, or a fee
 * @param settle the service that settles it; its member is paid
 * @param step the source of the answer that says so; null for a fee
 * @param reference what the agency calls it; null when it has no name
 * @param label its name for people
 * @param due what is owed
 * @param discount what is taken off; null when nothing
 * @param parameters what the agency settles by
 */
public record OrderItem(
        String id,
        Kind kind,
        ServiceId settle,
        @Nullable String step,
        @Nullable String reference,
        Label label,
        Fils due,
        @Nullable Taken discount,
        Map<String, String> parameters) {

    /** What an item is. */
    public enum Kind {
        DUE,
        FEE
    }

    /**
     * What was taken off.
     *
     * @param rule the discount's id
     * @param label its name for people
     * @param legalBasis on which legal basis
     * @param percent of its basis, as text
     * @param amount how much
     */
    public record Taken(String rule, Label label, String legalBasis, String percent, Fils amount) {}

    public OrderItem {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        if (discount != null && discount.amount().compareTo(due) > 0) {
            throw new IllegalArgumentException("more is taken off than is owed");
        }
    }

    /** What is to be paid for it. */
    public Fils amount() {
        return due.minus(taken());
    }

    /** What is taken off. */
    public Fils taken() {
        return Optional.ofNullable(discount).map(Taken::amount).orElse(Fils.ZERO);
    }
}
