package org.wasl.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wasl.bench.load.LoadJob;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures one workload by name, for those who change it. */
@Command(name = "workload")
final class WorkloadCommand extends MeasuringCommand {

    @Parameters(paramLabel = "NAME", arity = "0..1", descriptionKey = "workload.name")
    String name = "";

    @Option(names = "--set", paramLabel = "PARAMETER=VALUE", descriptionKey = "workload.set")
    Map<String, String> parameters = new LinkedHashMap<>();

    @Spec
    CommandSpec spec = CommandSpec.create();

    WorkloadCommand(Console console) {
        super(console);
    }

    @Override
    List<LoadJob> jobs(Plan plan) {
        if (!Catalogue.names().contains(name)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    spec.resourceBundle().getString("error.workload") + " " + String.join(", ", Catalogue.names()));
        }
        return List.of(plan.workload(name, parameters));
    }
}
