package org.wasl.agencies.population;

import java.util.Optional;

/** People with a known story, the same for every seed: the husband of one of the first families each. */
public enum Personas {
    /** Alive, one vehicle with valid papers, no open fine, property paid, justice clear. */
    CLEAN,
    /** Open fines, a vehicle with lien and hold, property dues. */
    FINED,
    /** Died; a vehicle and an undivided property are still in his name. */
    DECEASED,
    /** Otherwise clean; justice must review by hand. */
    DEFERRED,
    /** Otherwise clean; a title in his name is linked to no national number. */
    INCOMPLETE,
    /** Otherwise clean; justice says not clear. */
    CONVICTED,
    /** A court attachment on his vehicle. */
    ATTACHED,
    /** Owns neither vehicle nor title. */
    NOTHING,
    /** Licence and insurance expired, inspection failed. */
    LAPSED;

    /** A well-formed number of the reserved block that nobody has, however large the population. */
    public static final String UNREGISTERED = NationalNumbers.of(Role.values().length);

    public String nationalNumber() {
        return NationalNumbers.of(ordinal() * Population.PERSONS_PER_FAMILY + Role.HUSBAND.ordinal());
    }

    /** The plate of the persona's one vehicle; {@link #NOTHING} has none, and nobody has this plate then. */
    public Plate plate() {
        return Plate.of(ordinal() * Population.VEHICLES_PER_FAMILY);
    }

    static Optional<Personas> ofFamily(int familyIndex) {
        return familyIndex < values().length ? Optional.of(values()[familyIndex]) : Optional.empty();
    }
}
