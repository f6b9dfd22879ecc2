package org.wasl.node.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wasl.node.client.TokenClient;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.NodeState;
import org.wasl.node.identity.DemoUsers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints a bearer token of a demo user. */
@Command(name = "token")
final class TokenCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    DataOption data = new DataOption();

    @Parameters(paramLabel = "USER", arity = "0..1", descriptionKey = "token.user")
    String user = "";

    TokenCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataDirectory directory = data.directory();
        Map<String, String> passwords = DemoUsers.passwords(directory);
        List<String> names = passwords.keySet().stream().sorted().toList();
        if (user.isEmpty() || !passwords.containsKey(user)) {
            if (passwords.isEmpty()) {
                return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.no-node", directory.root());
            }
            return console.fail(shared.json, ExitCode.USAGE, "token.unknown", String.join(", ", names));
        }
        Optional<NodeState> node = NodeState.running(directory);
        if (node.isEmpty()) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.no-node", directory.root());
        }
        if (!node.get().embeddedIssuer()) {
            return console.fail(
                    shared.json,
                    ExitCode.UNAVAILABLE,
                    "token.foreign-issuer",
                    node.get().issuer());
        }
        Optional<String> token = new TokenClient(node.get().issuer()).token(user, passwords.getOrDefault(user, ""));
        if (token.isEmpty()) {
            return console.fail(shared.json, ExitCode.REFUSED, "token.refused", user);
        }
        if (shared.json) {
            console.json(Map.of("user", user, "token", token.get()));
        } else {
            console.print(token.get());
        }
        return ExitCode.OK;
    }
}
