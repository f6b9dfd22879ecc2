package org.wasl.bench.exchange;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.wasl.connectors.Connector;
import org.wasl.connectors.Connectors;
import org.wasl.schemas.identifier.ServiceId;

/** Back-ends that take their time, and each bear only so many questions at once: the others wait inside. */
final class SlowBackEnd implements Connectors {

    private final FixedRecords records;
    private final Map<ServiceId, Semaphore> places;
    private final Duration each;

    SlowBackEnd(FixedRecords records, Map<ServiceId, Integer> atOnce, Duration each) {
        this.records = records;
        this.places = Map.copyOf(atOnce.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, entry -> new Semaphore(entry.getValue(), true))));
        this.each = each;
    }

    @Override
    public Optional<Connector> connector(ServiceId service) {
        Semaphore place = places.get(service);
        return records.connector(service).map(connector -> query -> {
            if (place == null) {
                return connector.fetch(query);
            }
            place.acquireUninterruptibly();
            try {
                LockSupport.parkNanos(each.toNanos());
                return connector.fetch(query);
            } finally {
                place.release();
            }
        });
    }

    @Override
    public Set<ServiceId> services() {
        return records.services();
    }
}
