package org.wasl.faults.fault;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.wasl.faults.check.Promise;
import org.wasl.faults.site.Site;

/** Something that goes wrong. One object serves many times, each time with a stage of its own. */
public interface Fault {

    /** How it is called on the command line: lower case, words joined by hyphens. */
    String name();

    /** What it does, in an English sentence. */
    String describe();

    /** The promises that it tests. */
    List<Promise> promises();

    /** The sites that it is for, by their names. */
    default List<String> sites() {
        return List.of("single", "cluster");
    }

    /** What keeps it from being tried at this site on this machine; empty when nothing does. */
    Optional<String> missing(Site site);

    /** Breaks something. Returns while it is broken, or after it was. */
    void inject(Stage stage) throws IOException, InterruptedException;

    /** Mends it. */
    void heal(Stage stage) throws IOException, InterruptedException;

    /** Looks, after everything serves again, at what must have held. */
    List<Observation> observe(Stage stage) throws IOException, InterruptedException;
}
