package org.wasl.routes.event;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.connectors.Connector;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.ConnectorResult;
import org.wasl.connectors.Connectors;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;

/**
 * Calls a subscriber's own connector on an event, so that its back-end learns of it. The event's id is the key by which
 * the back-end knows it again: being called twice is as once.
 */
public final class EventEffects implements EventListener {

    private static final Logger LOG = LoggerFactory.getLogger(EventEffects.class);
    private static final int NAME_MAX = 63;

    private final ConnectorDeclaration declaration;
    private final ConnectorDeclaration.Hears hears;
    private final Connector connector;
    private final Clock clock;

    private EventEffects(
            ConnectorDeclaration declaration, ConnectorDeclaration.Hears hears, Connector connector, Clock clock) {
        this.declaration = declaration;
        this.hears = hears;
        this.connector = connector;
        this.clock = clock;
    }

    /** One for each declaration that hears events. */
    public static List<EventListener> of(List<ConnectorDeclaration> declarations, Connectors connectors, Clock clock) {
        List<EventListener> effects = new ArrayList<>();
        for (ConnectorDeclaration declaration : declarations) {
            ConnectorDeclaration.Hears hears = declaration.hears();
            if (hears != null) {
                connectors
                        .connector(declaration.service())
                        .ifPresent(connector -> effects.add(new EventEffects(declaration, hears, connector, clock)));
            }
        }
        return effects;
    }

    @Override
    public String name() {
        return declaration
                .name()
                .substring(0, Math.min(NAME_MAX, declaration.name().length()));
    }

    @Override
    public boolean wants(SubsystemId subscriber, ServiceId type) {
        return subscriber.equals(hears.subscriber()) && hears.events().contains(type);
    }

    @Override
    public Outcome hear(ReceivedEvent event) {
        Map<String, String> parameters = new HashMap<>();
        for (Map.Entry<String, String> path : hears.parameters().entrySet()) {
            String value = EventReading.value(event.record().root(), path.getValue());
            Pattern pattern = declaration.parameters().get(path.getKey());
            if (value == null || pattern == null || !pattern.matcher(value).matches()) {
                LOG.warn("{} does not say {} as connector {} takes it", event, path.getKey(), declaration.name());
                return Outcome.GIVEN_UP;
            }
            parameters.put(path.getKey(), value);
        }
        ConnectorResult result = connector.fetch(new ConnectorQuery(
                event.id().toString(),
                declaration.service(),
                parameters,
                clock.instant().plus(declaration.limits().timeout())));
        if (result instanceof ConnectorResult.Failed failed) {
            LOG.warn("Connector {} failed at {}: {}", declaration.name(), event, failed.fault());
            return failed.fault().code().retryable() ? Outcome.AGAIN : Outcome.GIVEN_UP;
        }
        // That there is nobody to be marked is an end too.
        return result instanceof ConnectorResult.Deferred ? Outcome.AGAIN : Outcome.DONE;
    }
}
