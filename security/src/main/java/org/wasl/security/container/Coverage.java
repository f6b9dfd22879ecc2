package org.wasl.security.container;

/** Whether a record holds all that there is; an incomplete one never proves that there is nothing. */
public enum Coverage {
    COMPLETE,
    INCOMPLETE
}
