package org.wasl.agencies.population;

public enum Kinship {
    FATHER,
    MOTHER,
    SPOUSE,
    CHILD
}
