package org.wasl.node.command;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.wasl.agencies.SampleAgencies;
import org.wasl.agencies.population.Personas;
import org.wasl.node.client.ConsolidatedAnswer;
import org.wasl.node.client.NodeAnswer;
import org.wasl.node.client.PortalClient;
import org.wasl.node.configuration.NodeProcess;

/** A scene: justice answers later, a clerk decides, and the same tracking number has the final answer. */
final class LateAnswer {

    private static final String SERVICE = "no-conviction-certificate";
    private static final String XML = "application/xml";
    private static final int ACCEPTED = 202;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long LOOK_MILLIS = 250;

    private final DemoStage stage;
    private final PortalClient officer;
    private final String trackingId;
    private final long asked = System.nanoTime();

    private LateAnswer(DemoStage stage, PortalClient officer, String trackingId) {
        this.stage = stage;
        this.officer = officer;
        this.trackingId = trackingId;
    }

    /** Asks, tells that the answer comes later, and has the clerks at justice decide meanwhile. */
    static LateAnswer asked(DemoStage stage, NodeProcess node) throws IOException, InterruptedException {
        PortalClient officer = stage.client(node, "officer");
        NodeAnswer pending = officer.ask(
                SERVICE,
                Map.of("nationalNumber", Personas.DEFERRED.nationalNumber()),
                Map.of("Wasl-Case-Reference", "DEMO-2"),
                XML);
        Optional<ConsolidatedAnswer> found =
                pending.status() == ACCEPTED ? ConsolidatedAnswer.read(pending.body()) : Optional.empty();
        stage.expect(found.isPresent());
        String trackingId = found.map(ConsolidatedAnswer::trackingId).orElse("");
        stage.heading("demo.later", trackingId);
        stage.expect(node.part(SampleAgencies.class).moj().finishReviews(true));
        return new LateAnswer(stage, officer, trackingId);
    }

    /** Waits until the final answer is there under the same number. */
    void await() throws IOException, InterruptedException {
        if (trackingId.isEmpty()) {
            return;
        }
        NodeAnswer answer = officer.get("/requests/" + trackingId, XML);
        try (Progress progress = Progress.start(stage.console(), "demo.awaiting-late")) {
            while (answer.status() == ACCEPTED && System.nanoTime() - asked < PATIENCE.toNanos()) {
                progress.to(waited().toSeconds(), PATIENCE.toSeconds());
                Thread.sleep(LOOK_MILLIS);
                answer = officer.get("/requests/" + trackingId, XML);
            }
        }
        Optional<ConsolidatedAnswer> found = answer.ok() ? ConsolidatedAnswer.read(answer.body()) : Optional.empty();
        String overall = found.map(ConsolidatedAnswer::overall).orElse("");
        String decision = found.map(ConsolidatedAnswer::decision).orElse("");
        stage.expect("COMPLETE".equals(overall) && "CLEAR".equals(decision));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("deferred", trackingId);
        result.put("status", answer.status());
        result.put("overall", overall);
        result.put("decision", decision);
        result.put("waitedMillis", waited().toMillis());
        stage.tell(result);
        stage.heading(
                found.isPresent() ? "demo.late-answer" : "demo.no-late-answer",
                trackingId,
                waited().toSeconds(),
                overall,
                decision);
    }

    private Duration waited() {
        return Duration.ofNanos(System.nanoTime() - asked).truncatedTo(ChronoUnit.MILLIS);
    }
}
