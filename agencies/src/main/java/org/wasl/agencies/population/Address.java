package org.wasl.agencies.population;

/** Where someone lives. */
public record Address(Place place, String quarter, String street, String building) {}
