package org.wasl.routes.payment;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Joint payment orders of this node. */
public interface PaymentServices {

    /** The rules in force. */
    PaymentRules rules();

    /** The number of the order that pays the answer to this request; empty while that has no final answer. */
    Optional<String> number(UUID trackingId);

    /** Makes the one order over an answer, or gives the one that there is; the future always completes. */
    CompletableFuture<PaymentResult> order(PaymentRequest request);

    /** How the order of this number stands, by the log: also after a restart. Empty when there is none. */
    Optional<PaymentResult.Ordered> find(String number);

    /**
     * The gateway tells of an order: it is asked what it took. Whatever else came with the news is not believed.
     *
     * @return whether the order is one of ours that is open
     */
    boolean told(String number);

    /** Compares what the gateway says of a day with the log; the future always completes. */
    CompletableFuture<ReconciliationResult> reconcile(LocalDate day);

    /** Tells this listener of every order that ends. */
    void onEnd(PaymentListener listener);
}
