package org.wasl.node.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.erasure.Erased;
import org.wasl.messagelog.erasure.ErasureOrder;
import org.wasl.messagelog.erasure.Erasures;
import org.wasl.messagelog.erasure.Selection;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.node.client.NodeAnswer;
import org.wasl.node.client.PortalClient;
import org.wasl.node.client.TokenClient;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.NodeState;
import org.wasl.node.identity.DemoUsers;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Erases containers, by way of the running node or, where none runs, in the log itself. */
@Command(name = "erase")
final class LogErase implements Callable<Integer> {

    private static final int MAX_REASON = 500;

    /** Whoever may write the directory's files: no person's token says who. */
    private static final String OFFLINE_ACTOR = "system:command-line";

    private final Console console;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    DataOption data = new DataOption();

    @ArgGroup(multiplicity = "1")
    What what = new What();

    @Option(names = "--before", paramLabel = "INSTANT", descriptionKey = "log.erase.before")
    String before = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", descriptionKey = "log.erase.reason")
    String reason = "";

    @Option(names = "--token", paramLabel = "TOKEN", descriptionKey = "log.erase.token")
    String token = "";

    /** Exactly one of these. */
    static final class What {

        @Option(names = "--service", paramLabel = "SERVICE", descriptionKey = "log.erase.service")
        String service = "";

        @Option(names = "--request", paramLabel = "CORRELATION-ID", descriptionKey = "log.erase.request")
        String request = "";

        @Option(names = "--subject", descriptionKey = "log.erase.subject")
        boolean subject;
    }

    LogErase(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw usage("log.erase.bad-reason", MAX_REASON);
        }
        Selection selection = selection();
        DataDirectory directory = data.directory();
        Optional<NodeState> node = NodeState.running(directory);
        if (node.isPresent()) {
            return ask(directory, node.get(), selection);
        }
        if (!Files.isRegularFile(directory.logDatabase())) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "log.none", directory.root());
        }
        try {
            return report(offline(directory, selection));
        } catch (LogStoreException | LogUnavailableException failed) {
            return console.fail(
                    shared.json, ExitCode.UNAVAILABLE, "error.file", directory.logDatabase(), Failures.reason(failed));
        }
    }

    private CommandLine.ParameterException usage(String key, Object... values) {
        return new CommandLine.ParameterException(
                spec.commandLine(), console.texts().text(key, values));
    }

    private Selection selection() throws IOException {
        if (what.service.isEmpty() != before.isEmpty()) {
            throw usage("log.erase.service-and-before");
        }
        if (what.subject) {
            return new Selection.About(readSubject());
        }
        if (!what.request.isEmpty()) {
            return new Selection.Request(what.request);
        }
        try {
            return new Selection.Expired(ServiceId.parse(what.service).toString(), Instant.parse(before));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw usage("log.erase.service-and-before");
        }
    }

    /** From standard input: a command line is seen by every process of the machine. */
    private String readSubject() throws IOException {
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (line == null || line.isBlank()) {
            throw usage("log.erase.no-subject");
        }
        return line.strip();
    }

    private int ask(DataDirectory directory, NodeState node, Selection selection)
            throws IOException, InterruptedException {
        try {
            String password = DemoUsers.passwords(directory).getOrDefault("operator", "");
            Optional<String> bearer =
                    token.isEmpty() ? new TokenClient(node.issuer()).token("operator", password) : Optional.of(token);
            if (bearer.isEmpty()) {
                return console.fail(shared.json, ExitCode.REFUSED, "token.refused", "operator");
            }
            PortalClient operator = new PortalClient(
                    node.portalUrl(), bearer.get(), console.texts().language());
            NodeAnswer answer = operator.post("/log/erasures", inputs(selection));
            JsonNode document = answer.json();
            if (!answer.ok()) {
                console.note(
                        "ask.problem",
                        document.path("title").asText(),
                        document.path("code").asText(),
                        document.path("detail").asText());
                return answer.status() == 503 ? ExitCode.UNAVAILABLE : ExitCode.REFUSED;
            }
            return report(new Erased(
                    document.path("containers").asLong(),
                    document.path("records").asInt(),
                    document.path("scrubbed").asBoolean()));
        } catch (ConnectException gone) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.node-gone", node.portalUrl());
        }
    }

    private Map<String, String> inputs(Selection selection) {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put("reason", reason);
        if (selection instanceof Selection.Expired expired) {
            inputs.put("service", expired.service());
            inputs.put("before", expired.before().toString());
        } else if (selection instanceof Selection.Request request) {
            inputs.put("request", request.correlationId());
        } else {
            inputs.put("subject", ((Selection.About) selection).value());
        }
        return inputs;
    }

    private Erased offline(DataDirectory directory, Selection selection) throws LogStoreException, IOException {
        IndexKey key = IndexKey.load(directory.secrets().resolve("log-index.key"));
        SqliteLogStore store = SqliteLogStore.open(directory.logDatabase());
        try (GroupCommitMessageLog log =
                GroupCommitMessageLog.open(store, key, LogSettings.defaults(), failure -> {})) {
            List<String> members = new ArrayList<>();
            store.leaves(0, 1, found -> members.add(String.valueOf(found.leaf().member())));
            if (members.isEmpty()) {
                return new Erased(0, 0, true);
            }
            return new Erasures(log, store, MemberId.parse(members.get(0)), Clock.systemUTC())
                    .erase(new ErasureOrder(OFFLINE_ACTOR, reason, selection));
        }
    }

    private int report(Erased erased) {
        if (shared.json) {
            console.json(erased);
        } else {
            console.say("log.erased", erased.containers(), erased.records());
            if (!erased.scrubbed()) {
                console.note("log.not-scrubbed");
            }
        }
        return ExitCode.OK;
    }
}
