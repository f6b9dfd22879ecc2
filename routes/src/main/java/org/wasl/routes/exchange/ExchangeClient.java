package org.wasl.routes.exchange;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.wasl.schemas.identifier.SubsystemId;

/** The way into the bus for edges and compositions. */
public interface ExchangeClient {

    /**
     * Runs one exchange: build, authorize, sign, log, send; then verify, bind and log the reply. The future always
     * completes, by the deadline plus a short grace; expected failures are values. A message id that this consumer has
     * used is not sent twice: when the request is the same, its recorded or coming answer is given; when it is
     * another, {@code wasl.exchange.id-reused}.
     */
    CompletableFuture<ExchangeResult> submit(ExchangeRequest request);

    /**
     * Cancels a request that this consumer sent, by a signed message. The provider's log decides: the exchange ends by
     * its fault {@code wasl.exchange.cancelled}, or by the answer that it had logged before. The future completes with
     * that end; with {@link ExchangeResult.Deferred} when the provider does not say within some seconds: then the
     * cancellation is sent again until it does.
     */
    CompletableFuture<ExchangeResult> cancel(SubsystemId consumer, UUID messageId);

    /** How this consumer's request stands, by the log alone; empty when there is none, or nothing has come to it yet. */
    Optional<ExchangeResult> find(SubsystemId consumer, UUID messageId);

    /** Tells this listener of every exchange that ends after its answer had been announced for later. */
    void onLateAnswer(LateAnswerListener listener);
}
