package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.agencies.SampleAgencies;
import org.wasl.agencies.population.Family;
import org.wasl.agencies.population.Fine;
import org.wasl.agencies.population.Person;
import org.wasl.agencies.population.Personas;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.population.Title;
import org.wasl.agencies.population.Vehicle;
import org.wasl.node.data.DataDirectory;
import org.wasl.security.authority.TrustFiles;

/** What is owed to several agencies, paid once at the gateway's own address, from answer to settlement. */
class PaymentsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration OFTEN = Duration.ofMillis(150);
    private static final Set<String> SILENT = Set.of("UNAVAILABLE", "TIMED_OUT", "STALE");
    private static final String GATEWAY_KEY = "efawateercom.api-key";

    @TempDir
    static Path root;

    private static final HttpClient BANK = HttpClient.newHttpClient();
    private static DataDirectory directory;
    private static NodeProcess process;
    private static RunningNode node;

    @BeforeAll
    static void start() throws Exception {
        directory = new DataDirectory(root);
        directory.create();
        Files.writeString(
                root.resolve("wasl.yaml"),
                "wasl:\n  samples:\n    families: 120\n  payment:\n    retry-first: 200ms\n    retry-most: 1s\n");
        run();
    }

    private static void run() throws Exception {
        process = NodeProcess.start(RunningNode.settings(directory));
        node = new RunningNode(directory, process.state());
    }

    @AfterAll
    static void stop() throws Exception {
        if (process != null) {
            process.close();
        }
    }

    private static SampleAgencies agencies() {
        return process.part(SampleAgencies.class);
    }

    // ---- people who owe to both agencies

    private static List<Person> debtors() {
        Population population = agencies().population();
        List<Person> debtors = new ArrayList<>();
        for (int index = Personas.values().length; index < population.familyCount(); index++) {
            Family family = population.family(index);
            family.members().stream()
                    .filter(person -> !person.deceased() && owesFines(population, family, person))
                    .filter(person -> owesTax(population, family, person))
                    .forEach(debtors::add);
        }
        return debtors;
    }

    private static boolean owesFines(Population population, Family family, Person person) {
        for (Vehicle vehicle : population.vehiclesOf(family)) {
            boolean owes = vehicle.owners().get(0).linked()
                    && population.finesOf(vehicle).stream()
                            .anyMatch(fine -> fine.state() == Fine.State.UNPAID
                                    && fine.offender().equals(person));
            if (owes) {
                return true;
            }
        }
        return false;
    }

    private static boolean owesTax(Population population, Family family, Person person) {
        return population.titlesOf(family).stream()
                .filter(Title::linked)
                .filter(title ->
                        title.owners().stream().anyMatch(owner -> owner.person().equals(person)))
                .anyMatch(title -> title.dueFils() > 0);
    }

    // ---- the portal

    /** An answer that every source gave: on a busy machine one may be late, and its dues would be another order's. */
    private static JsonNode answer(String user, String nationalNumber) {
        AtomicReference<JsonNode> last = new AtomicReference<>(JSON.nullNode());
        await().atMost(SOON).pollInterval(OFTEN).until(() -> {
            last.set(node.composite(user, "general-clearance", Map.of("nationalNumber", nationalNumber)));
            return last.get().has("trackingId") && silent(last.get()).isEmpty();
        });
        return last.get();
    }

    private static List<String> silent(JsonNode answer) {
        List<String> silent = new ArrayList<>();
        answer.path("source").forEach(source -> {
            if (SILENT.contains(source.path("status").asText())) {
                silent.add(source.path("step").asText());
            }
        });
        return silent;
    }

    private static JsonNode order(String user, JsonNode answer) throws Exception {
        HttpResponse<byte[]> response = ordered(user, answer.path("trackingId").asText());
        assertThat(response.statusCode())
                .as(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(201);
        return JSON.readTree(response.body());
    }

    private static HttpResponse<byte[]> ordered(String user, String trackingId) throws Exception {
        return node.portal(user, "POST", "/payments", JSON.writeValueAsString(Map.of("trackingId", trackingId)));
    }

    private static JsonNode state(String user, String number) throws Exception {
        return JSON.readTree(node.portal(user, "GET", "/payments/" + number, "").body());
    }

    private static JsonNode awaitState(String user, String number, String state) {
        await().atMost(SOON).pollInterval(OFTEN).untilAsserted(() -> assertThat(
                        state(user, number).path("state").asText())
                .isEqualTo(state));
        try {
            return state(user, number);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    // ---- the bank, at the gateway's own address

    private static HttpResponse<String> gateway(String method, String path, String body) throws Exception {
        String base = Objects.requireNonNull(agencies().declaredProperties().get("efawateercom.base-url"));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("X-Api-Key", new TrustFiles(root).secrets().read(GATEWAY_KEY))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        return BANK.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void pay(String number) throws Exception {
        JsonNode bill = JSON.readTree(gateway("GET", "/pay/" + number, "").body());
        HttpResponse<String> paid = gateway(
                "POST",
                "/pay/" + number,
                "{\"amountFils\":" + bill.path("amountFils").asLong() + ",\"channel\":\"BANK\"}");
        assertThat(paid.statusCode()).as(paid.body()).isEqualTo(200);
    }

    private static HttpResponse<byte[]> notify(String body, String secret, long age) throws Exception {
        String time = Long.toString(Instant.now().getEpochSecond() - age);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String code = HexFormat.of().formatHex(mac.doFinal((time + "." + body).getBytes(StandardCharsets.UTF_8)));
        return BANK.send(
                HttpRequest.newBuilder(URI.create(process.state().portalUrl() + "/payments/notifications"))
                        .header("Content-Type", "application/json")
                        .header("Notification-Time", time)
                        .header("Notification-Code", code)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static JsonNode reconcile() throws Exception {
        HttpResponse<byte[]> response = node.portal(
                "operator", "GET", "/payments/reconciliation?day=" + LocalDate.now(ZoneId.of("Asia/Amman")), "");
        assertThat(response.statusCode())
                .as(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static List<String> kinds(JsonNode reconciliation, String reference) {
        List<String> kinds = new ArrayList<>();
        reconciliation.path("differences").forEach(difference -> {
            if (difference.path("order").asText().equals(reference)) {
                kinds.add(difference.path("kind").asText());
            }
        });
        return kinds;
    }

    private static List<String> items(JsonNode order, String field) {
        List<String> values = new ArrayList<>();
        order.path("items").forEach(item -> values.add(item.path(field).asText()));
        return values;
    }

    @Test
    void payment_whenDuesAreOwedToTwoAgencies_isOneOrderSettledAtBothAndNothingIsOwedAfter() throws Exception {
        JsonNode answer = answer("citizen-fined", Personas.FINED.nationalNumber());
        JsonNode order = order("citizen-fined", answer);
        String number = order.path("number").asText();
        assertThat(order.path("total").asText())
                .isEqualTo(answer.path("totalDues")
                        .path("value")
                        .asText(order.path("total").asText()));
        assertThat(items(order, "member")).containsExactly("JO/GOV/DVLD", "JO/GOV/PTAX");
        // The same answer has one order, and nobody else has it.
        assertThat(order("citizen-fined", answer).path("number").asText()).isEqualTo(number);
        assertThat(ordered("citizen", answer.path("trackingId").asText()).statusCode())
                .isEqualTo(404);
        assertThat(node.portal("citizen", "GET", "/payments/" + number, "").statusCode())
                .isEqualTo(404);

        awaitState("citizen-fined", number, "PRESENTED");
        pay(number);
        JsonNode settled = awaitState("citizen-fined", number, "SETTLED");
        assertThat(items(settled, "state")).containsOnly("SETTLED");
        assertThat(settled.path("paid").asText())
                .isEqualTo(settled.path("total").asText())
                .isEqualTo(settled.path("settled").asText());
        assertThat(settled.path("receipts").get(0).path("reference").asText()).startsWith("EFW-");

        JsonNode after = answer("citizen-fined", Personas.FINED.nationalNumber());
        assertThat(after.toString()).contains("0.000");
        assertThat(ordered("citizen-fined", after.path("trackingId").asText()).statusCode())
                .isEqualTo(409);
        // No bank pays it again.
        HttpResponse<String> again = gateway("POST", "/pay/" + number, "{\"amountFils\":1,\"channel\":\"BANK\"}");
        assertThat(again.statusCode()).isIn(200, 409);
        assertThat(state("citizen-fined", number).path("receipts")).hasSize(1);
    }

    @Test
    void payment_whenOneAgencyIsDownAndTheNodeRestarts_staysOpenAndIsSettledLater() throws Exception {
        String number = order("officer", answer("officer", debtors().get(0).nationalNumber()))
                .path("number")
                .asText();
        awaitState("officer", number, "PRESENTED");
        Objects.requireNonNull(agencies().servers().get("PTAX")).stop();
        pay(number);
        await().atMost(SOON).pollInterval(OFTEN).untilAsserted(() -> {
            JsonNode open = state("officer", number);
            assertThat(items(open, "state")).containsExactly("SETTLED", "OPEN");
            assertThat(open.path("items").get(1).path("attempts").asInt()).isPositive();
            assertThat(open.path("state").asText()).isEqualTo("SETTLING");
        });
        assertThat(kinds(reconcile(), number)).containsExactly("SETTLEMENT_MISSING");

        process.close();
        run();
        JsonNode settled = awaitState("officer", number, "SETTLED");
        assertThat(settled.path("open").asText()).isEqualTo("0.000");
        assertThat(kinds(reconcile(), number)).isEmpty();
    }

    @Test
    void payment_whenWhatIsOwedWasPaidMeanwhile_isGivenBack() throws Exception {
        String person = debtors().get(1).nationalNumber();
        JsonNode first = answer("officer", person);
        JsonNode second = answer("officer", person);
        String one = order("officer", first).path("number").asText();
        String other = order("officer", second).path("number").asText();
        assertThat(other).isNotEqualTo(one);
        awaitState("officer", one, "PRESENTED");
        awaitState("officer", other, "PRESENTED");
        pay(one);
        awaitState("officer", one, "SETTLED");
        pay(other);

        JsonNode reversed = awaitState("officer", other, "REVERSED");
        assertThat(items(reversed, "reason")).containsOnly("ALREADY_PAID");
        assertThat(reversed.path("reversed").asText())
                .isEqualTo(reversed.path("paid").asText());
        assertThat(kinds(reconcile(), other)).isEmpty();
    }

    @Test
    void notification_whenForgedOldOrTwice_changesNothing() throws Exception {
        String number = order("officer", answer("officer", debtors().get(2).nationalNumber()))
                .path("number")
                .asText();
        awaitState("officer", number, "PRESENTED");
        String body = "{\"order\":\"" + number + "\",\"payment\":\"EFW-9999\"}";
        String secret = new TrustFiles(root).secrets().read("efawateercom.webhook");

        assertThat(notify(body, "another", 0).statusCode()).isEqualTo(401);
        assertThat(notify(body, secret, 3_600).statusCode()).isEqualTo(401);
        // An authentic one is believed no further than that the gateway is asked: it has taken nothing.
        assertThat(notify(body, secret, 0).statusCode()).isEqualTo(204);
        assertThat(notify(body, secret, 0).statusCode()).isEqualTo(204);
        assertThat(state("officer", number).path("state").asText()).isEqualTo("PRESENTED");

        pay(number);
        awaitState("officer", number, "SETTLED");
        assertThat(notify(body, secret, 0).statusCode()).isEqualTo(204);
        assertThat(state("officer", number).path("receipts")).hasSize(1);
    }

    @Test
    void reconciliation_whenTheGatewayTookMoneyForNoOrderOfOurs_namesIt() throws Exception {
        String stray = "000000000000000001";
        String later = Instant.now().plusSeconds(600).toString();
        assertThat(gateway(
                                "PUT",
                                "/orders/" + stray,
                                "{\"amount\":\"1.250\",\"payBy\":\"" + later + "\",\"channels\":\"BANK\"}")
                        .statusCode())
                .isEqualTo(200);
        pay(stray);

        JsonNode reconciliation = reconcile();
        assertThat(kinds(reconciliation, stray)).containsExactly("UNKNOWN_ORDER");
        assertThat(reconciliation.toString()).contains("TOTALS_DIFFER");
    }
}
