package org.wasl.faults.check;

/** What the bus promises, in the words of the threat model. */
public enum Promise {
    P1("accepted means not lost"),
    P2("one effect"),
    P3("no unlogged disclosure"),
    P4("no disclosure without agreement"),
    P5("append-only"),
    P6("partial is always labelled"),
    P7("back-pressure"),
    P8("partition-safe"),
    P9("time-safe"),
    P10("trust changes"),
    P11("corruption is evident"),
    P12("poison contained");

    private final String words;

    Promise(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
