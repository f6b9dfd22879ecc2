package org.wasl.routes.participant;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Collectors;
import org.wasl.routes.broker.BrokerSettings;
import org.wasl.routes.broker.EmbeddedBroker;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.RegistryFiles;

/** One participant in a process of its own, so that it can be killed; it ends with its standard input. */
final class ParticipantProgram {

    /** How a line begins that answers a command, among what is logged. */
    static final String ANSWER = "> ";

    private ParticipantProgram() {}

    /** @param arguments role, directory and the broker's port */
    public static void main(String[] arguments) throws Exception {
        Role role = Role.valueOf(arguments[0]);
        Federation federation = new Federation(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (role == Role.BROKER) {
            broker(federation);
            say("ready");
            while (lines.readLine() != null) {
                say("nothing is asked of the broker");
            }
        } else {
            ParticipantNode node = ParticipantNode.start(role, federation);
            say("ready");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                say(node.answer(line));
            }
        }
        System.exit(0);
    }

    private static void broker(Federation federation) throws Exception {
        RegistryFiles registry = federation.registry();
        new EmbeddedBroker(
                        BrokerSettings.at(federation.directory().resolve("broker"))
                                .withTls(federation.acceptor()),
                        registry,
                        registry.get().members().stream().map(Member::id).collect(Collectors.toSet()),
                        (certificate, now) -> registry.get().owner(certificate),
                        Clock.systemUTC())
                .start();
    }

    private static void say(String answer) {
        System.out.println(ANSWER + answer);
        System.out.flush();
    }
}
