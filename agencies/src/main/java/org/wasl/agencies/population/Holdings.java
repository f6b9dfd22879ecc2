package org.wasl.agencies.population;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who in a family owns which vehicle and which title: the part that both the owning agency and the courts derive from. */
final class Holdings {

    private final long seed;

    Holdings(long seed) {
        this.seed = seed;
    }

    int vehicleCount(Family family) {
        return Personas.ofFamily(family.index())
                .map(persona -> persona == Personas.NOTHING ? 0 : 1)
                .orElseGet(() -> new Dice(seed, EntityType.VEHICLE, first(family, Population.VEHICLES_PER_FAMILY) + 3L)
                        .weighted(20, 45, 27, 8));
    }

    int titleCount(Family family) {
        return Personas.ofFamily(family.index())
                .map(persona -> persona == Personas.NOTHING ? 0 : persona == Personas.INCOMPLETE ? 2 : 1)
                .orElseGet(() -> new Dice(seed, EntityType.TITLE, first(family, Population.TITLES_PER_FAMILY) + 3L)
                        .weighted(22, 48, 22, 8));
    }

    List<Owner> vehicleOwners(Family family, int slot, Dice dice) {
        Person husband = family.husband();
        Optional<Person> wife = family.member(Role.WIFE);
        if (Personas.ofFamily(family.index()).isPresent()) {
            return List.of(owner(husband, dice, true, 1, 1));
        }
        if (slot == 1 && wife.isPresent()) {
            return dice.chance(500)
                    ? List.of(owner(wife.get(), dice, true, 1, 1))
                    : List.of(owner(husband, dice, true, 1, 2), owner(wife.get(), dice, true, 1, 2));
        }
        if (slot == 2) {
            Person grandfather = family.member(Role.GRANDFATHER).orElse(husband);
            return List.of(owner(grandfather, dice, dice.chance(700), 1, 1));
        }
        return List.of(owner(husband, dice, true, 1, 1));
    }

    /** {@code linked}: does the tax office know the owners' numbers? */
    List<Owner> titleOwners(Family family, int slot, Dice dice, boolean linked) {
        Person husband = family.husband();
        if (slot == 0 || Personas.ofFamily(family.index()).isPresent()) {
            return List.of(owner(husband, dice, linked, 1, 1));
        }
        Person grandfather = family.member(Role.GRANDFATHER).orElse(husband);
        if (slot == 1 && (!grandfather.deceased() || dice.chance(500))) {
            return List.of(owner(grandfather, dice, linked, 1, 1));
        }
        if (slot == 1) {
            return heirs(family, dice, linked);
        }
        List<Owner> owners = new ArrayList<>();
        Optional<Person> wife = family.member(Role.WIFE);
        int denominator = wife.isPresent() ? 2 : 1;
        owners.add(owner(husband, dice, linked, 1, denominator));
        wife.ifPresent(person -> owners.add(owner(person, dice, linked, 1, denominator)));
        return owners;
    }

    private List<Owner> heirs(Family family, Dice dice, boolean linked) {
        Optional<Person> widow = family.member(Role.GRANDMOTHER).filter(person -> !person.deceased());
        if (widow.isEmpty()) {
            return List.of(owner(family.husband(), dice, linked, 1, 1));
        }
        return List.of(owner(widow.get(), dice, linked, 1, 8), owner(family.husband(), dice, linked, 7, 8));
    }

    private static Owner owner(Person person, Dice dice, boolean linked, int numerator, int denominator) {
        String name = person.name().arabic();
        return new Owner(
                person, dice.chance(400) ? ArabicSpelling.variant(dice, name) : name, linked, numerator, denominator);
    }

    private static int first(Family family, int perFamily) {
        return family.index() * perFamily;
    }
}
