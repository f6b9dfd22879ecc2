package org.wasl.node.traffic;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.registry.CurrentRegistry;

/**
 * The meters of exchanges. Their labels are services and members that the registry lists, and fault codes: never what a
 * message says. Each meter is looked up once, then found by its flow without making a label.
 */
public final class ExchangeMeters {

    /** Outcomes beside the fault codes. */
    private static final String ANSWERED = "answered";

    private static final String DEFERRED = "deferred";
    private static final String NOT_REGISTERED = "not-registered";
    private static final int FAULTS = FaultCode.values().length;
    private static final Duration[] LEVELS = {
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60)
    };

    private final Map<Flow, Line> lines = new ConcurrentHashMap<>();
    private final Map<ServiceId, Timer> backEnds = new ConcurrentHashMap<>();
    private final Map<ServiceId, AtomicReferenceArray<Counter>> backEndCalls = new ConcurrentHashMap<>();
    private final Counter notRegistered;
    private final MeterRegistry meters;
    private final CurrentRegistry registry;

    private record Line(Timer timer, AtomicReferenceArray<Counter> outcomes) {}

    public ExchangeMeters(MeterRegistry meters, CurrentRegistry registry) {
        this.meters = meters;
        this.registry = registry;
        this.notRegistered = exchanges(NOT_REGISTERED, NOT_REGISTERED, NOT_REGISTERED, NOT_REGISTERED);
    }

    void exchanged(Flow flow, @Nullable FaultCode fault, boolean later, Duration lasted) {
        Line line = lines.get(flow);
        if (line == null) {
            boolean known = registry.get().service(flow.service()).isPresent()
                    && registry.get().member(flow.consumer()).isPresent();
            if (!known) {
                notRegistered.increment();
                return;
            }
            line = lines.computeIfAbsent(
                    flow, unseen -> new Line(timer(unseen), new AtomicReferenceArray<>(FAULTS + 2)));
        }
        line.timer().record(lasted);
        int place = place(fault, later);
        Counter counter = line.outcomes().get(place);
        if (counter == null) {
            counter = exchanges(
                    flow.service().toString(),
                    flow.service().member().toString(),
                    flow.consumer().toString(),
                    outcome(fault, later));
            line.outcomes().set(place, counter);
        }
        counter.increment();
    }

    /** What a back-end answered; only services that have a connector here are asked for, so their number is bounded. */
    void fetched(ServiceId service, @Nullable FaultCode fault, boolean later, Duration lasted) {
        backEnds.computeIfAbsent(service, this::backEnd).record(lasted);
        AtomicReferenceArray<Counter> outcomes =
                backEndCalls.computeIfAbsent(service, unseen -> new AtomicReferenceArray<>(FAULTS + 2));
        int place = place(fault, later);
        Counter counter = outcomes.get(place);
        if (counter == null) {
            counter = Counter.builder("wasl.backend.calls")
                    .description("questions to an agency's own system, by what came of them")
                    .tag("service", service.toString())
                    .tag("outcome", outcome(fault, later))
                    .register(meters);
            outcomes.set(place, counter);
        }
        counter.increment();
    }

    private Timer timer(Flow flow) {
        return Timer.builder("wasl.exchange.duration")
                .description("how long exchanges took, from the request to its end")
                .tag("service", flow.service().toString())
                .tag("provider", flow.service().member().toString())
                .serviceLevelObjectives(LEVELS)
                .register(meters);
    }

    private Timer backEnd(ServiceId service) {
        return Timer.builder("wasl.backend.duration")
                .description("how long an agency's own system took to answer, or not to")
                .tag("service", service.toString())
                .serviceLevelObjectives(LEVELS)
                .register(meters);
    }

    private Counter exchanges(String service, String provider, String consumer, String outcome) {
        return Counter.builder("wasl.exchanges")
                .description("exchanges that have ended, by who asked whom for what and what came of it")
                .tag("service", service)
                .tag("provider", provider)
                .tag("consumer", consumer)
                .tag("outcome", outcome)
                .register(meters);
    }

    private static int place(@Nullable FaultCode fault, boolean later) {
        return fault != null ? fault.ordinal() : later ? FAULTS + 1 : FAULTS;
    }

    private static String outcome(@Nullable FaultCode fault, boolean later) {
        return fault != null ? fault.wireCode() : later ? DEFERRED : ANSWERED;
    }
}
