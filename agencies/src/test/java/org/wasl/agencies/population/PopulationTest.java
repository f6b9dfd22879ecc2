package org.wasl.agencies.population;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PopulationTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
    private static final int FAMILIES = 1800;
    private static final Population POPULATION = new Population(20_261_121L, FAMILIES, TODAY);

    @Test
    void digest_whenSeedIsTheSame_isTheSame() {
        String once = new Population(7, 60, TODAY).digest();
        assertThat(new Population(7, 60, TODAY).digest()).isEqualTo(once);
        assertThat(new Population(8, 60, TODAY).digest()).isNotEqualTo(once);
    }

    /** Pins the derivation: who changes it changes everybody's data directory, and says so here. */
    @Test
    void digest_whenDerivedByAnyJdk_isTheKnownOne() {
        assertThat(new Population(7, 60, TODAY).digest())
                .isEqualTo("83c353181beea9cec3568ed6fc17bb5a04bab5306317076fe38c191ca8e1613b");
    }

    @Test
    void family_whenDerivedAloneOrInOrder_isTheSame() {
        Family alone = new Population(20_261_121L, FAMILIES, TODAY).family(1234);
        assertThat(alone).isEqualTo(POPULATION.family(1234));
    }

    @Test
    void population_byDefault_hasTenThousandPersonsWithNumbersOfTheReservedBlock() {
        Set<String> numbers = new HashSet<>();
        for (Person person : persons()) {
            assertThat(person.nationalNumber()).matches("9990[0-9]{6}");
            assertThat(numbers.add(person.nationalNumber())).isTrue();
            assertThat(POPULATION.person(person.nationalNumber())).contains(person);
        }
        assertThat(numbers).hasSizeGreaterThanOrEqualTo(10_000);
    }

    @Test
    void relatives_whenRegistered_knowEachOther() {
        for (int index = 0; index < 300; index++) {
            Family family = POPULATION.family(index);
            for (Person person : family.members()) {
                for (Relative relative : family.relativesOf(person)) {
                    Person other = relative.person();
                    if (other != null) {
                        assertThat(family.relativesOf(other))
                                .anyMatch(back ->
                                        back.person() != null && back.person().index() == person.index());
                    }
                }
            }
        }
    }

    @Test
    void dates_ofEveryLife_areInOrder() {
        for (int index = 0; index < FAMILIES; index++) {
            Family family = POPULATION.family(index);
            for (Person person : family.members()) {
                if (person.death() != null) {
                    assertThat(person.death().year())
                            .isGreaterThanOrEqualTo(person.birth().year());
                    assertThat(person.death()).isLessThan(ImpreciseDate.of(TODAY));
                }
            }
            for (Marriage marriage : family.marriages()) {
                assertThat(marriage.start()).isLessThan(ImpreciseDate.of(TODAY));
                if (marriage.end() != null) {
                    assertThat(marriage.start()).isLessThan(marriage.end());
                }
            }
        }
    }

    @Test
    void owners_ofVehiclesAndTitles_areInTheCivilRegister() {
        for (int index = 0; index < FAMILIES; index++) {
            Family family = POPULATION.family(index);
            List<Owner> owners = new ArrayList<>();
            for (Vehicle vehicle : POPULATION.vehiclesOf(family)) {
                assertThat(POPULATION.vehicle(vehicle.plate())).contains(vehicle);
                owners.addAll(vehicle.owners());
                assertThat(POPULATION.finesOf(vehicle))
                        .allMatch(fine -> fine.plate().equals(vehicle.plate()));
            }
            for (Title title : POPULATION.titlesOf(family)) {
                assertThat(POPULATION.title(title.parcel())).contains(title);
                owners.addAll(title.owners());
            }
            for (Owner owner : owners) {
                assertThat(POPULATION.person(owner.person().nationalNumber())).contains(owner.person());
            }
        }
    }

    @Test
    void courtAttachment_onAVehicle_isAHoldAtTheTrafficAgency() {
        int attached = 0;
        for (int index = 0; index < FAMILIES; index++) {
            Family family = POPULATION.family(index);
            for (Person person : family.members()) {
                for (Justice.Attachment attachment : POPULATION.justiceOf(family, person).stream()
                        .flatMap(justice -> justice.attachments().stream())
                        .filter(any -> any.liftedOn() == null && any.scope() == Justice.Scope.VEHICLE)
                        .toList()) {
                    attached++;
                    assertThat(POPULATION.vehiclesOf(family).stream()
                                    .filter(vehicle ->
                                            vehicle.plate().toString().equals(attachment.target()))
                                    .flatMap(vehicle -> vehicle.holds().stream())
                                    .map(Vehicle.Hold::reference))
                            .contains(attachment.caseReference());
                }
            }
        }
        assertThat(attached).isGreaterThan(20);
    }

    @Test
    void titles_withoutNationalNumber_areFourteenPerCent() {
        List<Title> titles = titles();
        long unlinked = titles.stream().filter(title -> !title.linked()).count();
        assertThat(unlinked * 100.0 / titles.size()).isBetween(12.0, 16.0);
    }

    @Test
    void dirt_ofEveryKind_isThere() {
        List<Title> titles = titles();
        List<Person> persons = persons();
        assertThat(share(titles.stream().filter(Title::undivided).count(), titles.size()))
                .isBetween(3, 40);
        assertThat(titles.stream().filter(title -> title.owners().stream()
                        .anyMatch(owner -> owner.person().deceased())))
                .hasSizeGreaterThan(20);
        assertThat(titles.stream().filter(title -> title.owners().size() > 1)).hasSizeGreaterThan(20);
        assertThat(titles.stream().flatMap(title -> title.owners().stream()).filter(owner -> !owner.name()
                        .equals(owner.person().name().arabic())))
                .hasSizeGreaterThan(100);
        assertThat(share(
                        persons.stream()
                                .filter(person -> person.latinName() == LatinName.MISSING)
                                .count(),
                        persons.size()))
                .isBetween(16, 20);
        assertThat(share(
                        persons.stream()
                                .filter(person -> !person.birth().precise())
                                .count(),
                        persons.size()))
                .isBetween(3, 20);
        assertThat(persons.stream().filter(person -> person.birth().equals(ImpreciseDate.UNKNOWN)))
                .isNotEmpty();
    }

    @Test
    void yearLines_ofEveryTitle_addUp() {
        for (Title title : titles()) {
            for (Title.Year year : title.years()) {
                assertThat(year.balanceFils()).isGreaterThanOrEqualTo(0);
                assertThat(year.tax() + year.education() + year.sewer()).isBetween(8_000L, 124_000L);
            }
        }
    }

    @Test
    void personas_whenLookedUp_areAsTold() {
        for (Personas persona : Personas.values()) {
            Family family = POPULATION.familyOf(persona.nationalNumber()).orElseThrow();
            Person person = POPULATION.person(persona.nationalNumber()).orElseThrow();
            List<Vehicle> vehicles = POPULATION.vehiclesOf(family);
            List<Title> titles = POPULATION.titlesOf(family);
            Justice justice = POPULATION.justiceOf(family, person).orElseThrow();
            assertThat(person.deceased()).isEqualTo(persona == Personas.DECEASED);
            assertThat(vehicles).hasSize(persona == Personas.NOTHING ? 0 : 1);
            assertThat(POPULATION.vehicle(persona.plate()).isPresent()).isEqualTo(persona != Personas.NOTHING);
            assertThat(titles).hasSize(persona == Personas.NOTHING ? 0 : persona == Personas.INCOMPLETE ? 2 : 1);
            assertThat(titles.stream().filter(title -> !title.linked()))
                    .hasSize(persona == Personas.INCOMPLETE ? 1 : 0);
            assertThat(titles.stream().mapToLong(Title::dueFils).sum() > 0).isEqualTo(persona == Personas.FINED);
            assertThat(titles.stream().anyMatch(Title::undivided)).isEqualTo(persona == Personas.DECEASED);
            assertThat(vehicles.stream().anyMatch(vehicle -> !vehicle.holds().isEmpty()))
                    .isEqualTo(persona == Personas.FINED || persona == Personas.ATTACHED);
            assertThat(vehicles.stream().anyMatch(vehicle -> !vehicle.liens().isEmpty()))
                    .isEqualTo(persona == Personas.FINED);
            assertThat(vehicles.stream()
                            .anyMatch(vehicle -> vehicle.licensedTo().isBefore(TODAY)))
                    .isEqualTo(persona == Personas.LAPSED);
            assertThat(vehicles.stream()
                            .flatMap(vehicle -> POPULATION.finesOf(vehicle).stream())
                            .anyMatch(fine -> fine.state() != Fine.State.SETTLED))
                    .isEqualTo(persona == Personas.FINED);
            assertThat(justice.status())
                    .isEqualTo(
                            persona == Personas.DEFERRED
                                    ? Justice.Status.MANUAL_REVIEW
                                    : persona == Personas.CONVICTED ? Justice.Status.NOT_CLEAR : Justice.Status.CLEAR);
            assertThat(justice.attachments().isEmpty()).isEqualTo(persona != Personas.ATTACHED);
        }
        assertThat(POPULATION.person(Personas.UNREGISTERED)).isEmpty();
    }

    @Test
    void lookUp_whenNumberIsForeignOrMalformed_findsNobody() {
        for (String number : List.of("5348068307", "9990", "99900458420", "٩٩٩٠٠٤٥٨٤٢", "")) {
            assertThat(POPULATION.person(number)).isEqualTo(Optional.empty());
        }
    }

    private static List<Person> persons() {
        List<Person> persons = new ArrayList<>();
        for (int index = 0; index < FAMILIES; index++) {
            persons.addAll(POPULATION.family(index).members());
        }
        return persons;
    }

    private static List<Title> titles() {
        List<Title> titles = new ArrayList<>();
        for (int index = 0; index < FAMILIES; index++) {
            titles.addAll(POPULATION.titlesOf(POPULATION.family(index)));
        }
        return titles;
    }

    private static int share(long part, int whole) {
        return (int) (part * 100 / whole);
    }
}
