package org.wasl.node.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.wasl.node.client.NodeAnswer;
import org.wasl.node.client.PortalClient;
import org.wasl.node.configuration.NodeProcess;
import org.wasl.routes.event.EventDraft;
import org.wasl.routes.event.EventPublisher;
import org.wasl.routes.event.Publication;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;

/** A scene: civil status tells a death once; traffic hears of it, and the next answer about the person's vehicles is another. */
final class LifeEvent {

    private static final ServiceId DEATH =
            SubsystemId.parse("JO/GOV/CSPD/registry").service("death", 1);
    private static final String STEP = "restrictions";
    private static final String JSON = "application/json";
    private static final String CLEAR = "CLEAR";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 250;

    private final DemoStage stage;
    private final NodeProcess node;
    private final PortalClient officer;

    private LifeEvent(DemoStage stage, NodeProcess node, PortalClient officer) {
        this.stage = stage;
        this.node = node;
        this.officer = officer;
    }

    /** Takes somebody with a clear record, tells of their death, and asks again until traffic answers otherwise. */
    static void shown(DemoStage stage, NodeProcess node) throws IOException, InterruptedException {
        new LifeEvent(stage, node, stage.client(node, "officer")).show();
    }

    private void show() throws IOException, InterruptedException {
        Map<String, Object> result = new LinkedHashMap<>();
        Optional<String> person = somebodyClear();
        boolean changed = false;
        if (person.isPresent()) {
            long told = System.nanoTime();
            Publication publication = node.part(EventPublisher.class).publish(death(person.get()));
            if (publication instanceof Publication.Published published) {
                result.put("event", published.eventId().toString());
                stage.heading("demo.event", published.eventId());
                changed = changes(person.get(), told);
            } else if (publication instanceof Publication.Refused refused) {
                stage.console()
                        .note("demo.event-refused", refused.fault().code().wireCode());
            }
        } else {
            stage.console().note("demo.nobody-clear");
        }
        result.put("changedTheNextAnswer", changed);
        stage.tell(result);
        stage.expect(changed);
    }

    private boolean changes(String person, long told) throws IOException, InterruptedException {
        while (System.nanoTime() - told < PATIENCE.toNanos()) {
            JsonNode answer = ask(person);
            if (!answer.path("decision").asText().equals(CLEAR)) {
                stage.say(
                        "demo.event-changed",
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - told),
                        answer.path("decision").asText());
                return true;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        stage.console().note("demo.event-without-effect");
        return false;
    }

    /** Whoever has vehicles and is clear; a demonstration in a directory that is kept has told of some deaths already. */
    private Optional<String> somebodyClear() throws IOException, InterruptedException {
        for (String person : stage.people(node)) {
            JsonNode answer = ask(person);
            if (answer.path("decision").asText().equals(CLEAR) && hasVehicle(answer)) {
                return Optional.of(person);
            }
        }
        return Optional.empty();
    }

    private static boolean hasVehicle(JsonNode answer) {
        for (JsonNode source : answer.path("source")) {
            if (source.path("step").asText().equals(STEP)) {
                return source.path("record").toString().contains("plate");
            }
        }
        return false;
    }

    private JsonNode ask(String person) throws IOException, InterruptedException {
        NodeAnswer answer = officer.ask(
                "general-clearance", Map.of("nationalNumber", person), Map.of("Wasl-Case-Reference", "DEMO-4"), JSON);
        return answer.json();
    }

    private static EventDraft death(String person) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String key = "demo-" + System.nanoTime();
        String record =
                "<event:death xmlns:event=\"urn:wasl:event:1\" synthetic=\"true\"><event:person scheme=\"JO-NAT\">"
                        + person + "</event:person><event:occurredOn>" + today
                        + "</event:occurredOn><event:reference>CSPD/" + key + "</event:reference></event:death>";
        return new EventDraft(
                DEATH,
                key,
                record.getBytes(StandardCharsets.UTF_8),
                new Actor(
                        ActorKind.SYSTEM,
                        AssuranceLevel.SUBSTANTIAL,
                        DEATH.subsystem().dotted(),
                        null),
                null,
                "ar");
    }
}
