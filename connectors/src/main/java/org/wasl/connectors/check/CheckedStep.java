package org.wasl.connectors.check;

import org.wasl.connectors.backend.Step;

/**
 * One step of a check.
 *
 * @param step the step
 * @param verdict how it went
 * @param millis how long it took; 0 when it was skipped or came with the step before
 * @param code the fault's stable code; empty unless it failed
 * @param reason one sentence; empty when there is nothing to say
 * @param path the field at fault; empty when it is none
 */
public record CheckedStep(Step step, Verdict verdict, long millis, String code, String reason, String path) {

    /** How a step went. */
    public enum Verdict {
        PASSED,
        FAILED,
        SKIPPED
    }
}
