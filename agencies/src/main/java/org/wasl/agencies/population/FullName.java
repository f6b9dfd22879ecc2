package org.wasl.agencies.population;

/** A Jordanian's four-part name: own, father's, grandfather's, family's. */
public record FullName(Label given, Label father, Label grandfather, Label family) {

    public String arabic() {
        return given.ar() + " " + father.ar() + " " + grandfather.ar() + " " + family.ar();
    }

    public String latin() {
        return given.en() + " " + father.en() + " " + grandfather.en() + " " + family.en();
    }

    /** The father's name as it follows from this one. */
    FullName ofFather(Label greatGrandfather) {
        return new FullName(father, grandfather, greatGrandfather, family);
    }

    /** A child's name under this father. */
    FullName ofChild(Label child) {
        return new FullName(child, given, father, family);
    }
}
