package org.wasl.bench;

import java.util.List;
import org.wasl.bench.load.LoadJob;
import picocli.CommandLine.Command;

/** Measures everything. */
@Command(name = "all")
final class AllCommand extends MeasuringCommand {

    AllCommand(Console console) {
        super(console);
    }

    @Override
    List<LoadJob> jobs(Plan plan) {
        return plan.all();
    }

    @Override
    List<String> micro() {
        return List.of("Container", "Schema", "Mapping", "Merkle", "LogAppend");
    }
}
