package org.wasl.agencies.population;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Derives property accounts with their years. */
final class Titles {

    private static final int YEARS = 5;
    private static final int UNLINKED_PER_THOUSAND = 140;
    private static final int PARCELS_PER_BASIN = 1000;
    private static final int VILLAGES = 7;

    private final long seed;
    private final LocalDate today;
    private final Holdings holdings;

    Titles(long seed, LocalDate today, Holdings holdings) {
        this.seed = seed;
        this.today = today;
        this.holdings = holdings;
    }

    List<Title> of(Family family) {
        List<Title> titles = new ArrayList<>();
        for (int slot = 0; slot < holdings.titleCount(family); slot++) {
            titles.add(title(family, slot));
        }
        return titles;
    }

    static String account(int index) {
        return String.format("PT%08d", index);
    }

    /** The title's index if an account has the form this tax office gives. */
    static OptionalInt indexOf(String account) {
        return account.matches("PT[0-9]{8}")
                ? OptionalInt.of(Integer.parseInt(account.substring(2)))
                : OptionalInt.empty();
    }

    /** The title's index if a key has the form this tax office gives. */
    static OptionalInt indexOf(Title.ParcelKey key) {
        for (String part : List.of(key.directorate(), key.village(), key.basin(), key.parcel())) {
            if (!part.matches("[0-9]{1,6}")) {
                return OptionalInt.empty();
            }
        }
        long index = (Long.parseLong(key.basin()) - 1) * PARCELS_PER_BASIN + Long.parseLong(key.parcel()) - 1;
        return index < 0 || index > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) index);
    }

    static boolean linked(Family family, int slot, Dice dice) {
        boolean thrown = !dice.chance(UNLINKED_PER_THOUSAND);
        return Personas.ofFamily(family.index())
                .map(persona -> persona != Personas.INCOMPLETE || slot == 0)
                .orElse(thrown);
    }

    private Title title(Family family, int slot) {
        int index = family.index() * Population.TITLES_PER_FAMILY + slot;
        Dice dice = new Dice(seed, EntityType.TITLE, index);
        boolean linked = linked(family, slot, dice);
        List<Owner> owners = holdings.titleOwners(family, slot, dice, linked);
        long rent = dice.between(60, 820) * 1000L;
        return new Title(
                index,
                account(index),
                family.office(),
                key(family.office(), index),
                slot == 0 ? "R" : dice.chance(400) ? "C" : dice.chance(500) ? "L" : "R",
                owners,
                linked,
                undivided(owners),
                rent,
                years(family, rent, dice));
    }

    private static Title.ParcelKey key(Place place, int index) {
        return new Title.ParcelKey(
                place.code(),
                Integer.toString(1 + index % VILLAGES),
                Integer.toString(1 + index / PARCELS_PER_BASIN),
                Integer.toString(1 + index % PARCELS_PER_BASIN));
    }

    /** Heirs in common, or a dead owner whose heirs have not come. */
    private static boolean undivided(List<Owner> owners) {
        return owners.stream().anyMatch(owner -> owner.person().deceased() || owner.denominator() == 8);
    }

    private List<Title.Year> years(Family family, long rent, Dice dice) {
        Optional<Personas> persona = Personas.ofFamily(family.index());
        int unpaidYears =
                persona.map(any -> any == Personas.FINED ? 2 : 0).orElseGet(() -> dice.weighted(64, 18, 10, 5, 2, 1));
        List<Title.Year> years = new ArrayList<>();
        for (int back = YEARS - 1; back >= 0; back--) {
            boolean paid = back >= unpaidYears;
            long tax = rent / 10;
            long education = rent / 50;
            long sewer = rent * 3 / 100;
            long penalty = !paid && back > 0 ? (tax + education + sewer) / 10 : 0;
            // Who pays in January or February gets a tenth off the tax itself.
            long discount = paid && dice.chance(450) ? tax / 10 : 0;
            long charged = tax + education + sewer + penalty - discount;
            long part = !paid && dice.chance(150) && persona.isEmpty() ? charged / 2 : 0;
            years.add(new Title.Year(
                    today.getYear() - back, tax, education, sewer, penalty, discount, paid ? charged : part));
        }
        return years;
    }
}
