package org.wasl.agencies.dvld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasl.agencies.population.Family;
import org.wasl.agencies.population.Personas;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.population.Vehicle;

class DvldServerTest {

    private static final String KEY = "the-key";

    private final Population population = new Population(11, 60, LocalDate.of(2026, 11, 21));
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private DvldServer server;

    @BeforeEach
    void start() throws IOException {
        server = new DvldServer(population, KEY);
        server.start(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void vehicle_ofEveryFamily_isServed() throws Exception {
        for (int index = 0; index < population.familyCount(); index++) {
            Family family = population.family(index);
            for (Vehicle vehicle : population.vehiclesOf(family)) {
                String path = "/vehicles/" + vehicle.plate().code() + "/"
                        + vehicle.plate().number();
                JsonNode body = json.readTree(get(path).body());
                assertThat(body.at("/plate/no").asText())
                        .isEqualTo(vehicle.plate().number());
                assertThat(body.at("/owners")).hasSameSizeAs(vehicle.owners());
                assertThat(body.at("/holds")).hasSameSizeAs(vehicle.holds());
                assertThat(body.at("/remark").asText()).isEqualTo("SYNTHETIC");
                assertThat(json.readTree(get(path + "/fines").body()).at("/violations"))
                        .hasSameSizeAs(population.finesOf(vehicle));
            }
        }
    }

    @Test
    void fines_ofFined_areOpen() throws Exception {
        JsonNode body = json.readTree(
                get("/persons/" + Personas.FINED.nationalNumber() + "/fines").body());
        assertThat(body.at("/count").asInt()).isEqualTo(4);
        assertThat(body.at("/unpaidFils").asLong()).isBetween(270_000L, 370_000L);
    }

    @Test
    void vehicles_ofNothing_areAnEmptyListAndNotAMissingPerson() throws Exception {
        HttpResponse<String> response = get("/persons/" + Personas.NOTHING.nationalNumber() + "/vehicles");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json.readTree(response.body()).at("/count").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "/vehicles/11/99999999, 400, BAD_PLATE",
        "/vehicles/11/999999, 404, NO_SUCH_VEHICLE",
        "/vehicles/11/014321, 404, NO_SUCH_VEHICLE",
        "/vehicles/39/14321, 404, NO_SUCH_VEHICLE",
        "/persons/5348068307/fines, 404, NO_SUCH_PERSON",
        "/persons/9990754891/vehicles, 404, NO_SUCH_PERSON",
        "/persons/12/fines, 400, BAD_NID",
        "/persons/%2e%2e/fines, 400, BAD_NID",
        "/, 404, NO_SUCH_RESOURCE"
    })
    void request_whenNothingAnswersIt_isRefusedAndNotCounted(String path, int status, String error) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json.readTree(response.body()).at("/error").asText()).isEqualTo(error);
        assertThat(server.reads().total()).isZero();
    }

    @Test
    void request_withoutTheKeyOrToWrite_isRefused() throws Exception {
        HttpRequest noKey = HttpRequest.newBuilder(uri("/vehicles/11/14321")).build();
        assertThat(http.send(noKey, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
        HttpRequest write = HttpRequest.newBuilder(uri("/vehicles/11/14321"))
                .header(DvldServer.KEY_HEADER, KEY)
                .DELETE()
                .build();
        assertThat(http.send(write, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
        assertThat(server.reads().total()).isZero();
    }

    @Test
    void start_afterAStop_servesOnTheSamePort() throws Exception {
        int port = server.port();
        assertThat(get("/vehicles/11/14321").statusCode()).isEqualTo(200);
        server.stop();
        assertThatThrownBy(() -> get("/vehicles/11/14321")).isInstanceOf(IOException.class);
        assertThat(server.start(port)).isEqualTo(port);
        assertThat(get("/vehicles/11/14321").statusCode()).isEqualTo(200);
        assertThat(server.reads().total()).isEqualTo(2);
    }

    @Test
    void delay_whenSet_slowsAnAnswer() throws Exception {
        server.delay(Duration.ofMillis(300));
        long begun = System.nanoTime();
        assertThat(get("/vehicles/11/14321").statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header(DvldServer.KEY_HEADER, KEY)
                .timeout(Duration.ofSeconds(20))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create(server.baseUri() + path);
    }
}
