package org.wasl.agencies.population;

/** What is derived. The order is part of the derivation: add at the end only. */
enum EntityType {
    FAMILY,
    PERSON,
    VEHICLE,
    FINE,
    TITLE,
    JUSTICE,
    SPELLING
}
