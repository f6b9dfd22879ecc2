package org.wasl.agencies.cspd;

import java.util.Optional;

/** One line of the Dutch register's file, read. */
sealed interface BrpLine {

    /**
     * Fit to be loaded.
     *
     * @param nationalNumber the ten digits under which it will be asked for
     * @param death eight digits, empty while alive
     * @param document the record as it came
     * @param remark an oddity worth telling, or empty
     */
    record Accepted(
            String nationalNumber,
            String burgerservicenummer,
            boolean elevenTest,
            Optional<String> death,
            boolean underInvestigation,
            boolean confidential,
            String document,
            Optional<String> remark)
            implements BrpLine {}

    /** Not loaded, and why. */
    record Refused(String reason) implements BrpLine {}

    /** Nothing but white space. */
    record Blank() implements BrpLine {}
}
