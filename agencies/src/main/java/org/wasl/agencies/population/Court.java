package org.wasl.agencies.population;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Derives what the courts hold. */
final class Court {

    private static final List<Label> COURTS = List.of(
            new Label("محكمة بداية عمان", "Amman Court of First Instance"),
            new Label("محكمة صلح إربد", "Irbid Magistrates' Court"),
            new Label("محكمة بداية الزرقاء", "Zarqa Court of First Instance"),
            new Label("دائرة تنفيذ محكمة عمان", "Amman Execution Department"));

    private final long seed;
    private final LocalDate today;
    private final Holdings holdings;

    Court(long seed, LocalDate today, Holdings holdings) {
        this.seed = seed;
        this.today = today;
        this.holdings = holdings;
    }

    /** Empty for minors, whom the justice register does not hold. */
    Optional<Justice> justice(Family family, Person person) {
        if (!person.adult(today)) {
            return Optional.empty();
        }
        Dice dice = new Dice(seed, EntityType.JUSTICE, person.index());
        Optional<Personas> persona = Personas.ofFamily(family.index()).filter(any -> person.role() == Role.HUSBAND);
        Justice.Status status =
                persona.map(Court::told).orElseGet(() -> Justice.Status.values()[dice.weighted(935, 40, 25)]);
        LocalDate decided = today.minusDays(dice.between(1, 300));
        return Optional.of(new Justice(
                person,
                status,
                status == Justice.Status.MANUAL_REVIEW ? null : decided,
                attachments(family, person, dice, persona)));
    }

    private static Justice.Status told(Personas persona) {
        return switch (persona) {
            case DEFERRED -> Justice.Status.MANUAL_REVIEW;
            case CONVICTED -> Justice.Status.NOT_CLEAR;
            default -> Justice.Status.CLEAR;
        };
    }

    private List<Justice.Attachment> attachments(Family family, Person person, Dice dice, Optional<Personas> persona) {
        boolean inForce = persona.map(any -> any == Personas.ATTACHED).orElseGet(() -> dice.chance(30));
        boolean released = persona.isEmpty() && dice.chance(20);
        List<Justice.Attachment> attachments = new ArrayList<>();
        if (inForce) {
            attachments.add(attachment(family, person, dice, false));
        }
        if (released) {
            attachments.add(attachment(family, person, dice, true));
        }
        return attachments;
    }

    private Justice.Attachment attachment(Family family, Person person, Dice dice, boolean released) {
        Optional<String> plate = ownPlate(family, person);
        Optional<String> account = ownAccount(family, person);
        Justice.Scope scope = plate.isPresent()
                ? Justice.Scope.VEHICLE
                : account.isPresent() ? Justice.Scope.PROPERTY : Justice.Scope.ALL;
        int court = dice.below(COURTS.size());
        LocalDate on = today.minusDays(dice.between(200, 1500));
        return new Justice.Attachment(
                "C" + (10 + court),
                COURTS.get(court),
                on.getYear() - dice.below(2),
                dice.between(100, 9999),
                dice.chance(700) ? "تنفيذي" : "حقوق",
                on,
                scope,
                plate.or(() -> account).orElse(""),
                dice.between(2, 80) * 100_000L,
                released ? on.plusDays(dice.between(20, 190)) : null);
    }

    private Optional<String> ownPlate(Family family, Person person) {
        for (int slot = 0; slot < holdings.vehicleCount(family); slot++) {
            int index = family.index() * Population.VEHICLES_PER_FAMILY + slot;
            if (owns(person, holdings.vehicleOwners(family, slot, new Dice(seed, EntityType.VEHICLE, index)))) {
                return Optional.of(Plate.of(index).toString());
            }
        }
        return Optional.empty();
    }

    private Optional<String> ownAccount(Family family, Person person) {
        for (int slot = 0; slot < holdings.titleCount(family); slot++) {
            int index = family.index() * Population.TITLES_PER_FAMILY + slot;
            Dice dice = new Dice(seed, EntityType.TITLE, index);
            boolean linked = Titles.linked(family, slot, dice);
            if (linked && owns(person, holdings.titleOwners(family, slot, dice, linked))) {
                return Optional.of(Titles.account(index));
            }
        }
        return Optional.empty();
    }

    private static boolean owns(Person person, List<Owner> owners) {
        return owners.stream()
                .anyMatch(owner -> owner.linked() && owner.person().index() == person.index());
    }
}
