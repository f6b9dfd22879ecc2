package org.wasl.node.command;

import picocli.CommandLine.Command;

/** The registry as its authority makes it, offline, and as nodes take it. */
@Command(
        name = "registry",
        subcommands = {
            RegistryInitCommand.class,
            RegistryEditCommand.class,
            RegistrySignCommand.class,
            RegistryShowCommand.class,
            RegistryDiffCommand.class,
            RegistryPublishCommand.class
        })
final class RegistryCommand extends CommandGroup {}
