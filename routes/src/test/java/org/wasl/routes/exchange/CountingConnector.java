package org.wasl.routes.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.wasl.connectors.Connector;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.ConnectorResult;
import org.wasl.connectors.Connectors;
import org.wasl.schemas.identifier.ServiceId;

/** A back-end in memory: knows everybody as living, and counts how often it is asked. */
final class CountingConnector implements Connector, Connectors {

    private final AtomicInteger reads = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile Optional<ConnectorResult> fixed = Optional.empty();
    private final AtomicInteger bugs = new AtomicInteger();

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Set<ServiceId> held = Set.of();

    private final Set<ServiceId> more = ConcurrentHashMap.newKeySet();

    /** From the next start on it serves these too. */
    void serves(Set<ServiceId> services) {
        more.addAll(services);
    }

    /** The ids of the requests for which it was asked, in that order. */
    List<String> asked() {
        return asked;
    }

    /** Holds the answers of these services alone back until {@link #open}. */
    void close(ServiceId... services) {
        held = Set.of(services);
        gate = new CountDownLatch(1);
    }

    int reads() {
        return reads.get();
    }

    /** Holds every answer back until {@link #open}. */
    void close() {
        held = Set.of();
        gate = new CountDownLatch(1);
    }

    void open() {
        gate.countDown();
    }

    /** Answers this from now on. */
    void answer(ConnectorResult result) {
        fixed = Optional.of(result);
    }

    /** Fails by a bug this many times. */
    void bug(int times) {
        bugs.set(times);
    }

    @Override
    public ConnectorResult fetch(ConnectorQuery query) {
        reads.incrementAndGet();
        asked.add(query.requestId());
        if (bugs.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("a bug of the test's back-end");
        }
        try {
            if ((held.isEmpty() || held.contains(query.service())) && !gate.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the gate stayed closed");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return fixed.orElseGet(() -> new ConnectorResult.Found(
                record(query.parameters().get("nationalNumber")).getBytes(StandardCharsets.UTF_8),
                Instant.now(),
                true));
    }

    static String record(String number) {
        return "<civil:lifeStatus xmlns:civil=\"urn:wasl:civil:1\"><civil:identifier scheme=\"JO-NAT\">" + number
                + "</civil:identifier><civil:status>ALIVE</civil:status></civil:lifeStatus>";
    }

    @Override
    public Optional<Connector> connector(ServiceId service) {
        return services().contains(service) ? Optional.of(this) : Optional.empty();
    }

    @Override
    public Set<ServiceId> services() {
        Set<ServiceId> services =
                new HashSet<>(Set.of(TestFederation.LIFE_STATUS, TestFederation.VEHICLE, TestFederation.DEED));
        services.addAll(more);
        return services;
    }
}
