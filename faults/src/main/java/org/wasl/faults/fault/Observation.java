package org.wasl.faults.fault;

import org.wasl.faults.check.Promise;

/**
 * What a fault looked at by itself, beside what is checked after every run.
 *
 * @param seen what was looked at and found, in English
 */
public record Observation(Promise promise, boolean kept, String seen) {}
