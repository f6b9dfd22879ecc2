package org.wasl.node.watch;

/** How soon somebody has to look. */
public enum Severity {
    /** Today. */
    WARNING,
    /** Now: something is refused, or will be. */
    CRITICAL
}
