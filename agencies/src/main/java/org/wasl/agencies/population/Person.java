package org.wasl.agencies.population;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One invented person.
 *
 * @param index family index × 10 + role
 * @param death null while alive
 * @param underInvestigationSince null unless the civil register doubts the entry
 */
public record Person(
        int index,
        String nationalNumber,
        Role role,
        Sex sex,
        FullName name,
        LatinName latinName,
        ImpreciseDate birth,
        Place birthPlace,
        @Nullable ImpreciseDate death,
        MaritalStatus maritalStatus,
        Address address,
        @Nullable ImpreciseDate underInvestigationSince) {

    public boolean deceased() {
        return death != null;
    }

    /** Whether the person is, or would be, of age on a day. */
    public boolean adult(LocalDate today) {
        return birth.year() + 18 < today.getYear();
    }
}
