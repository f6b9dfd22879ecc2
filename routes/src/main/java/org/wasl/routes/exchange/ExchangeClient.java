package org.wasl.routes.exchange;

import java.util.concurrent.CompletableFuture;

/** The way into the bus for edges and compositions. */
public interface ExchangeClient {

    /**
     * Runs one exchange: build, authorize, sign, log, send; then verify, bind and log the reply. The future always
     * completes, by the deadline plus a short grace; expected failures are values. A message id that this consumer has
     * used is not sent twice: when the request is the same, its recorded or coming answer is given; when it is
     * another, {@code wasl.exchange.id-reused}.
     */
    CompletableFuture<ExchangeResult> submit(ExchangeRequest request);
}
