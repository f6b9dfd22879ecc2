package org.wasl.routes.simulation;

/** The promises that the simulation's invariants state. */
enum Promise {
    P1("accepted means not lost"),
    P2("one effect"),
    P3("no unlogged disclosure"),
    P4("no disclosure without agreement"),
    P5("append-only"),
    P6("partial is always labelled"),
    P7("refused, not dropped; nothing kept for ever"),
    P9("time-safe"),
    P10("trust changes"),
    P12("poison contained"),
    /** No promise by itself: without it none of the others can be judged. */
    LIVENESS("once faults stop, everything ends");

    private final String text;

    Promise(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
