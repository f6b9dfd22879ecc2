package org.wasl.routes.broker;

import org.wasl.schemas.identifier.MemberId;

/** Which of a broker's dead letters and expired messages a node reads. */
public enum DeadLetterShare {
    /** All of them: the broker is the node's own, and has one queue for them. */
    ALL,
    /** Those of its members: the broker has a queue for each member, readable by that member alone. */
    OWN,
    /** None: the broker belongs to another node, which reads them. */
    NONE;

    /** Where a message that this member could not process goes. */
    public String deadLetters(MemberId member) {
        return this == OWN ? Queues.deadLetter(member) : Queues.DEAD_LETTER;
    }

    /** Where messages of this member's queues wait whose time ran out. */
    public String expired(MemberId member) {
        return this == OWN ? Queues.expired(member) : Queues.EXPIRED;
    }
}
