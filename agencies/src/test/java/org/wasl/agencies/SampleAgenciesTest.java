package org.wasl.agencies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.agencies.cspd.CspdServer;
import org.wasl.agencies.dvld.DvldServer;
import org.wasl.agencies.population.Personas;
import org.wasl.agencies.server.AgencyServer;
import org.wasl.agencies.server.DisclosureBook;

class SampleAgenciesTest {

    private static final AgencyCredentials CREDENTIALS = AgencyCredentials.generate(new SecureRandom());

    @TempDir
    private Path directory;

    @Test
    void start_onAnEmptyThenOnItsOwnDirectory_servesTheSamePeople() throws Exception {
        long begun = System.nanoTime();
        String digest;
        try (SampleAgencies agencies = SampleAgencies.start(AgencySettings.defaults(directory, CREDENTIALS))) {
            System.out.println("start on an empty directory: " + millisSince(begun) + " ms");
            digest = agencies.population().digest();
            assertThat(persons(agencies)).isGreaterThanOrEqualTo(10_000);
            assertThat(List.of(agencies.cspd(), agencies.dvld(), agencies.ptax(), agencies.moj()))
                    .allMatch(AgencyServer::running)
                    .extracting(AgencyServer::port)
                    .doesNotHaveDuplicates();
        }
        begun = System.nanoTime();
        try (SampleAgencies agencies = SampleAgencies.start(AgencySettings.defaults(directory, CREDENTIALS))) {
            System.out.println("start on its own directory: " + millisSince(begun) + " ms");
            assertThat(agencies.population().digest()).isEqualTo(digest);
            assertThat(persons(agencies)).isGreaterThanOrEqualTo(10_000);
        }
    }

    @Test
    void start_withAnotherSeedOnTheSameDirectory_isRefused() throws IOException {
        SampleAgencies.start(settings(1)).close();
        assertThatThrownBy(() -> SampleAgencies.start(settings(2)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds the population of seed 1");
    }

    @Test
    void start_whenAPortIsTaken_leavesNoneRunning() throws IOException {
        try (SampleAgencies first = SampleAgencies.start(settings(1))) {
            AgencySettings clash = new AgencySettings(
                    directory.resolve("other"), 1, 10, 0, first.dvld().port(), 0, 0, CREDENTIALS, Clock.systemUTC());
            assertThatThrownBy(() -> SampleAgencies.start(clash)).isInstanceOf(IOException.class);
            // The database file of the failed start is free again.
            SampleAgencies.start(new AgencySettings(
                            directory.resolve("other"), 1, 10, 0, 0, 0, 0, CREDENTIALS, Clock.systemUTC()))
                    .close();
        }
    }

    @Test
    void disclosures_whenBooksAreKept_areWrittenDownWithWhomTheyAreAbout() throws Exception {
        Path books = Files.createDirectories(settings(1).directory().resolve(DisclosureBook.FOLDER));
        String number = Personas.FINED.nationalNumber();
        for (int start = 0; start < 2; start++) {
            try (SampleAgencies agencies = SampleAgencies.start(settings(1));
                    Connection connection = DriverManager.getConnection(
                            agencies.endpoints().cspdJdbcUrl(),
                            CspdServer.READER,
                            CREDENTIALS.cspd().reader());
                    PreparedStatement query =
                            connection.prepareStatement("SELECT HALA FROM AHWAL.V_HAYAT WHERE RAQAM_WATANI = ?")) {
                query.setString(1, number);
                query.executeQuery().close();
                HttpResponse<String> fines = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                agencies.dvld().baseUri().resolve("/persons/" + number + "/fines"))
                                        .header(DvldServer.KEY_HEADER, CREDENTIALS.dvldApiKey())
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(fines.statusCode()).isEqualTo(200);
            }
        }

        // What was written before it was started again is still there.
        assertThat(Files.readAllLines(books.resolve("CSPD.tsv")))
                .hasSize(2)
                .allMatch(line -> line.matches("[0-9]+\tV_HAYAT " + number));
        assertThat(Files.readAllLines(books.resolve("DVLD.tsv"))).hasSize(2).allMatch(line -> line.contains(number));
    }

    @Test
    void credentials_whenPrinted_areHidden() {
        assertThat(CREDENTIALS.toString()).doesNotContain(CREDENTIALS.dvldApiKey());
        assertThat(CREDENTIALS.cspd().toString())
                .doesNotContain(CREDENTIALS.cspd().reader());
    }

    private AgencySettings settings(long seed) {
        return new AgencySettings(directory.resolve("one"), seed, 10, 0, 0, 0, 0, CREDENTIALS, Clock.systemUTC());
    }

    private static int persons(SampleAgencies agencies) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        agencies.endpoints().cspdJdbcUrl(),
                        CspdServer.READER,
                        CREDENTIALS.cspd().reader());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM AHWAL.V_HAYAT")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static long millisSince(long begun) {
        return (System.nanoTime() - begun) / 1_000_000;
    }
}
