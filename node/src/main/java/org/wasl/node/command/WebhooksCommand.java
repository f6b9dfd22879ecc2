package org.wasl.node.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.wasl.node.client.NodeAnswer;
import org.wasl.node.client.PortalClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The late answers that could not be handed to those who asked. */
@Command(
        name = "webhooks",
        subcommands = {WebhooksCommand.Undelivered.class, WebhooksCommand.Again.class})
final class WebhooksCommand extends CommandGroup {

    private static final String PATH = "/webhooks/undelivered";

    /** Lists what was given up. */
    @Command(name = "list")
    static final class Undelivered extends OperatorCommand {

        Undelivered(Console console) {
            super(console);
        }

        @Override
        NodeAnswer ask(PortalClient operator) throws IOException, InterruptedException {
            return operator.get(PATH, "application/json");
        }

        @Override
        void show(JsonNode document) {
            JsonNode undelivered = document.path("undelivered");
            console().say("webhooks.undelivered", undelivered.size());
            Table table = new Table("  ");
            undelivered.forEach(answer -> table.row(
                    "",
                    answer.path("requestId").asText(),
                    answer.path("consumer").asText(),
                    answer.path("service").asText(),
                    answer.path("givenUp").asText()));
            table.lines().forEach(console()::print);
        }
    }

    /** Tries one again. */
    @Command(name = "again")
    static final class Again extends OperatorCommand {

        @Spec
        CommandSpec spec = CommandSpec.create();

        @Parameters(index = "0", paramLabel = "REQUEST-ID", descriptionKey = "webhooks.request")
        String request = "";

        Again(Console console) {
            super(console);
        }

        @Override
        public Integer call() throws IOException, InterruptedException {
            try {
                request = UUID.fromString(request).toString();
            } catch (IllegalArgumentException notOne) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(), console().texts().text("webhooks.bad-request", request));
            }
            return super.call();
        }

        @Override
        NodeAnswer ask(PortalClient operator) throws IOException, InterruptedException {
            return operator.post(PATH + "/" + request, Map.of());
        }

        @Override
        void show(JsonNode document) {
            console().say("webhooks.again", request);
        }
    }
}
