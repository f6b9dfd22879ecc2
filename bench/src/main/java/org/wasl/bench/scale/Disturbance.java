package org.wasl.bench.scale;

/**
 * What goes wrong in a simulated run.
 *
 * @param sites the share of machines that are there: one half when one of two sites is lost
 * @param brokerSeconds how long every broker is away, from the middle of the run on
 * @param slowAgency how many times as long the most asked agency's back-end takes
 */
record Disturbance(double sites, double brokerSeconds, double slowAgency) {

    static final Disturbance NONE = new Disturbance(1, 0, 1);
}
