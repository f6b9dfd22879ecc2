package org.wasl.routes.flow;

import java.util.UUID;
import java.util.function.Supplier;

/**
 * Lets those who would end the same exchange put it in the log one after the other. What is put in the log in one turn
 * stands there without another's between it; a turn is only as long as handing it to the log takes.
 */
public final class Turns {

    private static final int STRIPES = 64;

    private final Object[] stripes = new Object[STRIPES];

    public Turns() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Object();
        }
    }

    /** Does this while nobody else has the turn of the exchange that this id answers. */
    public <T> T take(UUID answerId, Supplier<T> turn) {
        synchronized (stripes[Math.floorMod(answerId.hashCode(), STRIPES)]) {
            return turn.get();
        }
    }
}
