package org.wasl.node.traffic;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wasl.connectors.Connector;
import org.wasl.connectors.ConnectorResult;
import org.wasl.connectors.Connectors;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;

/** The ways to the back-ends, with each question timed. */
public final class ObservedConnectors implements Connectors {

    private final Connectors connectors;
    private final ExchangeMeters meters;

    public ObservedConnectors(Connectors connectors, ExchangeMeters meters) {
        this.connectors = connectors;
        this.meters = meters;
    }

    @Override
    public Optional<Connector> connector(ServiceId service) {
        return connectors.connector(service).map(connector -> query -> {
            long begun = System.nanoTime();
            ConnectorResult result = connector.fetch(query);
            meters.fetched(
                    service,
                    fault(result),
                    result instanceof ConnectorResult.Deferred,
                    Duration.ofNanos(System.nanoTime() - begun));
            return result;
        });
    }

    @Override
    public Set<ServiceId> services() {
        return connectors.services();
    }

    private static @Nullable FaultCode fault(ConnectorResult result) {
        if (result instanceof ConnectorResult.Failed failed) {
            return failed.fault().code();
        }
        return result instanceof ConnectorResult.NotFound ? FaultCode.RECORD_NOT_FOUND : null;
    }
}
