package org.wasl.node.command;

import picocli.CommandLine.Command;

/** Checks message logs, and erases from them what need not be kept. */
@Command(
        name = "log",
        subcommands = {LogVerify.class, LogCheckpoints.class, LogCheckpoint.class, LogErase.class})
final class LogCommand extends CommandGroup {}
