package org.wasl.node.traffic;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.routes.exchange.ExchangeRequest;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.routes.exchange.LateAnswerListener;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.SubsystemId;

/** The way into the bus, with each exchange counted at its end. */
public final class ObservedExchanges implements ExchangeClient {

    private final ExchangeClient client;
    private final Traffic traffic;
    private final ExchangeMeters meters;
    private final LongSupplier nanoTime;

    public ObservedExchanges(ExchangeClient client, Traffic traffic, ExchangeMeters meters) {
        this(client, traffic, meters, System::nanoTime);
    }

    /** @param nanoTime a monotonic clock, in nanoseconds */
    public ObservedExchanges(ExchangeClient client, Traffic traffic, ExchangeMeters meters, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.client = client;
        this.traffic = traffic;
        this.meters = meters;
    }

    @Override
    public CompletableFuture<ExchangeResult> submit(ExchangeRequest request) {
        long begun = nanoTime.getAsLong();
        Flow flow = new Flow(request.consumer().member(), request.service());
        return client.submit(request).whenComplete((result, failure) -> {
            Duration lasted = Duration.ofNanos(nanoTime.getAsLong() - begun);
            FaultCode fault = result instanceof ExchangeResult.Faulted faulted
                    ? faulted.fault().code()
                    : result == null ? FaultCode.INTERNAL : null;
            boolean later = result instanceof ExchangeResult.Deferred;
            traffic.ended(flow, fault, later, lasted);
            meters.exchanged(flow, fault, later, lasted);
        });
    }

    @Override
    public CompletableFuture<ExchangeResult> cancel(SubsystemId consumer, UUID messageId) {
        return client.cancel(consumer, messageId);
    }

    @Override
    public Optional<ExchangeResult> find(SubsystemId consumer, UUID messageId) {
        return client.find(consumer, messageId);
    }

    @Override
    public void onLateAnswer(LateAnswerListener listener) {
        client.onLateAnswer(listener);
    }
}
