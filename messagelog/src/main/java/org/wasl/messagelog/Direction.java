package org.wasl.messagelog;

/** Which way a logged message went, seen from the member on whose behalf it is logged. */
public enum Direction {
    SENT,
    RECEIVED,
    /** Refused: by us when received, or before it was sent. */
    REFUSED,
    /** No message: what the node did itself, such as an auditor's search or an erasure. */
    RECORDED
}
