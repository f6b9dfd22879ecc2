package org.wasl.node.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import org.wasl.node.client.NodeAnswer;
import org.wasl.node.client.PortalClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** How far events have come, what was missed, and sending them again. */
@Command(
        name = "events",
        subcommands = {EventsCommand.Positions.class, EventsCommand.Missed.class, EventsCommand.Replay.class})
final class EventsCommand extends CommandGroup {

    /** Lists publishers, subscribers and numbers. */
    @Command(name = "list")
    static final class Positions extends OperatorCommand {

        Positions(Console console) {
            super(console);
        }

        @Override
        NodeAnswer ask(PortalClient operator) throws IOException, InterruptedException {
            return operator.get("/events/positions", "application/json");
        }

        @Override
        void show(JsonNode document) {
            JsonNode positions = document.path("positions");
            console().say("events.positions", positions.size());
            Table table = new Table("  ");
            positions.forEach(position -> table.row(
                    "",
                    position.path("publisher").asText(),
                    position.path("subscriber").asText(),
                    position.path("told").asText("-"),
                    position.path("received").asText("-")));
            table.lines().forEach(console()::print);
        }
    }

    /** Asks a publisher what a subscriber of this node has missed. */
    @Command(name = "missed")
    static final class Missed extends OperatorCommand {

        @Parameters(index = "0", paramLabel = "SUBSCRIBER", descriptionKey = "events.subscriber")
        String subscriber = "";

        @Parameters(index = "1", paramLabel = "PUBLISHER", descriptionKey = "events.publisher")
        String publisher = "";

        Missed(Console console) {
            super(console);
        }

        @Override
        NodeAnswer ask(PortalClient operator) throws IOException, InterruptedException {
            return operator.post("/events/reconciliations", Map.of("subscriber", subscriber, "publisher", publisher));
        }

        @Override
        void show(JsonNode document) {
            console()
                    .say(
                            "events.missed",
                            document.path("received").asText(),
                            document.path("highest").asText(),
                            document.path("missing").asText());
        }
    }

    /** Sends events of a publisher of this node again. */
    @Command(name = "replay")
    static final class Replay extends OperatorCommand {

        @Parameters(index = "0", paramLabel = "PUBLISHER", descriptionKey = "events.publisher")
        String publisher = "";

        @Parameters(index = "1", paramLabel = "SUBSCRIBER", descriptionKey = "events.subscriber")
        String subscriber = "";

        @Parameters(index = "2", paramLabel = "FROM", descriptionKey = "events.from")
        long from;

        Replay(Console console) {
            super(console);
        }

        @Override
        NodeAnswer ask(PortalClient operator) throws IOException, InterruptedException {
            return operator.post(
                    "/events/replays",
                    Map.of("publisher", publisher, "subscriber", subscriber, "from", Long.toString(from)));
        }

        @Override
        void show(JsonNode document) {
            console().say("events.replayed", document.path("replayed").asText(), subscriber);
        }
    }
}
