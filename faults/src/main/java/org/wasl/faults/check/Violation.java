package org.wasl.faults.check;

/**
 * A promise that was not kept.
 *
 * @param subject the request, log or back-end that shows it
 * @param detail what is wrong
 */
public record Violation(Promise promise, String subject, String detail) {

    @Override
    public String toString() {
        return promise + " " + subject + ": " + detail;
    }
}
