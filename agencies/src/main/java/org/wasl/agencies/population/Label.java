package org.wasl.agencies.population;

/** One thing's name in both languages. */
public record Label(String ar, String en) {}
