package org.wasl.node.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.wasl.agencies.SampleAgencies;
import org.wasl.agencies.population.Personas;
import org.wasl.agencies.population.Plate;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.publication.CheckpointPublisher;
import org.wasl.messagelog.publication.TimeStamper;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.messagelog.verify.LogVerdict;
import org.wasl.messagelog.verify.LogVerifier;
import org.wasl.messagelog.verify.SignatureCheck;
import org.wasl.messagelog.verify.VerificationPlan;
import org.wasl.node.client.ConsolidatedAnswer;
import org.wasl.node.client.NodeAnswer;
import org.wasl.node.client.PortalClient;
import org.wasl.node.configuration.NodeProcess;
import org.wasl.node.data.DataDirectory;
import org.wasl.security.container.ContainerVerdict;

/** One demonstration: questions, their evidence, and what becomes of a tampered copy. */
final class Demonstration {

    private static final String XML = "application/xml";
    private static final Map<String, String> CASE = Map.of("Wasl-Case-Reference", "DEMO-1");
    private static final String CONTAINER = "application/vnd.etsi.asic-e+zip";

    /** Time-stamps come every ten seconds in the demonstration. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final long LOOK_MILLIS = 100;

    private final DemoStage stage;
    private final Console console;
    private final DataDirectory directory;
    private String lastReply = "";

    Demonstration(DemoStage stage) {
        this.stage = stage;
        this.console = stage.console();
        this.directory = stage.directory();
    }

    private record Question(Personas persona, String service, String expected) {

        Map<String, String> inputs() {
            Map<String, String> inputs = new LinkedHashMap<>();
            inputs.put("nationalNumber", persona.nationalNumber());
            if ("vehicle-licence-renewal".equals(service)) {
                Plate plate = persona.plate();
                inputs.put("plateCode", plate.code());
                inputs.put("plateNumber", plate.number());
            }
            return inputs;
        }
    }

    private static List<Question> questions() {
        List<Question> questions = new ArrayList<>();
        for (String service : List.of(
                "general-clearance", "vehicle-licence-renewal", "property-clearance", "no-conviction-certificate")) {
            for (Personas persona : List.of(Personas.CLEAN, Personas.FINED, Personas.DECEASED, Personas.DEFERRED)) {
                questions.add(new Question(persona, service, ""));
            }
        }
        return questions;
    }

    /** Asks every question, and one more with a source that has been stopped. */
    void ask(NodeProcess node) throws IOException, InterruptedException {
        PortalClient officer = stage.client(node, "officer");
        List<Question> questions = questions();
        try (Progress progress = Progress.start(console, "demo.asking")) {
            for (int i = 0; i < questions.size(); i++) {
                ask(officer, questions.get(i));
                progress.to(i + 1L, questions.size());
            }
        }
        SampleAgencies agencies = node.part(SampleAgencies.class);
        stage.heading("demo.stopping-source");
        agencies.ptax().stop();
        ask(officer, new Question(Personas.CLEAN, "general-clearance", "PARTIAL"));
        agencies.ptax().start(agencies.ptax().port());
    }

