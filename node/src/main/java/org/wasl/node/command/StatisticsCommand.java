package org.wasl.node.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.wasl.node.client.NodeAnswer;
import org.wasl.node.client.PortalClient;
import picocli.CommandLine.Command;

/** How often each service is asked, exactly: for operators. */
@Command(name = "statistics")
final class StatisticsCommand extends OperatorCommand {

    StatisticsCommand(Console console) {
        super(console);
    }

    @Override
    NodeAnswer ask(PortalClient operator) throws IOException, InterruptedException {
        return operator.get("/statistics", "application/json");
    }

    @Override
    void show(JsonNode document) {
        console()
                .say(
                        "statistics.as-of",
                        document.path("asOf").asText(),
                        document.path("method")
                                .path(console().texts().language())
                                .asText());
        Table table = new Table("  ");
        Texts texts = console().texts();
        table.row(
                "",
                texts.text("statistics.service"),
                texts.text("statistics.requests"),
                texts.text("statistics.channels"),
                texts.text("statistics.outcomes"),
                texts.text("statistics.share"));
        document.path("services")
                .forEach(service -> table.row(
                        "",
                        service.path("service").asText(),
                        service.path("requests").asText(),
                        counts(service.path("byChannel")),
                        counts(service.path("byOutcome")),
                        share(service.path("adoption"))));
        table.lines().forEach(console()::print);
        console().say("statistics.denominators");
    }

    private static String counts(JsonNode counts) {
        List<String> parts = new ArrayList<>();
        counts.fields().forEachRemaining(count -> parts.add(count.getKey() + " " + count.getValue()));
        return parts.isEmpty() ? "-" : String.join(", ", parts);
    }

    /** The electronic requests of the last twelve months, of how many applications in which year. */
    private static String share(JsonNode adoption) {
        if (adoption.isMissingNode()) {
            return "-";
        }
        JsonNode applications = adoption.path("applications");
        return adoption.path("electronic") + " / " + applications.path("yearly") + " ("
                + applications.path("year")
                + (applications.path("synthetic").asBoolean() ? "*" : "") + ")";
    }
}
