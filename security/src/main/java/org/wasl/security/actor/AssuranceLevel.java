package org.wasl.security.actor;

/** How well the actor's identity was proven (eIDAS levels). */
public enum AssuranceLevel {
    LOW,
    SUBSTANTIAL,
    HIGH
}
