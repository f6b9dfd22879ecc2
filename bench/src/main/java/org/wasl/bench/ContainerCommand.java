package org.wasl.bench;

import java.util.List;
import org.wasl.bench.load.LoadJob;
import picocli.CommandLine.Command;

/** Measures containers, schemas and mappings by JMH. */
@Command(name = "container")
final class ContainerCommand extends MeasuringCommand {

    ContainerCommand(Console console) {
        super(console);
    }

    @Override
    List<LoadJob> jobs(Plan plan) {
        return List.of();
    }

    @Override
    List<String> micro() {
        return List.of("Container", "Encryption", "Schema", "Mapping");
    }
}
