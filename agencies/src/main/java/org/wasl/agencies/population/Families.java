package org.wasl.agencies.population;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Derives families. */
final class Families {

    private final long seed;
    private final LocalDate today;

    Families(long seed, LocalDate today) {
        this.seed = seed;
        this.today = today;
    }

    Family family(int index) {
        Dice dice = new Dice(seed, EntityType.FAMILY, index);
        Optional<Personas> persona = Personas.ofFamily(index);
        Place home = Places.pick(dice);
        Address address = new Address(
                home, dice.pick(Names.QUARTERS), dice.pick(Names.STREETS), Integer.toString(dice.between(1, 180)));
        Draft draft = new Draft(index, dice, address, persona);
        draft.grandparents();
        draft.couple();
        draft.children();
        return new Family(
                index,
                home,
                home.code() + "/" + (1 + index % 400) + "/" + (1 + index),
                draft.people(),
                draft.marriages);
    }

    /** One family while it is put together: dates first, persons last, for marital status follows from all the dates. */
    private final class Draft {

        private final int index;
        private final Dice dice;
        private final Address address;
        private final Optional<Personas> persona;
        private final List<Life> lives = new ArrayList<>();
        private final List<Marriage> marriages = new ArrayList<>();
        private final Life husband;
        private final Life grandfather;

        Draft(int index, Dice dice, Address address, Optional<Personas> persona) {
            this.index = index;
            this.dice = dice;
            this.address = address;
            this.persona = persona;
            Label family = dice.pick(Names.FAMILY);
            int husbandBorn = today.getYear() - (persona.isPresent() ? 46 : dice.between(28, 62));
            FullName grandfatherName =
                    new FullName(dice.pick(Names.MALE), dice.pick(Names.MALE), dice.pick(Names.MALE), family);
            grandfather = new Life(Role.GRANDFATHER, Sex.MALE, grandfatherName, husbandBorn - dice.between(23, 38));
            husband = new Life(Role.HUSBAND, Sex.MALE, grandfatherName.ofChild(dice.pick(Names.MALE)), husbandBorn);
        }

        void grandparents() {
            Life grandmother = new Life(
                    Role.GRANDMOTHER, Sex.FEMALE, womansName(), grandfather.born.getYear() + dice.between(0, 7));
            grandfather.mayDieOfAge(dice);
            grandmother.mayDieOfAge(dice);
            lives.add(grandfather);
            lives.add(grandmother);
            marry(grandfather, grandmother, husband.born.minusYears(dice.between(1, 6)), false);
        }

        void couple() {
            lives.add(husband);
            if (persona.isPresent()) {
                if (persona.get() == Personas.DECEASED) {
                    husband.died = today.minusMonths(14);
                }
            } else if (dice.chance(25)) {
                husband.died = today.minusDays(dice.between(30, 3000));
            }
            if (persona.isEmpty() && dice.chance(80)) {
                return;
            }
            Life wife = new Life(Role.WIFE, Sex.FEMALE, womansName(), husband.born.getYear() + dice.between(0, 8));
            if (persona.isEmpty() && dice.chance(10)) {
                wife.died = today.minusDays(dice.between(30, 3000));
            }
            lives.add(wife);
            LocalDate wedding =
                    later(husband.born.plusYears(24), wife.born.plusYears(19)).plusDays(dice.below(1500));
            marry(husband, wife, earlier(wedding, today.minusYears(1)), persona.isEmpty() && dice.chance(60));
        }

        void children() {
            if (marriages.size() < 2 || lives.size() < 4) {
                return;
            }
            Life wife = lives.get(3);
            Marriage marriage = marriages.get(1);
            int wanted = persona.isPresent() ? 3 : dice.weighted(10, 15, 25, 25, 15, 10);
            int year = marriage.start().year();
            for (int number = 0; number < Math.min(wanted, Role.MAX_CHILDREN); number++) {
                year += dice.between(1, 4);
                if (year >= today.getYear() || year > wife.born.getYear() + 45 || over(marriage, year)) {
                    return;
                }
                Sex sex = dice.chance(510) ? Sex.MALE : Sex.FEMALE;
                FullName name = husband.name.ofChild(dice.pick(sex == Sex.MALE ? Names.MALE : Names.FEMALE));
                Life child = new Life(Role.child(number), sex, name, year);
                if (dice.chance(5) && year < today.getYear() - 2) {
                    child.died = child.born.plusDays(dice.between(1, 300));
                }
                lives.add(child);
            }
        }

        List<Person> people() {
            return lives.stream().map(this::person).toList();
        }

