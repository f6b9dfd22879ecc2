package org.wasl.agencies.population;

import org.jspecify.annotations.Nullable;

/**
 * Someone's relative, as the civil register knows it.
 *
 * @param person null when the register has the name only
 * @param marriage set for a spouse
 */
public record Relative(
        Kinship kinship,
        @Nullable Person person,
        FullName name,
        Sex sex,
        @Nullable Marriage marriage) {}
