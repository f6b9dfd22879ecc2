package org.wasl.routes.load;

import com.netflix.concurrency.limits.limit.Gradient2Limit;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.wasl.schemas.identifier.ServiceId;

/** The gates of this node's back-ends: one a service, so that a slow or flooded one takes nothing from the others. */
public final class BackEndGates {

    private final Map<ServiceId, BackEndGate> gates = new TreeMap<>();

    /**
     * @param services those that are answered here
     * @param bounds of each of them
     * @param nanos a clock that only grows
     */
    public BackEndGates(Set<ServiceId> services, Function<ServiceId, GateSettings> bounds, LongSupplier nanos) {
        for (ServiceId service : services) {
            GateSettings settings = bounds.apply(service);
            gates.put(service, new BackEndGate(limit(settings), settings.waiting(), nanos));
        }
    }

    private static Gradient2Limit limit(GateSettings settings) {
        return Gradient2Limit.newBuilder()
                .initialLimit(settings.first())
                .minLimit(settings.least())
                .maxConcurrency(settings.most())
                // A few may wait at the back-end itself: without, a limit could never be found to be too low.
                .queueSizeFunction(concurrency -> Math.max(1, concurrency / 4))
                .build();
    }

    /**
     * The gate of this service.
     *
     * @throws IllegalArgumentException when it is not answered here
     */
    public BackEndGate gate(ServiceId service) {
        BackEndGate gate = gates.get(service);
        if (gate == null) {
            throw new IllegalArgumentException(service + " is not answered here");
        }
        return gate;
    }

    /** All of them, by service. */
    public Map<ServiceId, BackEndGate> all() {
        return Map.copyOf(gates);
    }
}
