package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.agencies.SampleAgencies;
import org.wasl.agencies.population.Fine;
import org.wasl.agencies.population.Owner;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.population.Vehicle;
import org.wasl.agencies.server.AgencyServer;
import org.wasl.node.data.DataDirectory;

/** Appointments over the real node: held, confirmed, fought over, run out, undone, also when agency or node were down. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AppointmentsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SERVICE = "traffic-objection-appointment";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path root;

    private static DataDirectory directory;
    private static NodeProcess process;
    private static RunningNode node;
    private static List<Map<String, String>> objections;
    private static int next;

    @BeforeAll
    static void start() throws Exception {
        directory = new DataDirectory(root);
        directory.create();
        Files.writeString(root.resolve("wasl.yaml"), "wasl:\n  samples:\n    families: 300\n");
        begin();
        objections = objections(process.part(SampleAgencies.class).population());
        assertThat(objections).hasSizeGreaterThan(12);
    }

    private static void begin() throws Exception {
        process = NodeProcess.start(RunningNode.settings(directory));
        node = new RunningNode(directory, process.state());
    }

    @AfterAll
    static void stop() throws Exception {
        if (process != null) {
            process.close();
        }
    }

    /** Whoever may object: alive, with a vehicle and an open fine, each vehicle once. */
    private static List<Map<String, String>> objections(Population population) {
        List<Map<String, String>> found = new ArrayList<>();
        for (int index = 0; index < population.familyCount(); index++) {
            for (Vehicle vehicle : population.vehiclesOf(population.family(index))) {
                Owner owner = vehicle.owners().get(0);
                for (Fine fine : population.finesOf(vehicle)) {
                    if (fine.state() == Fine.State.UNPAID
                            && owner.linked()
                            && !owner.person().deceased()) {
                        Map<String, String> inputs = new LinkedHashMap<>();
                        inputs.put("nationalNumber", owner.person().nationalNumber());
                        inputs.put("plateCode", vehicle.plate().code());
                        inputs.put("plateNumber", vehicle.plate().number());
                        inputs.put("ticket", fine.ticket());
                        found.add(inputs);
                        break;
                    }
                }
            }
        }
        return found;
    }

    private static Map<String, String> somebody() {
        return objections.get(next++);
    }

    private static Map<String, String> with(Map<String, String> inputs, String... more) {
        Map<String, String> all = new LinkedHashMap<>(inputs);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private static JsonNode ask(Map<String, String> inputs) throws Exception {
        return node.composite("officer", SERVICE, inputs);
    }

    private static JsonNode source(JsonNode answer, String step) {
        for (JsonNode source : answer.path("source")) {
            if (source.path("step").asText().equals(step)) {
                return source;
            }
        }
        throw new AssertionError("no source " + step + " in " + answer);
    }

    private static Map<String, String> effects(JsonNode answer) {
        Map<String, String> effects = new LinkedHashMap<>();
        answer.path("source").forEach(source -> {
            if (source.has("effect")) {
                effects.put(
                        source.path("step").asText(),
                        source.path("effect").path("state").asText());
            }
        });
        return effects;
    }

    private static Map<String, String> allOf(String reserve, String objection, String confirm) {
        return Map.of("reserve", reserve, "objection", objection, "confirm", confirm);
    }

    private static List<String> free() throws Exception {
        String from = process.part(SampleAgencies.class)
                .population()
                .today()
                .plusDays(1)
                .toString();
        JsonNode answer = ask(with(objections.get(objections.size() - 1), "from", from, "to", from));
        JsonNode slots = source(answer, "slots").path("record").path("slots");
        assertThat(answer.path("decision").asText()).as(answer.toString()).isEqualTo("CLEAR");
        List<String> ids = slots.path("slot").findValuesAsText("id");
        assertThat(slots.path("count").asInt()).isEqualTo(ids.size());
        return ids;
    }

    private static Connection desk() throws Exception {
        try (Stream<Path> files = Files.find(
                root, 5, (path, attributes) -> path.getFileName().toString().equals("samples.mv.db"))) {
            String file = files.findFirst().orElseThrow().toAbsolutePath().toString();
            return DriverManager.getConnection("jdbc:h2:file:" + file.replace(".mv.db", "") + ";IFEXISTS=TRUE");
        }
    }

    private static String one(String query) {
        try (Connection connection = desk();
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "none";
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void hold(int seconds) throws Exception {
        try (Connection connection = desk()) {
            connection.createStatement().execute("UPDATE DESK.RULE SET HOLD_SECONDS = " + seconds);
        }
    }

    private static AgencyServer server() {
        return Objects.requireNonNull(
                process.part(SampleAgencies.class).servers().get("DVLD-DESK"));
    }

    private static void isUndone(Map<String, String> asked) throws SQLException {
        assertThat(one("SELECT COUNT(*) FROM DESK.RESERVATION WHERE TAKEN = '" + asked.get("slot") + "'"))
                .isEqualTo("0");
        assertThat(one("SELECT COUNT(*) FROM DESK.OBJECTION WHERE OPEN_TICKET = '" + asked.get("ticket") + "'"))
                .isEqualTo("0");
    }

    @Test
    @Order(1)
    void book_whenAllIsWell_standsWholeAndTheSameKeyIsTheSameBooking() throws Exception {
        Map<String, String> asked = with(somebody(), "slot", free().get(0));
        JsonNode answer = node.composite("officer", SERVICE, asked, "book-1");
        assertThat(answer.path("decision").asText()).as(answer.toString()).isEqualTo("CLEAR");
        assertThat(effects(answer)).isEqualTo(allOf("DONE", "DONE", "DONE"));
        JsonNode reservation = source(answer, "confirm").path("record").path("reservation");
        assertThat(reservation.path("state").asText()).isEqualTo("CONFIRMED");
        assertThat(reservation.path("id").asText())
                .isEqualTo(source(answer, "reserve")
                        .path("request")
                        .path("messageId")
                        .asText());
        JsonNode again = node.composite("officer", SERVICE, asked, "book-1");
        assertThat(again.path("trackingId").asText())
                .isEqualTo(answer.path("trackingId").asText());
        assertThat(one("SELECT COUNT(*) FROM DESK.RESERVATION")).isEqualTo("1");
        assertThat(free()).doesNotContain(asked.get("slot"));
    }

    @Test
    @Order(2)
    void book_withoutAKeyOrBySafeMethod_isRefusedBeforeAnythingIsAsked() throws Exception {
        HttpResponse<byte[]> response = node.portal(
                "officer",
                "POST",
                "/composites/" + SERVICE,
                JSON.writeValueAsString(with(objections.get(0), "slot", "20990101-0600")),
                RunningNode.caseReference("officer"));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new String(response.body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("wasl.request.header-missing");
    }

    @Test
    @Order(3)
    void book_whenTheSlotIsTaken_changesNothing() throws Exception {
        String taken = one("SELECT TAKEN FROM DESK.RESERVATION WHERE TAKEN IS NOT NULL");
        Map<String, String> asked = with(somebody(), "slot", taken);
        JsonNode answer = ask(asked);
        JsonNode reserve = source(answer, "reserve");
        assertThat(reserve.path("fault").path("code").asText())
                .as(answer.toString())
                .isEqualTo("wasl.record.conflict");
        assertThat(reserve.path("fault").path("detail").asText()).contains("SLOT_TAKEN");
        assertThat(answer.path("decision").asText()).isEqualTo("UNDETERMINED");
        assertThat(effects(answer)).isEqualTo(allOf("NOT_DONE", "NOT_DONE", "NOT_DONE"));
        assertThat(one("SELECT COUNT(*) FROM DESK.OBJECTION WHERE TICKET = '" + asked.get("ticket") + "'"))
                .isEqualTo("0");
    }

    @Test
    @Order(4)
    void book_whenManyWantOneSlot_oneHasItAndTheOthersNothing() throws Exception {
        String slot = free().get(0);
        ExecutorService callers = Executors.newFixedThreadPool(12);
        try {
            List<CompletableFuture<JsonNode>> answers = new ArrayList<>();
            for (int caller = 0; caller < 24; caller++) {
                Map<String, String> asked = with(objections.get(3 + caller % 8), "slot", slot);
                answers.add(CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return ask(asked);
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        callers));
            }
            Map<String, Integer> decisions = new HashMap<>();
            for (CompletableFuture<JsonNode> answer : answers) {
                JsonNode ended = answer.join();
                decisions.merge(ended.path("decision").asText(), 1, Integer::sum);
                assertThat(effects(ended).values()).as(ended.toString()).doesNotContain("NOT_UNDONE", "UNDOING");
            }
            assertThat(decisions).isEqualTo(Map.of("CLEAR", 1, "UNDETERMINED", 23));
        } finally {
            callers.shutdownNow();
        }
        assertThat(one("SELECT COUNT(*) FROM DESK.RESERVATION WHERE TAKEN = '" + slot + "'"))
                .isEqualTo("1");
        next = 11;
    }

    @Test
    @Order(5)
    void book_whenALaterStepFails_undoesWhatWasDoneBySignedMessages() throws Exception {
        String ticket = one("SELECT OPEN_TICKET FROM DESK.OBJECTION WHERE OPEN_TICKET IS NOT NULL");
        Map<String, String> before = objections.stream()
                .filter(inputs -> ticket.equals(inputs.get("ticket")))
                .findFirst()
                .orElseThrow();
        Map<String, String> asked = with(before, "slot", free().get(0));
        JsonNode answer = ask(asked);
        assertThat(source(answer, "objection").path("fault").path("detail").asText())
                .as(answer.toString())
                .contains("ALREADY_OBJECTED");
        assertThat(effects(answer)).isEqualTo(allOf("UNDONE", "NOT_DONE", "NOT_DONE"));
        assertThat(one("SELECT COUNT(*) FROM DESK.RESERVATION WHERE TAKEN = '" + asked.get("slot") + "'"))
                .isEqualTo("0");
        String undo = source(answer, "reserve")
                .path("effect")
                .path("undoReply")
                .path("messageId")
                .asText();
        HttpResponse<byte[]> container = node.portal(
                "officer", "GET", "/requests/" + answer.path("trackingId").asText(), "");
        assertThat(container.statusCode()).isEqualTo(200);
        assertThat(undo).hasSize(36);
        assertThat(free()).contains(asked.get("slot"));
    }

    @Test
    @Order(6)
    void book_whenTheHoldRunsOut_isExpiredAndNothingStands() throws Exception {
        Map<String, String> asked = with(somebody(), "slot", free().get(0));
        hold(1);
        server().delay(Duration.ofMillis(1_200));
        JsonNode answer;
        try {
            answer = ask(asked);
        } finally {
            server().delay(Duration.ZERO);
            hold(900);
        }
        assertThat(source(answer, "confirm").path("fault").path("code").asText())
                .as(answer.toString())
                .isEqualTo("wasl.record.expired");
        assertThat(effects(answer)).isEqualTo(allOf("UNDONE", "UNDONE", "NOT_DONE"));
        isUndone(asked);
        // Who comes next has it.
        assertThat(effects(ask(asked))).isEqualTo(allOf("DONE", "DONE", "DONE"));
    }

    private static JsonNode ended(String trackingId) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .until(
                        () -> JSON.readTree(node.portal("officer", "GET", "/requests/" + trackingId, "")
                                .body()),
                        state -> state.has("decision")
                                && !state.path("overall").asText().equals("PENDING"));
    }

    private static String begun(Map<String, String> asked) throws Exception {
        List<String> headers = new ArrayList<>(List.of(RunningNode.caseReference("officer")));
        headers.addAll(List.of("Idempotency-Key", "later-" + asked.get("ticket"), "Prefer", "respond-async"));
        HttpResponse<byte[]> response = node.portal(
                "officer",
                "POST",
                "/composites/" + SERVICE,
                JSON.writeValueAsString(asked),
                headers.toArray(String[]::new));
        String location = response.headers().firstValue("Location").orElseThrow();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !one("SELECT 1 FROM DESK.RESERVATION WHERE TAKEN = '" + asked.get("slot") + "'")
                        .equals("none"));
        return location.substring(location.lastIndexOf('/') + 1);
    }

    @Test
    @Order(7)
    void book_whenTheAgencyFallsMidway_staysPendingUntilItIsUndone() throws Exception {
        Map<String, String> asked = with(somebody(), "slot", free().get(0));
        int port = server().port();
        server().delay(Duration.ofSeconds(3));
        String trackingId;
        try {
            trackingId = begun(asked);
            server().stop();
        } finally {
            server().delay(Duration.ZERO);
        }
        JsonNode pending = await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .until(
                        () -> JSON.readTree(node.portal("officer", "GET", "/requests/" + trackingId, "")
                                .body()),
                        state -> state.path("overall").asText().equals("PENDING"));
        assertThat(effects(pending)).as(pending.toString()).containsEntry("reserve", "UNDOING");
        server().start(port);
        JsonNode end = ended(trackingId);
        // Whether the objection was tried as well depends on when the reservation's answer came.
        assertThat(effects(end)).containsEntry("reserve", "UNDONE").containsEntry("confirm", "NOT_DONE");
        assertThat(effects(end).values()).containsOnly("UNDONE", "NOT_DONE");
        isUndone(asked);
    }

    @Test
    @Order(8)
    void book_whenTheNodeStopsMidway_isTakenUpByTheNextStart() throws Exception {
        Map<String, String> asked = with(somebody(), "slot", free().get(0));
        server().delay(Duration.ofSeconds(3));
        String trackingId = begun(asked);
        process.close();
        begin();
        JsonNode end = ended(trackingId);
        Map<String, String> effects = effects(end);
        if (end.path("decision").asText().equals("CLEAR")) {
            assertThat(effects).isEqualTo(allOf("DONE", "DONE", "DONE"));
            assertThat(one("SELECT STATE FROM DESK.RESERVATION WHERE TAKEN = '" + asked.get("slot") + "'"))
                    .isEqualTo("CONFIRMED");
        } else {
            assertThat(effects.values()).as(end.toString()).containsOnly("UNDONE", "NOT_DONE");
            isUndone(asked);
        }
    }
}
