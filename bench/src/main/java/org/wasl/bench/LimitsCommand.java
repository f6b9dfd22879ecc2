package org.wasl.bench;

import java.util.List;
import org.wasl.bench.load.LoadJob;
import picocli.CommandLine.Command;

/** Measures what no exchange can do without, each by itself. */
@Command(name = "limits")
final class LimitsCommand extends MeasuringCommand {

    LimitsCommand(Console console) {
        super(console);
    }

    @Override
    List<LoadJob> jobs(Plan plan) {
        return plan.limits();
    }
}
