package org.wasl.bench.exchange;

import org.wasl.bench.report.Parts;

/** With what the two nodes of a measured exchange sign. */
public enum SigningMode {
    /** Keys in memory. */
    SOFTWARE(Parts.SOFTWARE_KEYS),
    /** Keys behind a limit of signatures a second, as in a hardware module: each message is signed there. */
    EVERY_MESSAGE("exchange-every-message-by-token"),
    /** The same keys, which certify keys in memory: the module signs a certificate every few hours. */
    SHORT_TERM(Parts.SHORT_TERM_KEYS);

    /** How many signatures a second the slow keys make, each node's by itself. */
    public static final int TOKEN_PER_SECOND = 100;

    private final String workload;

    SigningMode(String workload) {
        this.workload = workload;
    }

    /** The workload's name. */
    public String workload() {
        return workload;
    }
}
