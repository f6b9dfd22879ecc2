package org.wasl.routes.exchange;

import java.util.concurrent.atomic.AtomicLongArray;
import org.wasl.schemas.fault.Stage;

/** Counts the requests whose time was up before a step that costs something: the step was not taken. */
final class LateWork {

    private final AtomicLongArray counts = new AtomicLongArray(Stage.values().length);

    void before(Stage stage) {
        counts.incrementAndGet(stage.ordinal());
    }

    /** Since the start. */
    long count(Stage stage) {
        return counts.get(stage.ordinal());
    }
}
