package org.wasl.bench;

import java.util.List;
import org.wasl.bench.load.LoadJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs JMH benchmarks by their names. */
@Command(name = "micro")
final class MicroCommand extends MeasuringCommand {

    @Parameters(paramLabel = "PATTERN", arity = "0..*", descriptionKey = "micro.patterns")
    List<String> patterns = List.of();

    MicroCommand(Console console) {
        super(console);
    }

    @Override
    List<LoadJob> jobs(Plan plan) {
        return List.of();
    }

    @Override
    List<String> micro() {
        return patterns.isEmpty() ? List.of(".*") : patterns;
    }
}
