package org.wasl.agencies.population;

public enum Sex {
    MALE,
    FEMALE
}
