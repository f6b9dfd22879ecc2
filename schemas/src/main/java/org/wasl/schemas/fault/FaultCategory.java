package org.wasl.schemas.fault;

/** Who has to act on a fault. */
public enum FaultCategory {
    /** The sender's message is at fault: sending it again unchanged will not help. */
    SENDER,
    /** The receiving member or its back-end is at fault. */
    RECEIVER,
    /** The bus itself is at fault. */
    BUS,
    /** A bound was reached: capacity, quota, time. */
    RESOURCE
}
