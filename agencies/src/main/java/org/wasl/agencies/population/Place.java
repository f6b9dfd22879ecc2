package org.wasl.agencies.population;

/**
 * A liwa.
 *
 * @param code four digits, the first two the governorate's
 * @param weight its population, for choosing in proportion
 */
public record Place(String code, Label governorate, Label liwa, int weight) {}
