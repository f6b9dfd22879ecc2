package org.wasl.routes.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.wasl.connectors.Connector;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.ConnectorResult;
import org.wasl.connectors.Connectors;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.ServiceId;

/** The agencies' systems behind one process: slow, failing, answering later, as the scenario has it. */
final class Backend implements Connectors, Connector {

    private final World world;
    private final Incarnation owner;
    private final Book book;
    private final Set<ServiceId> services = new TreeSet<>();

    Backend(World world, Incarnation owner, Book book, Scenario scenario) {
        this.world = world;
        this.owner = owner;
        this.book = book;
        for (ServiceId service : Set.of(Federation.LIFE, Federation.ATTACHMENTS)) {
            if (owner.node().members().contains(service.member())) {
                services.add(service);
            }
        }
    }

    @Override
    public Optional<Connector> connector(ServiceId service) {
        return services.contains(service) ? Optional.of(this) : Optional.empty();
    }

    @Override
    public Set<ServiceId> services() {
        return services;
    }

    @Override
    public ConnectorResult fetch(ConnectorQuery query) {
        owner.point();
        Book.Asked asked = book.reading(owner, query);
        if (asked.slow() > 0) {
            world.wait(owner, () -> false, asked.slow() * World.MILLI, () -> {});
        }
        owner.point();
        return switch (asked.way()) {
            case FOUND -> found(query, true);
            case INVALID -> found(query, false);
            case NOT_FOUND -> new ConnectorResult.NotFound(owner.node().clock().instant());
            case FAILED -> failed(query);
            case BROKEN -> throw new IllegalStateException("a bug of the simulated back-end");
            case BROKEN_ONCE -> {
                if (asked.reads() == 1) {
                    throw new IllegalStateException("a bug of the simulated back-end");
                }
                yield found(query, true);
            }
            case LATER -> asked.ready(world.now()) ? found(query, true) : later();
            case NEVER -> later();
        };
    }

    private static ConnectorResult later() {
        return new ConnectorResult.Deferred(
                null,
                "MANUAL_REVIEW",
                "مراجعة",
                "Review",
                null,
                Duration.ofSeconds(12),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3));
    }

    private static ConnectorResult failed(ConnectorQuery query) {
        return new ConnectorResult.Failed(new Fault(
                FaultCode.BACKEND_UNAVAILABLE,
                Stage.CONNECTOR,
                query.service().member().toString(),
                "the back-end is down"));
    }

    private ConnectorResult found(ConnectorQuery query, boolean valid) {
        String number = query.parameters().get("nationalNumber");
        String record = query.service().equals(Federation.LIFE)
                ? "<civil:lifeStatus xmlns:civil=\"urn:wasl:civil:1\"><civil:identifier scheme=\"JO-NAT\">" + number
                        + "</civil:identifier><civil:status>" + (valid ? "ALIVE" : "NOBODY KNOWS")
                        + "</civil:status></civil:lifeStatus>"
                : "<justice:attachments xmlns:justice=\"urn:wasl:justice:1\"><justice:any>"
                        + (valid ? "false" : "perhaps") + "</justice:any></justice:attachments>";
        return new ConnectorResult.Found(
                record.getBytes(StandardCharsets.UTF_8), owner.node().clock().instant(), true);
    }

    /** The id in a query. */
    static UUID id(ConnectorQuery query) {
        return UUID.fromString(query.requestId());
    }
}
