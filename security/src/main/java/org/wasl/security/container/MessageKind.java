package org.wasl.security.container;

/** What a message is. */
public enum MessageKind {
    REQUEST,
    REPLY,
    FAULT,
    EVENT,
    /** The provider will answer later; not the answer. */
    INTERIM,
    /** The requester wants no answer any more. */
    CANCELLATION,
    /** What came of handing a late answer to the requester's own system: the requester's word to itself. */
    DELIVERY;

    /** Whether a message of this kind ends its exchange. */
    public boolean ends() {
        return this == REPLY || this == FAULT;
    }

    /** Whether a message of this kind is about a request, and so names it. */
    public boolean namesRequest() {
        return this != REQUEST && this != EVENT;
    }
}
