package org.wasl.security.container;

/** How well the actor's identity was proven (eIDAS levels). */
public enum AssuranceLevel {
    LOW,
    SUBSTANTIAL,
    HIGH
}
