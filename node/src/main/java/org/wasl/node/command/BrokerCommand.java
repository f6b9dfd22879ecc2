package org.wasl.node.command;

import picocli.CommandLine.Command;

/** Works with brokers that stand alone. */
@Command(name = "broker", subcommands = BrokerConfigure.class)
final class BrokerCommand extends CommandGroup {}
