package org.wasl.node.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The root of all commands. */
@Command(
        name = "wasl",
        resourceBundle = "org.wasl.node.command.messages",
        versionProvider = VersionSource.class,
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            NodeCommand.class,
            BrokerCommand.class,
            ClusterCommand.class,
            AskCommand.class,
            TokenCommand.class,
            ContainerCommand.class,
            LogCommand.class,
            AuditCommand.class,
            KeysCommand.class,
            AgreementCommand.class,
            RegistryCommand.class,
            PkiCommand.class,
            WitnessCommand.class,
            SchemaCommand.class,
            ConnectorCommand.class,
            AgenciesCommand.class,
            EventsCommand.class,
            WebhooksCommand.class,
            StatisticsCommand.class,
            PaymentsCommand.class
        })
final class WaslCommand implements Runnable {

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            descriptionKey = "option.version")
    boolean version;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), spec.resourceBundle().getString("error.no-command"));
    }
}
