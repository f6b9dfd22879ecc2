package org.wasl.connectors.backend;

import org.wasl.schemas.fault.Stage;

/** The steps of answering from a back-end, in their order. */
public enum Step {
    /** Reaching the back-end. */
    CONNECT(Stage.CONNECTOR),
    /** Being let in. */
    AUTHENTICATE(Stage.CONNECTOR),
    /** Asking and reading the answer. */
    FETCH(Stage.CONNECTOR),
    /** Turning it into a record. */
    MAP(Stage.MAP),
    /** Validating the record. */
    VALIDATE(Stage.VALIDATE),
    /** Asking for the same change again, in a check only. */
    REPEAT(Stage.CONNECTOR);

    private final Stage stage;

    Step(Stage stage) {
        this.stage = stage;
    }

    /** The stage of the bus's flow that this step belongs to. */
    public Stage stage() {
        return stage;
    }
}
