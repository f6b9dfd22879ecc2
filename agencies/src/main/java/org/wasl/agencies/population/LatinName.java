package org.wasl.agencies.population;

/** Whether the civil register has the name in Latin letters, and from where. */
public enum LatinName {
    REGISTERED,
    TRANSLITERATED,
    MISSING
}
