package org.wasl.agencies.population;

/** A person's place in the family; the ordinal is the last part of the person's index. */
public enum Role {
    GRANDFATHER,
    GRANDMOTHER,
    HUSBAND,
    WIFE,
    CHILD_1,
    CHILD_2,
    CHILD_3,
    CHILD_4,
    CHILD_5;

    static final int MAX_CHILDREN = 5;

    static Role child(int number) {
        return values()[CHILD_1.ordinal() + number];
    }

    boolean isChild() {
        return ordinal() >= CHILD_1.ordinal();
    }
}
