package org.wasl.security.attack;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.Parts;

/**
 * One attack on a genuine container.
 *
 * @param category what it tries to make use of
 * @param name what is done, unique within its category
 * @param by who can do it
 * @param gate where it is refused
 * @param code the one code that says why
 * @param make does it
 */
record Attack(Category category, String name, By by, Gate gate, FaultCode code, Function<Ground, Attempt> make) {

    /** Who can do it. */
    enum By {
        /** Whoever sees a container on its way. */
        OUTSIDER,
        /** One who holds a key, and signs what the product would never write. */
        MEMBER
    }

    /** The step that refuses. */
    enum Gate {
        /** Before any question of who signed. */
        OPENING,
        /** Digests, certificate, signature value. */
        VERIFYING,
        /** The payload of a genuine container, read by its schema. */
        READING
    }

    /** An outsider changes the whole file. */
    static Attack onOctets(Category category, String name, FaultCode code, UnaryOperator<byte[]> change) {
        return new Attack(
                category,
                name,
                By.OUTSIDER,
                Gate.OPENING,
                code,
                ground -> ground.attempt(change.apply(ground.genuine())));
    }

    /** An outsider changes entries and zips them anew, as the product would. */
    static Attack onParts(Category category, String name, Gate gate, FaultCode code, Consumer<Parts> change) {
        return new Attack(category, name, By.OUTSIDER, gate, code, ground -> {
            Parts parts = ground.parts();
            change.accept(parts);
            return ground.attempt(parts.zip());
        });
    }

    /** An outsider changes entries and zips them anew, in a way of his own. */
    static Attack onZip(Category category, String name, Gate gate, FaultCode code, Consumer<RawZip> change) {
        return new Attack(category, name, By.OUTSIDER, gate, code, ground -> {
            RawZip zip = RawZip.of(ground.genuine());
            change.accept(zip);
            return ground.attempt(zip.write());
        });
    }

    /** A member changes entries, computes every digest anew and signs what is left of SignedInfo. */
    static Attack signed(Category category, String name, Gate gate, FaultCode code, Consumer<Parts> change) {
        return new Attack(category, name, By.MEMBER, gate, code, ground -> {
            Parts parts = ground.parts();
            change.accept(parts);
            Forger.redigest(parts);
            Forger.sign(parts, ground.portal());
            return ground.attempt(parts.zip());
        });
    }

    /** A member does as he likes. */
    static Attack byMember(Category category, String name, Gate gate, FaultCode code, Function<Ground, Attempt> make) {
        return new Attack(category, name, By.MEMBER, gate, code, make);
    }

    @Override
    public String toString() {
        return category + ": " + name;
    }
}
