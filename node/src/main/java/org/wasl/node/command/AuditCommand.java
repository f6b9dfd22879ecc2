package org.wasl.node.command;

import picocli.CommandLine.Command;

/** Hands out evidence and answers disputes, offline. */
@Command(
        name = "audit",
        subcommands = {AuditExport.class, AuditProve.class})
final class AuditCommand extends CommandGroup {}
