package org.wasl.node.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.wasl.node.client.NodeAnswer;
import org.wasl.node.client.PortalClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Joint payment orders, for who answers for the money. */
@Command(
        name = "payments",
        subcommands = {PaymentsCommand.Reconcile.class})
final class PaymentsCommand extends CommandGroup {

    /** Lays the gateway's file of a day beside the log. */
    @Command(name = "reconcile")
    static final class Reconcile extends OperatorCommand {

        @Spec
        CommandSpec spec = CommandSpec.create();

        @Option(names = "--day", required = true, paramLabel = "DAY", descriptionKey = "payments.day")
        String day = "";

        private int differences;

        Reconcile(Console console) {
            super(console);
        }

        @Override
        public Integer call() throws IOException, InterruptedException {
            try {
                day = LocalDate.parse(day).toString();
            } catch (DateTimeException notOne) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(), console().texts().text("payments.bad-day", day));
            }
            int code = super.call();
            return code == ExitCode.OK && differences > 0 ? ExitCode.PARTIAL : code;
        }

        @Override
        NodeAnswer ask(PortalClient operator) throws IOException, InterruptedException {
            NodeAnswer answer = operator.get("/payments/reconciliation?day=" + day, "application/json");
            differences = answer.ok() ? answer.json().path("differences").size() : 0;
            return answer;
        }

        @Override
        void show(JsonNode document) {
            console()
                    .say(
                            "payments.totals",
                            document.path("day").asText(),
                            document.path("gatewayPaid").asText(),
                            document.path("logPaid").asText());
            console()
                    .say(
                            "payments.balance",
                            document.path("settled").asText(),
                            document.path("reversed").asText(),
                            document.path("open").asText());
            console().say("payments.differences", differences);
            Table table = new Table("  ");
            for (JsonNode difference : document.path("differences")) {
                table.row(
                        "",
                        console()
                                .texts()
                                .text("payments." + difference.path("kind").asText()),
                        difference.path("order").asText(),
                        difference.path("reference").asText(),
                        difference.path("gateway").asText("-"),
                        difference.path("log").asText("-"));
            }
            table.lines().forEach(console()::print);
        }
    }
}
