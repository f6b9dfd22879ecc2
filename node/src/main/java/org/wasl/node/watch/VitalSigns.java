package org.wasl.node.watch;

/** Measures. */
@FunctionalInterface
public interface VitalSigns {

    /** How it stands now; takes no longer than reading some counters. */
    Vitals read();
}
