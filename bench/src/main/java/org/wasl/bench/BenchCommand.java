package org.wasl.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root of the bench's commands. */
@Command(
        name = "bench",
        resourceBundle = "org.wasl.bench.messages",
        subcommands = {
            ExchangeCommand.class,
            CompositeCommand.class,
            PeersCommand.class,
            LimitsCommand.class,
            CurvesCommand.class,
            ContainerCommand.class,
            LogCommand.class,
            MicroCommand.class,
            AllCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            ScaleCommand.class,
            WorkloadCommand.class
        })
final class BenchCommand implements Runnable {

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), spec.resourceBundle().getString("error.no-command"));
    }
}
