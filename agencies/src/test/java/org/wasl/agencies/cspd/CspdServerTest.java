package org.wasl.agencies.cspd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.agencies.population.Family;
import org.wasl.agencies.population.Person;
import org.wasl.agencies.population.Personas;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.population.Relative;

class CspdServerTest {

    private static final CspdCredentials CREDENTIALS =
            new CspdCredentials("owner-secret", "reader'secret", "registrar");
    private static final String ENTRY = "SELECT * FROM AHWAL.V_QAYD WHERE RAQAM_WATANI = ? ORDER BY SILA_TARTIB";

    @TempDir
    private Path directory;

    private final Population population = new Population(11, 30, LocalDate.of(2026, 11, 21));
    private CspdServer server;

    @BeforeEach
    void start() throws IOException {
        server = new CspdServer(directory, population, CREDENTIALS);
        server.start(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void entry_ofEveryPerson_isWhatThePopulationSays() throws SQLException {
        try (Connection connection = reader();
                PreparedStatement query = connection.prepareStatement(ENTRY)) {
            for (int index = 0; index < population.familyCount(); index++) {
                Family family = population.family(index);
                for (Person person : family.members()) {
                    List<Relative> relatives = family.relativesOf(person);
                    query.setString(1, person.nationalNumber());
                    try (ResultSet rows = query.executeQuery()) {
                        for (Relative relative : relatives) {
                            assertThat(rows.next()).isTrue();
                            check(rows, person, relative);
                        }
                        assertThat(rows.next()).isFalse();
                    }
                }
            }
        }
    }

    private static void check(ResultSet row, Person person, Relative relative) throws SQLException {
        assertThat(row.getString("MASDAR")).isEqualTo("JO");
        assertThat(row.getString("NAW_BAYAN")).isEqualTo("SYNTHETIC");
        assertThat(row.getString("ISM_SHAKHSI")).isEqualTo(person.name().given().ar());
        assertThat(row.getString("WILADA")).isEqualTo(person.birth().digits());
        assertThat(row.getInt("HALA")).isEqualTo(person.deceased() ? 2 : 1);
        assertThat(row.getString("WAFAT") != null).isEqualTo(person.deceased());
        assertThat(row.getInt("SILA")).isEqualTo(relative.kinship().ordinal() + 1);
        assertThat(row.getString("QARIB_RAQAM"))
                .isEqualTo(relative.person() == null ? null : relative.person().nationalNumber());
        assertThat(row.getString("SILA_TARIKH") != null).isEqualTo(relative.marriage() != null);
    }

    @Test
    void reads_whenAViewIsQueried_countOneForEachQuery() throws SQLException {
        try (Connection connection = reader();
                PreparedStatement entry = connection.prepareStatement(ENTRY);
                PreparedStatement life =
                        connection.prepareStatement("SELECT HALA FROM AHWAL.V_HAYAT WHERE RAQAM_WATANI = ?")) {
            assertThat(server.reads().total()).isZero();
            entry.setString(1, Personas.CLEAN.nationalNumber());
            entry.executeQuery().close();
            entry.executeQuery().close();
            life.setString(1, Personas.DECEASED.nationalNumber());
            try (ResultSet rows = life.executeQuery()) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(2);
            }
            assertThat(server.reads().total()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO AHWAL.FARD (FARD_ID) VALUES (1)",
                "UPDATE AHWAL.FARD SET HALA = 2",
                "DELETE FROM AHWAL.FARD",
                "SELECT * FROM AHWAL.FARD",
                "SELECT * FROM AHWAL.BRP_PERSON",
                "DELETE FROM AHWAL.V_QAYD",
                "DROP VIEW AHWAL.V_QAYD",
                "CREATE TABLE T (A INT)",
                "CREATE ALIAS X FOR \"java.lang.System.exit\"",
                "CALL FILE_READ('/etc/hostname')",
                "SELECT * FROM CSVREAD('/etc/hostname')",
                "ALTER USER OWNER SET PASSWORD 'x'",
                "SHUTDOWN",
                "SCRIPT"
            })
    void reader_whenItWouldDoAnythingElse_isRefused(String sql) throws SQLException {
        try (Connection connection = reader();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void registrar_whenItQueriesAViewOrDeletes_isRefused() throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl(), CspdServer.REGISTRAR, CREDENTIALS.registrar());
                Statement statement = connection.createStatement()) {
            for (String sql : List.of("SELECT * FROM AHWAL.V_QAYD", "DELETE FROM AHWAL.BRP_PERSON")) {
                assertThatThrownBy(() -> statement.execute(sql)).isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void connection_withWrongPasswordOrOtherDatabase_isRefused() {
        assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), CspdServer.READER, "no"))
                .isInstanceOf(SQLException.class);
        for (String other : List.of("other", "mem:x", "../cspd/cspd")) {
            assertThatThrownBy(() -> DriverManager.getConnection(
                            "jdbc:h2:tcp://127.0.0.1:" + server.port() + "/" + other, "sa", ""))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void start_afterAStop_servesTheSameOnTheSamePort() throws Exception {
        int port = server.port();
        List<String> before = names();
        server.stop();
        assertThat(server.running()).isFalse();
        assertThatThrownBy(this::reader).isInstanceOf(SQLException.class);
        assertThat(server.start(port)).isEqualTo(port);
        assertThat(names()).isEqualTo(before);
    }

    @Test
    void stop_whileAQueryIsSlowed_doesNotWaitForIt() {
        server.delay(Duration.ofSeconds(60));
        CompletableFuture<Boolean> slow = CompletableFuture.supplyAsync(() -> {
            try {
                names();
                return true;
            } catch (SQLException e) {
                return false;
            }
        });
        Awaitility.await().until(() -> server.reads().total() == 1);
        assertThat(slow.isDone()).isFalse();
        long begun = System.nanoTime();
        server.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        assertThat(slow).succeedsWithin(20, TimeUnit.SECONDS);
    }

    private List<String> names() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = reader();
                PreparedStatement query = connection.prepareStatement(ENTRY)) {
            query.setString(1, Personas.FINED.nationalNumber());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString("QARIB_SHAKHSI"));
                }
            }
        }
        return names;
    }

    private Connection reader() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), CspdServer.READER, CREDENTIALS.reader());
    }
}
