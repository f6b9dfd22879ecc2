package org.wasl.security.container;

/** What a message is. */
public enum MessageKind {
    REQUEST,
    REPLY,
    FAULT,
    EVENT
}
