package org.wasl.node.configuration;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.wasl.routes.event.EventListener;
import org.wasl.routes.event.EventNode;

/** Joins the listeners to the events, and takes up what the last run left, once the bus runs. */
final class EventListening {

    private final EventNode events;
    private final ObjectProvider<EventListener> listeners;
    private final List<EventListener> effects;

    /**
     * @param listeners the beans that act on events
     * @param effects the connectors and webhooks that do
     */
    EventListening(EventNode events, ObjectProvider<EventListener> listeners, List<EventListener> effects) {
        this.effects = List.copyOf(effects);
        this.events = events;
        this.listeners = listeners;
    }

    void start() {
        listeners.orderedStream().forEach(events::listen);
        effects.forEach(events::listen);
        events.recover();
    }

    void stop() {
        events.close();
    }
}
