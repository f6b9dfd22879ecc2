package org.wasl.agencies.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasl.agencies.population.Personas;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.server.AgencyServer;

class DeclaredBackEndsTest {

    private static final String SCRIPT = """
            CREATE SCHEMA S;
            CREATE VIEW S.FOLK AS SELECT NUMBER, NAME_AR AS NAME FROM POPULATION.PERSON;
            """;

    private static final String QUERY =
            "SELECT JSON_OBJECT('number': NUMBER, 'name': NAME) FROM S.FOLK WHERE NUMBER = :number";

    private static final String REST = """
            agency: ONE
            script: folk.sql
            rest:
              property: one.base-url
              header: X-Api-Key
              secret: one.key
              answers:
                - path: [folk, '{number}']
                  missing: NOBODY
                  query: "%s"
            """.formatted(QUERY);

    private static final String SOAP = """
            agency: TWO
            soap:
              property: two.address
              user-property: two.user
              path: /folk
              namespace: urn:two
              user: bus
              secret: two.bus
              answers:
                - operation: find
                  missing: Nobody
                  query: "%s"
            """.formatted(QUERY);

    private static final String DATABASE = """
            agency: THREE
            database:
              property: three.url
              user-property: three.user
              user: THREE_READER
              secret: three.reader
              views: [S.FOLK]
            """;

    private static final String SEATS_SCRIPT = """
            CREATE SCHEMA IF NOT EXISTS T;
            CREATE TABLE IF NOT EXISTS T.SEAT (NUMBER INT PRIMARY KEY, TAKEN_BY VARCHAR(64) NOT NULL);
            CREATE TABLE IF NOT EXISTS T.TRACE (TAKEN_BY VARCHAR(64) NOT NULL);
            CREATE OR REPLACE VIEW T.HOLDER AS SELECT S.NUMBER, P.NAME_AR AS NAME, S.TAKEN_BY
                FROM T.SEAT S LEFT JOIN POPULATION.PERSON P ON P.NUMBER = S.TAKEN_BY;
            """;

