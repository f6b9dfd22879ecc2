package org.wasl.faults;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root of the harness's commands. */
@Command(
        name = "faults",
        resourceBundle = "org.wasl.faults.messages",
        subcommands = {RunCommand.class, OneCommand.class, ListCommand.class})
final class FaultsCommand implements Runnable {

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
