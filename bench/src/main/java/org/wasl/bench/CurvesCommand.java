package org.wasl.bench;

import java.util.List;
import org.wasl.bench.load.LoadJob;
import picocli.CommandLine.Command;

/** Measures the product over everything that may grow. */
@Command(name = "curves")
final class CurvesCommand extends MeasuringCommand {

    CurvesCommand(Console console) {
        super(console);
    }

    @Override
    List<LoadJob> jobs(Plan plan) {
        return plan.curves();
    }
}