        private boolean over(Marriage marriage, int year) {
            ImpreciseDate end = marriage.end();
            return end != null && year >= end.year();
        }

        private FullName womansName() {
            return new FullName(
                    dice.pick(Names.FEMALE), dice.pick(Names.MALE), dice.pick(Names.MALE), dice.pick(Names.FAMILY));
        }

        private void marry(Life man, Life woman, LocalDate wedding, boolean divorce) {
            LocalDate firstDeath = earliest(man.died, woman.died);
            LocalDate start = wedding;
            if (firstDeath != null && !start.isBefore(firstDeath)) {
                start = firstDeath.minusMonths(3);
            }
            LocalDate divorced = start.plusYears(dice.between(1, 12));
            boolean endsByDivorce =
                    divorce && divorced.isBefore(today) && (firstDeath == null || divorced.isBefore(firstDeath));
            LocalDate end = endsByDivorce ? divorced : firstDeath;
            marriages.add(new Marriage(
                    man.role,
                    woman.role,
                    ImpreciseDate.of(start),
                    end == null ? null : ImpreciseDate.of(end),
                    endsByDivorce));
        }

        private Person person(Life life) {
            int personIndex = index * Population.PERSONS_PER_FAMILY + life.role.ordinal();
            Dice own = new Dice(seed, EntityType.PERSON, personIndex);
            boolean told = persona.isPresent() && life.role == Role.HUSBAND;
            return new Person(
                    personIndex,
                    NationalNumbers.of(personIndex),
                    life.role,
                    life.sex,
                    life.name,
                    told ? LatinName.REGISTERED : LatinName.values()[own.weighted(60, 22, 18)],
                    told ? ImpreciseDate.of(life.born) : asRegistered(own, life.born),
                    own.chance(800) ? address.place() : Places.pick(own),
                    life.died == null ? null : ImpreciseDate.of(life.died),
                    maritalStatus(life),
                    address,
                    !told && own.chance(12) ? ImpreciseDate.of(today.minusDays(own.between(10, 900))) : null);
        }

        private MaritalStatus maritalStatus(Life life) {
            for (Marriage marriage : marriages) {
                if (marriage.husband() == life.role || marriage.wife() == life.role) {
                    return maritalStatus(life, marriage);
                }
            }
            return MaritalStatus.SINGLE;
        }

        private MaritalStatus maritalStatus(Life life, Marriage marriage) {
            ImpreciseDate end = marriage.end();
            if (end == null) {
                return MaritalStatus.MARRIED;
            }
            if (marriage.divorced()) {
                return MaritalStatus.DIVORCED;
            }
            // Who died first died married.
            boolean diedFirst = life.died != null && ImpreciseDate.of(life.died).equals(end);
            return diedFirst ? MaritalStatus.MARRIED : MaritalStatus.WIDOWED;
        }
    }

    /** A person's dates before the person is made. */
    private final class Life {

        private final Role role;
        private final Sex sex;
        private final FullName name;
        private final LocalDate born;
        private @Nullable LocalDate died;

        Life(Role role, Sex sex, FullName name, int birthYear) {
            this.role = role;
            this.sex = sex;
            this.name = name;
            // Spread over the year by the name, so that no throw is spent before the year is known.
            this.born = LocalDate.of(birthYear, 1, 1)
                    .plusDays(Math.floorMod(name.arabic().hashCode() * 31L, 365L));
        }

        void mayDieOfAge(Dice dice) {
            int age = today.getYear() - born.getYear();
            int perThousand = Math.max(60, Math.min(980, (age - 48) * 22));
            if (dice.chance(perThousand)) {
                int yearsAgo = dice.between(0, Math.max(1, Math.min(20, age - 45)));
                died = today.minusYears(yearsAgo).minusDays(dice.between(20, 340));
            }
        }
    }

    private static ImpreciseDate asRegistered(Dice dice, LocalDate born) {
        ImpreciseDate exact = ImpreciseDate.of(born);
        int thrown = dice.below(1000);
        if (born.getYear() < 1960) {
            // Before registration at birth became the rule, ages were estimated.
            return thrown < 250
                    ? exact.yearOnly()
                    : thrown < 300 ? exact.monthOnly() : thrown < 310 ? ImpreciseDate.UNKNOWN : exact;
        }
        return thrown < 10 ? exact.yearOnly() : exact;
    }

    private static LocalDate later(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }

    private static LocalDate earlier(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }

    private static @Nullable LocalDate earliest(@Nullable LocalDate a, @Nullable LocalDate b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return earlier(a, b);
    }
}
