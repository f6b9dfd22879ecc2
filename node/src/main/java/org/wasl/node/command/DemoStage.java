package org.wasl.node.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wasl.agencies.SampleAgencies;
import org.wasl.agencies.population.Personas;
import org.wasl.agencies.population.Population;
import org.wasl.node.client.PortalClient;
import org.wasl.node.client.TokenClient;
import org.wasl.node.configuration.NodeProcess;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.identity.DemoUsers;

/** What the scenes of one demonstration share: where they speak, who asks, and what they saw. */
final class DemoStage {

    private static final int MORE_FAMILIES = 40;

    private final Console console;
    private final boolean json;
    private final DataDirectory directory;
    private final List<Map<String, Object>> results = new ArrayList<>();
    private boolean asExpected = true;

    DemoStage(Console console, boolean json, DataDirectory directory) {
        this.console = console;
        this.json = json;
        this.directory = directory;
    }

    Console console() {
        return console;
    }

    boolean json() {
        return json;
    }

    DataDirectory directory() {
        return directory;
    }

    /** Whether everything went as it should have. */
    boolean asExpected() {
        return asExpected;
    }

    void unexpected() {
        asExpected = false;
    }

    /** Whatever is not as it should be stays so to the end. */
    void expect(boolean seen) {
        asExpected &= seen;
    }

    /** One thing seen, for those who read JSON. */
    void tell(Map<String, Object> result) {
        results.add(result);
    }

    /** A line of its own for people; nothing where JSON is written. */
    void heading(String key, Object... values) {
        if (!json) {
            console.print("");
            console.say(key, values);
        }
    }

    /** A line for people; nothing where JSON is written. */
    void say(String key, Object... values) {
        if (!json) {
            console.say(key, values);
        }
    }

    /** The portal's edge on behalf of one of the demonstration's users. */
    PortalClient client(NodeProcess node, String user) throws IOException, InterruptedException {
        String password = DemoUsers.passwords(directory).getOrDefault(user, "");
        Optional<String> token = new TokenClient(node.state().issuer()).token(user, password);
        if (token.isEmpty()) {
            throw new IOException("the issuer refuses the demo user " + user);
        }
        return new PortalClient(
                node.state().portalUrl(), token.get(), console.texts().language());
    }

    /** National numbers of people to ask about: those with a known story first, then some of the population. */
    List<String> people(NodeProcess node) {
        List<String> people = new ArrayList<>();
        for (Personas persona : List.of(Personas.FINED, Personas.CLEAN)) {
            people.add(persona.nationalNumber());
        }
        Population population = node.part(SampleAgencies.class).population();
        int families = Math.min(population.familyCount(), Personas.values().length + MORE_FAMILIES);
        for (int index = Personas.values().length; index < families; index++) {
            population.family(index).members().stream()
                    .filter(person -> !person.deceased())
                    .limit(1)
                    .forEach(person -> people.add(person.nationalNumber()));
        }
        return people;
    }

    void finish(String seconds, long mebibytes, boolean temporary) {
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("ok", asExpected);
            document.put("seconds", seconds);
            document.put("peakResidentMebibytes", mebibytes);
            document.put("results", results);
            console.json(document);
            return;
        }
        console.print("");
        console.say("demo.figures", seconds, mebibytes);
        if (!temporary) {
            console.say("demo.kept", directory.root());
        }
        console.say(asExpected ? "demo.ok" : "demo.not-ok");
    }
}
