package org.wasl.routes.payment;

/** How an order stands, by the log. */
public enum PaymentState {
    /** Signed; the gateway has not taken it in yet. */
    ISSUED,
    /** It may be paid. */
    PRESENTED,
    /** Paid; no agency has answered yet. */
    PAID,
    /** Some agencies have answered, some have not. */
    SETTLING,
    /** Every item is settled, or was given back; at least one is settled. */
    SETTLED,
    /** All that was paid was given back. */
    REVERSED,
    /** It was not paid in time. */
    EXPIRED;

    /** Whether nothing happens to it any more. */
    public boolean ended() {
        return this == SETTLED || this == REVERSED || this == EXPIRED;
    }
}
