package org.wasl.agencies.population;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A family register's entry: three generations.
 *
 * @param office where it is kept
 * @param entryNumber its number there
 */
public record Family(int index, Place office, String entryNumber, List<Person> members, List<Marriage> marriages) {

    public Family {
        members = List.copyOf(members);
        marriages = List.copyOf(marriages);
    }

    public Optional<Person> member(Role role) {
        return members.stream().filter(person -> person.role() == role).findFirst();
    }

    /** The husband, whom every family has. */
    Person husband() {
        return member(Role.HUSBAND).orElseThrow();
    }

    /** Parents first, then spouse, then children by age. */
    public List<Relative> relativesOf(Person person) {
        List<Relative> relatives = new ArrayList<>();
        parents(person, relatives);
        for (Marriage marriage : marriages) {
            if (marriage.husband() == person.role()) {
                member(marriage.wife()).ifPresent(wife -> relatives.add(known(Kinship.SPOUSE, wife, marriage)));
            } else if (marriage.wife() == person.role()) {
                member(marriage.husband()).ifPresent(man -> relatives.add(known(Kinship.SPOUSE, man, marriage)));
            }
        }
        for (Person child : members) {
            if (isParent(person.role(), child.role())) {
                relatives.add(new Relative(Kinship.CHILD, child, child.name(), child.sex(), null));
            }
        }
        return relatives;
    }

    private void parents(Person person, List<Relative> into) {
        for (Role role : List.of(Role.GRANDFATHER, Role.HUSBAND, Role.GRANDMOTHER, Role.WIFE)) {
            if (isParent(role, person.role())) {
                boolean father = role == Role.GRANDFATHER || role == Role.HUSBAND;
                member(role)
                        .ifPresent(parent -> into.add(new Relative(
                                father ? Kinship.FATHER : Kinship.MOTHER, parent, parent.name(), parent.sex(), null)));
            }
        }
        if (into.isEmpty()) {
            // Who married in, or is the eldest: the register has the father's name from the four-part name, no number.
            into.add(new Relative(Kinship.FATHER, null, person.name().ofFather(new Label("", "")), Sex.MALE, null));
        }
    }

    private static boolean isParent(Role parent, Role child) {
        return switch (parent) {
            case GRANDFATHER, GRANDMOTHER -> child == Role.HUSBAND;
            case HUSBAND, WIFE -> child.isChild();
            default -> false;
        };
    }

    private static Relative known(Kinship kinship, Person person, Marriage marriage) {
        return new Relative(kinship, person, person.name(), person.sex(), marriage);
    }
}
