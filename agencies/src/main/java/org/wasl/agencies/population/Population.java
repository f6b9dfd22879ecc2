package org.wasl.agencies.population;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The invented people. Nothing is kept: everyone is derived again from (seed, type, index) when asked for, so it is safe for
 * many threads and costs no memory.
 */
public final class Population {

    static final int PERSONS_PER_FAMILY = 10;
    static final int VEHICLES_PER_FAMILY = 4;
    static final int TITLES_PER_FAMILY = 4;
    static final int MAX_FAMILIES = NationalNumbers.CAPACITY / PERSONS_PER_FAMILY;

    private final long seed;
    private final int familyCount;
    private final LocalDate today;
    private final Families families;
    private final Titles titles;
    private final Vehicles vehicles;
    private final Court court;

    /**
     * @param familyCount 10 to 100,000; 1,700 families are about 11,000 persons
     * @param today the day on which ages, validity and dues are reckoned
     */
    public Population(long seed, int familyCount, LocalDate today) {
        if (familyCount < 10 || familyCount > MAX_FAMILIES) {
            throw new IllegalArgumentException("families must be 10 to " + MAX_FAMILIES + ": " + familyCount);
        }
        this.seed = seed;
        this.familyCount = familyCount;
        this.today = today;
        Holdings holdings = new Holdings(seed);
        families = new Families(seed, today);
        titles = new Titles(seed, today, holdings);
        court = new Court(seed, today, holdings);
        vehicles = new Vehicles(seed, today, holdings, court);
    }

    public long seed() {
        return seed;
    }

    public int familyCount() {
        return familyCount;
    }

    public LocalDate today() {
        return today;
    }

    public Family family(int index) {
        if (index < 0 || index >= familyCount) {
            throw new IndexOutOfBoundsException("no family " + index + " of " + familyCount);
        }
        return families.family(index);
    }

    public Optional<Family> familyOf(String nationalNumber) {
        OptionalInt index = NationalNumbers.indexOf(nationalNumber);
        return index.isEmpty() ? Optional.empty() : familyAt(index.getAsInt() / PERSONS_PER_FAMILY);
    }

    public Optional<Person> person(String nationalNumber) {
        return familyOf(nationalNumber).flatMap(family -> memberOf(family, nationalNumber));
    }

    public Optional<Vehicle> vehicle(Plate plate) {
        return familyOf(plate).flatMap(family -> vehiclesOf(family).stream()
                .filter(vehicle -> vehicle.plate().equals(plate))
                .findFirst());
    }

    /** The vehicles of a family with their holds. */
    public List<Vehicle> vehiclesOf(Family family) {
        return vehicles.of(family).stream()
                .map(vehicle -> vehicles.withFinesHold(vehicle, vehicles.fines(family, vehicle)))
                .toList();
    }

    public List<Fine> finesOf(Vehicle vehicle) {
        return vehicles.fines(family(vehicle.index() / VEHICLES_PER_FAMILY), vehicle);
    }

    public List<Title> titlesOf(Family family) {
        return titles.of(family);
    }

    public Optional<Title> title(Title.ParcelKey key) {
        OptionalInt index = Titles.indexOf(key);
        if (index.isEmpty()) {
            return Optional.empty();
        }
        return familyAt(index.getAsInt() / TITLES_PER_FAMILY).flatMap(family -> titles.of(family).stream()
                .filter(title -> title.parcel().equals(key))
                .findFirst());
    }

    /** The title of this account. */
    public Optional<Title> title(String account) {
        OptionalInt index = Titles.indexOf(account);
        if (index.isEmpty()) {
            return Optional.empty();
        }
        return familyAt(index.getAsInt() / TITLES_PER_FAMILY).flatMap(family -> titles.of(family).stream()
                .filter(title -> title.account().equals(account))
                .findFirst());
    }

    /** Empty for minors. */
    public Optional<Justice> justiceOf(Family family, Person person) {
        return court.justice(family, person);
    }

    /** SHA-256 over everything, in hexadecimal: equal digests are equal populations. */
    public String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int index = 0; index < familyCount; index++) {
                Family family = families.family(index);
                digest.update(family.toString().getBytes(StandardCharsets.UTF_8));
                for (Vehicle vehicle : vehiclesOf(family)) {
                    digest.update((vehicle + "" + finesOf(vehicle)).getBytes(StandardCharsets.UTF_8));
                }
                digest.update(titlesOf(family).toString().getBytes(StandardCharsets.UTF_8));
                for (Person person : family.members()) {
                    digest.update(justiceOf(family, person).toString().getBytes(StandardCharsets.UTF_8));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private Optional<Family> familyAt(int index) {
        return index < familyCount ? Optional.of(families.family(index)) : Optional.empty();
    }

    private Optional<Family> familyOf(Plate plate) {
        OptionalInt index = plate.vehicleIndex();
        return index.isEmpty() ? Optional.empty() : familyAt(index.getAsInt() / VEHICLES_PER_FAMILY);
    }

    private static Optional<Person> memberOf(Family family, String nationalNumber) {
        return family.members().stream()
                .filter(person -> person.nationalNumber().equals(nationalNumber))
                .findFirst();
    }
}
