package org.wasl.node.command;

import picocli.CommandLine.Command;

/** Asks what agreements allow. */
@Command(
        name = "agreement",
        subcommands = {AgreementExplain.class, AgreementList.class, AgreementSimulate.class})
final class AgreementCommand extends CommandGroup {}
