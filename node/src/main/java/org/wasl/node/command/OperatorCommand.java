package org.wasl.node.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wasl.node.client.NodeAnswer;
import org.wasl.node.client.PortalClient;
import org.wasl.node.client.TokenClient;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.NodeState;
import org.wasl.node.identity.DemoUsers;
import picocli.CommandLine.Mixin;

/** What an operator may ask of the running node. */
abstract class OperatorCommand implements Callable<Integer> {

    private static final int UNAVAILABLE_STATUS = 503;

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    DataOption data = new DataOption();

    OperatorCommand(Console console) {
        this.console = console;
    }

    final Console console() {
        return console;
    }

    /** Asks the node. */
    abstract NodeAnswer ask(PortalClient operator) throws IOException, InterruptedException;

    /** Shows to people what it answered. */
    abstract void show(JsonNode document);

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataDirectory directory = data.directory();
        Optional<NodeState> node = NodeState.running(directory);
        if (node.isEmpty()) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.no-node", directory.root());
        }
        String password = DemoUsers.passwords(directory).getOrDefault("operator", "");
        try {
            Optional<String> token = new TokenClient(node.get().issuer()).token("operator", password);
            if (token.isEmpty()) {
                return console.fail(shared.json, ExitCode.REFUSED, "token.refused", "operator");
            }
            return report(ask(new PortalClient(
                    node.get().portalUrl(), token.get(), console.texts().language())));
        } catch (ConnectException gone) {
            return console.fail(
                    shared.json,
                    ExitCode.UNAVAILABLE,
                    "error.node-gone",
                    node.get().portalUrl());
        }
    }

    private int report(NodeAnswer answer) throws IOException {
        JsonNode document = answer.json();
        if (!answer.ok()) {
            console.note(
                    "ask.problem",
                    document.path("title").asText(),
                    document.path("code").asText(),
                    document.path("detail").asText());
            return answer.status() == UNAVAILABLE_STATUS ? ExitCode.UNAVAILABLE : ExitCode.REFUSED;
        }
        if (shared.json) {
            console.json(document);
        } else {
            show(document);
        }
        return ExitCode.OK;
    }
}