    private static final String SEATS = """
            agency: FOUR
            remembers: true
            script: seats.sql
            rest:
              property: four.base-url
              header: X-Api-Key
              secret: four.key
              answers:
                - path: [seats, '{number}']
                  method: PUT
                  missing: NO_SEAT
                  conflict: TAKEN
                  statements:
                    - INSERT INTO T.TRACE VALUES (:by)
                    - >-
                      INSERT INTO T.SEAT SELECT CAST(:number AS INT), :by
                      WHERE NOT EXISTS (SELECT 1 FROM T.SEAT WHERE NUMBER = :number AND TAKEN_BY = :by)
                  query: >-
                    SELECT CASE WHEN NUMBER > 90 THEN JSON_OBJECT('error': 'NO_SUCH_ROW')
                    ELSE JSON_OBJECT('number': NUMBER, 'by': TAKEN_BY) END FROM T.SEAT WHERE NUMBER = :number
                - path: [seats, '{number}']
                  missing: NO_SEAT
                  query: "SELECT JSON_OBJECT('number': NUMBER, 'by': TAKEN_BY) FROM T.HOLDER WHERE NUMBER = :number"
                - path: [traces]
                  missing: NONE
                  query: "SELECT JSON_OBJECT('count': COUNT(*)) FROM T.TRACE"
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private DeclaredBackEnds backEnds;

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        if (backEnds != null) {
            backEnds.close();
        }
    }

    private void start(String... declarations) throws IOException {
        List<BackEndFiles> files = java.util.Arrays.stream(declarations)
                .map(text -> new BackEndFiles("test", text, Map.of("folk.sql", SCRIPT, "seats.sql", SEATS_SCRIPT)))
                .toList();
        backEnds = DeclaredBackEnds.start(
                files, new Population(7, 20, LocalDate.of(2026, 11, 22)), directory, name -> "secret-of-" + name);
    }

    private HttpResponse<String> four(String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(backEnds.properties().get("four.base-url") + path))
                        .header("X-Api-Key", "secret-of-four.key")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void rest_whenAskedToChange_changesAllOrNothingAndRemembers() throws Exception {
        start(SEATS);
        assertThat(four("PUT", "/seats/7", "{\"by\":\"A\"}").statusCode()).isEqualTo(200);
        assertThat(four("PUT", "/seats/7", "{\"by\":\"A\"}").body()).contains("\"by\":\"A\"");
        assertThat(four("PUT", "/seats/7", "{\"by\":\"B\"}"))
                .satisfies(taken -> assertThat(taken.statusCode()).isEqualTo(409))
                .satisfies(taken -> assertThat(taken.body()).isEqualTo("{\"error\":\"TAKEN\"}"));
        assertThat(four("PUT", "/seats/91", "{\"by\":\"B\"}").body()).isEqualTo("{\"error\":\"NO_SUCH_ROW\"}");
        assertThat(four("PUT", "/seats/7", "no json").statusCode()).isEqualTo(400);
        assertThat(four("DELETE", "/seats/7", "").statusCode()).isEqualTo(405);
        assertThat(four("GET", "/traces", "").body()).isEqualTo("{\"count\":2}");

        backEnds.close();
        start(SEATS);
        assertThat(four("GET", "/seats/7", "").body()).contains("\"by\":\"A\"");
        assertThat(four("GET", "/seats/91", "").body()).isEqualTo("{\"error\":\"NO_SEAT\"}");
    }

    private HttpResponse<String> get(String path, String key) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(backEnds.properties().get("one.base-url") + path))
                        .header("X-Api-Key", key)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void rest_whenAsked_answersWhatTheQueryYieldsAndCounts() throws Exception {
        start(REST);
        AgencyServer server = Objects.requireNonNull(backEnds.servers().get("ONE"));
        HttpResponse<String> found = get("/folk/" + Personas.CLEAN.nationalNumber(), "secret-of-one.key");
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.body()).contains(Personas.CLEAN.nationalNumber());
        assertThat(server.reads().total()).isEqualTo(1);
        assertThat(get("/folk/" + Personas.UNREGISTERED, "secret-of-one.key").body())
                .isEqualTo("{\"error\":\"NOBODY\"}");
        assertThat(get("/folk/x'%20OR%20'1'='1", "secret-of-one.key").statusCode())
                .isEqualTo(404);
        assertThat(get("/folk/1", "wrong").statusCode()).isEqualTo(401);
        assertThat(get("/else/1", "secret-of-one.key").statusCode()).isEqualTo(404);
        assertThat(server.reads().total()).isEqualTo(1);
        int port = server.port();
        server.stop();
        assertThat(server.start(port)).isEqualTo(port);
    }

    @Test
    void soap_whenAsked_answersInElementsOrAFault() throws Exception {
        start(REST, SOAP);
        HttpResponse<String> found = find(Personas.CLEAN.nationalNumber(), "secret-of-two.bus");
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.body())
                .contains("findResponse")
                .contains("<number>" + Personas.CLEAN.nationalNumber() + "</number>");
        HttpResponse<String> missing = find(Personas.UNREGISTERED, "secret-of-two.bus");
        assertThat(missing.statusCode()).isEqualTo(500);
        assertThat(missing.body()).contains("Fault").contains("Nobody");
        assertThat(find("1", "wrong").statusCode()).isEqualTo(401);
        assertThat(Objects.requireNonNull(backEnds.servers().get("TWO")).reads().total())
                .isEqualTo(1);
    }

    private HttpResponse<String> find(String number, String password) throws Exception {
        String body =
                "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><t:find xmlns:t=\"urn:two\">"
                        + "<number>" + number + "</number></t:find></s:Body></s:Envelope>";
        String basic = Base64.getEncoder().encodeToString(("bus:" + password).getBytes("UTF-8"));
        return http.send(
                HttpRequest.newBuilder(URI.create(backEnds.properties().get("two.address")))
                        .header("Content-Type", "text/xml; charset=utf-8")
                        .header("Authorization", "Basic " + basic)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void database_whenRead_showsTheViewOnlyAndCounts() throws Exception {
        start(REST, DATABASE);
        Map<String, String> properties = backEnds.properties();
        AgencyServer server = Objects.requireNonNull(backEnds.servers().get("THREE"));
        try (Connection reader = DriverManager.getConnection(
                properties.get("three.url"), properties.get("three.user"), "secret-of-three.reader")) {
            try (ResultSet rows = reader.createStatement()
                    .executeQuery("SELECT NAME FROM S.FOLK WHERE NUMBER = '" + Personas.CLEAN.nationalNumber() + "'")) {
                assertThat(rows.next()).isTrue();
            }
            assertThat(server.reads().total()).isEqualTo(1);
            assertThatThrownBy(() -> reader.createStatement().executeQuery("SELECT * FROM POPULATION.PERSON"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> reader.createStatement().execute("DROP VIEW S.FOLK"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "agency: ONE|agencee: ONE|'agency' must be given",
                "header: X-Api-Key|header: X-Api-Key; colour: red|'colour' is not a known key",
                "SELECT JSON_OBJECT|DELETE JSON_OBJECT|must be one SELECT statement",
                "script: folk.sql|script: none.sql|'script' must name an .sql file",
                "rest:|rast:|must have exactly one of the sections rest, soap, database",
                "'{number}'|'../x'|'path' may not be",
                "missing: NOBODY|missing: NOBODY;     method: PUT|'method' must be GET",
                "missing: NOBODY|missing: NOBODY;     statements: ['DROP TABLE X']|must each be one INSERT",
                "missing: NOBODY|missing: NOBODY;     statement: x|'statement' is not a known key",
            })
    void start_whenADeclarationIsWrong_saysWhy(String right, String wrong, String problem) {
        assertThat(REST).contains(right);
        assertThatThrownBy(() -> start(REST.replace(right, wrong.replace("; ", "\n  "))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(problem);
    }
}
