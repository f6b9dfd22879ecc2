package org.wasl.bench;

import java.util.List;
import org.wasl.bench.load.LoadJob;
import picocli.CommandLine.Command;

/** Measures consolidated requests to four agencies. */
@Command(name = "composite")
final class CompositeCommand extends MeasuringCommand {

    CompositeCommand(Console console) {
        super(console);
    }

    @Override
    List<LoadJob> jobs(Plan plan) {
        return plan.composite();
    }
}
