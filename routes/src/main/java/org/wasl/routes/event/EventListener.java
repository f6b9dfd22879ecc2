package org.wasl.routes.event;

import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;

/**
 * Acts on received events within this process. It is called after the event is durable, for each publisher in the order
 * of its numbers, one at a time, and again, after a restart too, until it says that it is done: so what it does must bear
 * being done twice.
 */
public interface EventListener {

    /** What came of it. */
    enum Outcome {
        /** Done: it is not called for this event again. */
        DONE,
        /** Not yet: it is called again, after growing waits, and for no later event of that publisher before. */
        AGAIN,
        /** Never: logged as given up, and the next event's turn comes. */
        GIVEN_UP
    }

    /** Its name in the log, {@code [a-z][a-z0-9-]{0,62}}, unique in this node; it must not change. */
    String name();

    /** Whether it acts on events of this type that this subscriber receives; always the same answer. */
    boolean wants(SubsystemId subscriber, ServiceId type);

    /** Acts. An unchecked exception means AGAIN. */
    Outcome hear(ReceivedEvent event);
}
