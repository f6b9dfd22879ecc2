package org.wasl.agencies.population;

import org.jspecify.annotations.Nullable;

/**
 * A marriage between two members of one family.
 *
 * @param end null while it lasts
 * @param divorced whether it ended by divorce and not by death
 */
public record Marriage(
        Role husband,
        Role wife,
        ImpreciseDate start,
        @Nullable ImpreciseDate end,
        boolean divorced) {}