    private void ask(PortalClient officer, Question question) throws IOException, InterruptedException {
        long asked = System.nanoTime();
        NodeAnswer answer = officer.ask(question.service(), question.inputs(), CASE, XML);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked);
        Optional<ConsolidatedAnswer> consolidated =
                answer.ok() ? ConsolidatedAnswer.read(answer.body()) : Optional.empty();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("service", question.service());
        result.put("persona", question.persona().name());
        result.put("status", answer.status());
        result.put("millis", millis);
        stage.tell(result);
        if (consolidated.isEmpty()) {
            stage.unexpected();
            result.put("code", answer.json().path("code").asText());
            console.note(
                    "ask.problem",
                    answer.json().path("title").asText(),
                    answer.json().path("code").asText(),
                    answer.json().path("detail").asText());
            return;
        }
        ConsolidatedAnswer found = consolidated.get();
        result.put("overall", found.overall());
        result.put("decision", found.decision());
        result.put("trackingId", found.trackingId());
        if (!question.expected().isEmpty() && !question.expected().equals(found.overall())) {
            stage.unexpected();
        }
        lastReply = answer.header("Wasl-Reply-Id").orElse(lastReply);
        if (!stage.json()) {
            String service = console.texts().text("service." + question.service());
            String persona =
                    console.texts().text("persona." + question.persona().name());
            new AnswerPrinter(console).print(console.texts().text("demo.answer", service, persona, millis), found);
        }
    }

    /** Takes the evidence of the last answer, changes one letter in a copy, and shows what becomes of it. */
    void tamper(NodeProcess node) throws IOException, InterruptedException {
        NodeAnswer evidence = stage.client(node, "officer").get("/containers/" + lastReply, CONTAINER);
        Optional<OfflineTrust> trust = OfflineTrust.of(directory, console);
        if (!evidence.ok() || trust.isEmpty()) {
            stage.unexpected();
            return;
        }
        byte[] copy = evidence.body().clone();
        int at = index(copy, "PARTIAL");
        copy[at] = 'p';
        ContainerVerdict genuine = verify(trust.get(), evidence.body());
        ContainerVerdict tampered = verify(trust.get(), copy);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("container", lastReply);
        result.put("genuine", genuine instanceof ContainerVerdict.Genuine);
        String code = tampered instanceof ContainerVerdict.Refused refused
                ? refused.fault().code().wireCode()
                : "";
        result.put("tamperedCopyRefusedWith", code);
        stage.tell(result);
        stage.expect(genuine instanceof ContainerVerdict.Genuine && !code.isEmpty());
        stage.heading("demo.tampered", lastReply);
        if (!stage.json() && tampered instanceof ContainerVerdict.Refused refused) {
            String label = console.texts().arabic()
                    ? refused.fault().code().arabic()
                    : refused.fault().code().english();
            console.say("demo.refused", code, label);
        }
    }

    /** Waits until others vouch for all that was logged: witnesses by their cosignatures, and somebody's clock. */
    void vouch(NodeProcess node) throws InterruptedException {
        long leaves = node.part(GroupCommitMessageLog.class).size();
        CheckpointPublisher publisher = node.part(CheckpointPublisher.class);
        TimeStamper stamper = node.part(TimeStamper.class);
        long begun = System.nanoTime();
        try (Progress progress = Progress.start(console, "demo.vouching")) {
            while (vouchedFor(publisher, stamper) < leaves && System.nanoTime() - begun < PATIENCE.toNanos()) {
                progress.to(Math.min(leaves, vouchedFor(publisher, stamper)), leaves);
                Thread.sleep(LOOK_MILLIS);
            }
        }
        boolean vouched = vouchedFor(publisher, stamper) >= leaves;
        stage.expect(vouched);
        List<String> cosigners = publisher.state().cosigners();
        String stamped = stamper.state().last().map(Instant::toString).orElse("");
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("vouchedFor", vouched);
        result.put("cosigners", cosigners);
        result.put("timeStamped", stamped);
        stage.tell(result);
        if (vouched) {
            stage.heading("demo.vouched", leaves, String.join(", ", cosigners), stamped);
        } else {
            console.note("demo.not-vouched", vouchedFor(publisher, stamper), leaves);
        }
    }

    private static long vouchedFor(CheckpointPublisher publisher, TimeStamper stamper) {
        return Math.min(publisher.state().covered(), stamper.state().covered());
    }

    private static ContainerVerdict verify(OfflineTrust trust, byte[] octets) {
        return trust.verifier().verify(octets, trust.registry(), Instant.now());
    }

    private static int index(byte[] octets, String text) {
        int at = new String(octets, StandardCharsets.ISO_8859_1).indexOf(text);
        // Any octet will do when the word is not there.
        return at < 0 ? octets.length / 2 : at;
    }

    /** Verifies the log and every container in it, as an auditor would once the node has stopped. */
    boolean verifyOffline() {
        Optional<OfflineTrust> trust = OfflineTrust.of(directory, console);
        if (trust.isEmpty()) {
            return false;
        }
        SignatureCheck check =
                new SignatureCheck(trust.get().verifier(), trust.get().registry());
        Map<String, Object> result = new LinkedHashMap<>();
        stage.tell(result);
        try (LogSource source = SqliteLogStore.openReadOnly(directory.logDatabase());
                Progress progress = Progress.start(console, "log.progress")) {
            LogVerdict verdict = new LogVerifier(VerificationPlan.of(check).heardBy(progress::to)).verify(source);
            result.put("logIntact", verdict instanceof LogVerdict.Intact);
            if (verdict instanceof LogVerdict.Intact intact) {
                result.put("leaves", intact.size());
                result.put("signaturesVerified", intact.tally().signatures());
                stage.heading(
                        "log.intact",
                        intact.size(),
                        HexFormat.of().formatHex(intact.root()),
                        intact.containers(),
                        intact.tally().signatures(),
                        intact.tally().refusals(),
                        intact.erased());
                return true;
            }
            LogVerdict.Damaged damaged = (LogVerdict.Damaged) verdict;
            console.note("log.damaged", damaged.count(), damaged.first().index());
            damaged.damages().forEach(damage -> console.err().println("  " + damage));
            return false;
        } catch (LogStoreException unreadable) {
            console.note("error.file", directory.logDatabase(), Failures.reason(unreadable));
            return false;
        }
    }
}
