package org.wasl.node.command;

import java.util.List;
import org.wasl.node.audit.Check;
import org.wasl.security.registry.Label;

/** Shows what a check found, in the reader's language. */
final class AuditPrinter {

    private static final int SHOWN = 4;

    private AuditPrinter() {}

    static void print(Console console, Check check) {
        String sign =
                switch (check.outcome()) {
                    case HOLDS -> "✓";
                    case FAILS -> "✗";
                    case UNKNOWN -> "?";
                };
        console.print("  " + sign + " " + in(console, check.question()));
        console.print("      " + in(console, check.outcome().label()) + ": " + in(console, check.finding()));
        if (!check.evidence().isEmpty()) {
            int shown = Math.min(SHOWN, check.evidence().size());
            String more = check.evidence().size() > shown ? " …" : "";
            console.print("      [" + String.join(" ", check.evidence().subList(0, shown)) + more + "]");
        }
    }

    /** All holds, something does not, or something cannot be told yet. */
    static int exitCode(List<Check> checks) {
        int exitCode = ExitCode.OK;
        for (Check check : checks) {
            if (check.outcome() == Check.Outcome.FAILS) {
                return ExitCode.REFUSED;
            }
            if (check.outcome() == Check.Outcome.UNKNOWN) {
                exitCode = ExitCode.PARTIAL;
            }
        }
        return exitCode;
    }

    static String in(Console console, Label label) {
        return console.texts().arabic() ? label.arabic() : label.english();
    }
}
