package org.wasl.connectors;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.wasl.connectors.backend.Secrets;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.declaration.ConnectorDeclarations;
import org.wasl.connectors.declaration.InvalidDeclarationsException;
import org.wasl.connectors.samples.SampleDeclarations;
import org.wasl.connectors.template.CamelConnectors;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.ServiceId;

/** Connectors in a bare Camel context, as a node would hold them. */
public final class SampleConnectors implements AutoCloseable {

    private static final SchemaCatalogue SCHEMAS = SchemaCatalogue.load();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CamelContext context;
    private final CamelConnectors connectors;

    public SampleConnectors(List<ConnectorDeclaration> declarations, Secrets secrets) {
        this(declarations, DocumentSpool.NONE, secrets);
    }

    SampleConnectors(List<ConnectorDeclaration> declarations, DocumentSpool spool, Secrets secrets) {
        context = new DefaultCamelContext();
        try {
            connectors = CamelConnectors.add(context, declarations, SCHEMAS, spool, secrets, Clock.systemUTC());
        } catch (InvalidDeclarationsException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        context.start();
    }

    /** All samples against the running agencies. */
    public static SampleConnectors running() {
        return new SampleConnectors(declarations(), RunningAgencies::secret);
    }

    public static List<ConnectorDeclaration> declarations() {
        try {
            return ConnectorDeclarations.read(new SampleDeclarations(), RunningAgencies.properties());
        } catch (IOException | InvalidDeclarationsException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    public CamelContext context() {
        return context;
    }

    public CamelConnectors connectors() {
        return connectors;
    }

    public ConnectorResult ask(String service, Map<String, String> parameters) {
        return ask(service, parameters, PATIENCE);
    }

    public ConnectorResult ask(String service, Map<String, String> parameters, Duration patience) {
        ServiceId id = ServiceId.parse(service);
        ConnectorQuery query = new ConnectorQuery(
                UUID.randomUUID().toString(),
                id,
                parameters,
                Clock.systemUTC().instant().plus(patience));
        return connectors.connector(id).orElseThrow().fetch(query);
    }

    @Override
    public void close() {
        connectors.close();
        context.stop();
    }
}
