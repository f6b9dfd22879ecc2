package org.wasl.agencies.population;

/**
 * A share in something.
 *
 * @param name as the owning agency spells it
 * @param linked whether that agency knows the owner's national number
 */
public record Owner(Person person, String name, boolean linked, int numerator, int denominator) {}
