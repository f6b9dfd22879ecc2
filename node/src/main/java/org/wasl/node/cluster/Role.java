package org.wasl.node.cluster;

/** What a part of the topology does. */
public enum Role {
    /** A PostgreSQL server: the primary, or its synchronous standby. */
    DATABASE,
    /** An Artemis broker: one of the pair. */
    BROKER,
    /** A witness that stands alone. */
    WITNESS,
    /** What an agency already has: a sample back-end. */
    BACK_END,
    /** A node that speaks for one member. */
    NODE,
    /** What faces people in front of the portal's node. */
    FRONT
}
