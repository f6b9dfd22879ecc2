package org.wasl.routes.event;

import org.wasl.schemas.identifier.SubsystemId;

/**
 * Between whom events are numbered.
 *
 * @param publisher who tells
 * @param subscriber who is told
 */
record Pair(SubsystemId publisher, SubsystemId subscriber) {

    @Override
    public String toString() {
        return publisher + " to " + subscriber;
    }
}
