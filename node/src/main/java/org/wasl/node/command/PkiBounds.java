package org.wasl.node.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Says what an option may be, when it is not: the way it was called was wrong, nothing has been done. */
final class PkiBounds {

    static final int MOST_DAYS = 3_660;
    static final int MOST_MINUTES = 10_080;
    static final int MOST_PORT = 65_535;

    private PkiBounds() {}

    /** Refuses a number outside its bounds. */
    static void check(CommandSpec command, Console console, String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    command.commandLine(), console.texts().text("pki.out-of-bounds", option, least, most));
        }
    }
}
