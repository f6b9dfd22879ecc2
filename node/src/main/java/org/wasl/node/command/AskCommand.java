package org.wasl.node.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wasl.node.client.ConsolidatedAnswer;
import org.wasl.node.client.NodeAnswer;
import org.wasl.node.client.PortalClient;
import org.wasl.node.client.TokenClient;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.NodeState;
import org.wasl.node.identity.DemoUsers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a composite service of the running node. */
@Command(name = "ask")
final class AskCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    DataOption data = new DataOption();

    @Option(names = "--as", paramLabel = "USER", descriptionKey = "ask.as")
    String user = "officer";

    @Option(names = "--token", paramLabel = "TOKEN", descriptionKey = "ask.token")
    String token = "";

    @Option(names = "--for", paramLabel = "PARTY", descriptionKey = "ask.for")
    String party = "";

    @Option(names = "--case", paramLabel = "CASE", descriptionKey = "ask.case")
    String caseReference = "";

    @Option(names = "--xml", descriptionKey = "ask.xml")
    boolean xml;

    @Parameters(index = "0", paramLabel = "SERVICE", descriptionKey = "ask.service")
    String service = "";

    @Parameters(index = "1..*", paramLabel = "key=value", descriptionKey = "ask.inputs")
    Map<String, String> inputs = new LinkedHashMap<>();

    AskCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataDirectory directory = data.directory();
        Optional<NodeState> node = NodeState.running(directory);
        if (node.isEmpty()) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.no-node", directory.root());
        }
        try {
            Optional<String> bearer = bearer(directory, node.get());
            if (bearer.isEmpty()) {
                return console.fail(shared.json, ExitCode.REFUSED, "token.refused", user);
            }
            return ask(node.get(), bearer.get());
        } catch (ConnectException gone) {
            return console.fail(
                    shared.json,
                    ExitCode.UNAVAILABLE,
                    "error.node-gone",
                    node.get().portalUrl());
        }
    }

    private Optional<String> bearer(DataDirectory directory, NodeState node) throws IOException, InterruptedException {
        if (!token.isEmpty()) {
            return Optional.of(token);
        }
        String password = DemoUsers.passwords(directory).get(user);
        return password == null ? Optional.empty() : new TokenClient(node.issuer()).token(user, password);
    }

    private int ask(NodeState node, String bearer) throws IOException, InterruptedException {
        PortalClient portal =
                new PortalClient(node.portalUrl(), bearer, console.texts().language());
        NodeAnswer answer =
                portal.ask(service, inputs, headers(), shared.json ? "application/json" : "application/xml");
        if (!answer.ok()) {
            return refused(answer);
        }
        if (shared.json) {
            console.print(answer.text());
            return exitCode(answer.json().path("overall").asText());
        }
        if (xml) {
            console.print(answer.text());
        }
        Optional<ConsolidatedAnswer> consolidated = ConsolidatedAnswer.read(answer.body());
        if (consolidated.isEmpty()) {
            console.note("ask.running", answer.header("Location").orElse(""));
            return ExitCode.PARTIAL;
        }
        if (!xml) {
            new AnswerPrinter(console).print(console.texts().text("ask.title", service), consolidated.get());
        }
        return exitCode(consolidated.get().overall());
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (!party.isEmpty()) {
            headers.put("Wasl-Represented-Party", party);
        }
        if (!caseReference.isEmpty()) {
            headers.put("Wasl-Case-Reference", caseReference);
        }
        return headers;
    }

    private int refused(NodeAnswer answer) throws IOException {
        JsonNode problem = answer.json();
        if (shared.json) {
            console.print(answer.text());
        }
        console.note(
                "ask.problem",
                problem.path("title").asText(),
                problem.path("code").asText(),
                problem.path("detail").asText());
        return answer.status() == 503 || answer.status() == 504 || answer.status() == 429
                ? ExitCode.UNAVAILABLE
                : ExitCode.REFUSED;
    }

    private static int exitCode(String overall) {
        return switch (overall) {
            case "COMPLETE" -> ExitCode.OK;
            case "FAILED" -> ExitCode.UNAVAILABLE;
            default -> ExitCode.PARTIAL;
        };
    }
}
