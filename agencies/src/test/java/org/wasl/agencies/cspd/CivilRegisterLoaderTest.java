package org.wasl.agencies.cspd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasl.agencies.population.Population;

class CivilRegisterLoaderTest {

    private static final CspdCredentials CREDENTIALS = new CspdCredentials("o", "r", "g");
    private static final String GOOD =
            "{\"aNummer\":\"5348068307\",\"burgerservicenummer\":\"000009830\",\"naam\":{\"geslachtsnaam\":\"Ven\"}}";

    @TempDir
    private Path directory;

    private CspdServer server;
    private CivilRegisterLoader loader;

    @BeforeEach
    void start() throws IOException {
        server = new CspdServer(
                directory.resolve("cspd"), new Population(3, 10, LocalDate.of(2026, 11, 21)), CREDENTIALS);
        server.start(0);
        loader = new CivilRegisterLoader(server.jdbcUrl(), CREDENTIALS.registrar(), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void load_ofTheDutchTestRegister_takesEveryRecord() throws Exception {
        Path corpus = Path.of(System.getProperty("wasl.root"), "..", "shared", "corpora", "civil-register-nl");
        Assumptions.assumeTrue(
                Files.isDirectory(corpus),
                "load_ofTheDutchTestRegister_takesEveryRecord skipped: corpus civil-register-nl is absent");
        Path file = corpus.resolve("persons.ndjson");
        List<Long> progress = new ArrayList<>();
        LoadReport report = loader.load(file, (lines, read, total) -> progress.add(read * 100 / total));
        assertThat(report.lines()).isEqualTo(1176);
        assertThat(report.added()).isEqualTo(1176);
        assertThat(report.refusals()).isEmpty();
        assertThat(report.remarks())
                .extracting(LoadReport.LineNote::text)
                .containsExactly("burgerservicenummer 999999245 fails the eleven test; loaded as it is");
        assertThat(progress).isSorted().hasSizeGreaterThan(5).endsWith(100L);

        int deceased = 0;
        ObjectMapper json = new ObjectMapper();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            String number = json.readTree(line).path("aNummer").asText();
            try (Row row = row(number)) {
                assertThat(row.rows.getString("MASDAR")).isEqualTo("NL");
                assertThat(json.readTree(row.rows.getString("WATHIQA"))).isEqualTo(json.readTree(line));
                deceased += row.rows.getInt("HALA") == 2 ? 1 : 0;
                assertThat(row.rows.next()).isFalse();
            }
        }
        assertThat(deceased).isEqualTo(40);

        LoadReport again = loader.load(file, LoadProgress.NONE);
        assertThat(again.unchanged()).isEqualTo(1176);
        assertThat(again.added() + again.replaced() + again.refused()).isZero();
        System.out.println("civil-register-nl: 1176 lines, " + report.added() + " loaded, " + report.refused()
                + " refused, " + report.remarks().size() + " remarked, " + deceased + " deceased");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "[] | not a JSON object",
                "{\"a\" | not JSON",
                "{} | burgerservicenummer is missing",
                "{\"burgerservicenummer\":\"12\"} | burgerservicenummer is missing or not nine digits",
                "{\"burgerservicenummer\":\"000009830\",\"burgerservicenummer\":\"000009842\"} | Duplicate field",
                "{\"burgerservicenummer\":\"000009830\"} | naam.geslachtsnaam is missing",
                "{\"burgerservicenummer\":\"000009830\",\"aNummer\":\"1\"} | aNummer is not ten digits",
                "{\"burgerservicenummer\":\"000009830\",\"aNummer\":\"9990045842\"} | reserved for invented people",
                "{\"burgerservicenummer\":\"000009830\",\"geboorte\":{\"datum\":\"19800231\"}} | geboorte.datum is not a date",
                "{\"burgerservicenummer\":\"000009830\",\"kinderen\":[{\"naam\":{\"x\":\"a\\u0001\"}}]} | kinderen[0].naam.x holds a control",
                "{} {} | not JSON"
            })
    void load_ofABadLine_refusesItWithLineAndReason(String line, String reason) throws Exception {
        LoadReport report = load("\n" + GOOD + "\n" + line + "\n");
        assertThat(report.lines()).isEqualTo(2);
        assertThat(report.added()).isEqualTo(1);
        assertThat(report.refusals()).hasSize(1);
        assertThat(report.refusals().get(0).line()).isEqualTo(3);
        assertThat(report.refusals().get(0).text()).contains(reason);
    }

    @Test
    void load_ofAnEndlessLine_refusesItAndGoesOn() throws Exception {
        LoadReport report = load("{\"x\":\"" + "y".repeat(200_000) + "\"}\n" + GOOD);
        assertThat(report.added()).isEqualTo(1);
        assertThat(report.refusals().get(0).text()).isEqualTo("longer than 60000 bytes");
    }

    @Test
    void load_ofBytesThatAreNotUtf8_refusesThem() throws Exception {
        Path file = directory.resolve("bytes.ndjson");
        Files.write(file, new byte[] {'{', (byte) 0xC3, '}', '\n'});
        assertThat(loader.load(file, LoadProgress.NONE).refusals().get(0).text())
                .isEqualTo("not UTF-8");
    }

    @Test
    void load_ofAChangedRecord_replacesIt() throws Exception {
        assertThat(load(GOOD).added()).isEqualTo(1);
        String changed = GOOD.replace("}}", "},\"overlijden\":{\"datum\":\"20200000\"}}");
        assertThat(load(changed).replaced()).isEqualTo(1);
        try (Row row = row("5348068307")) {
            assertThat(row.rows.getInt("HALA")).isEqualTo(2);
            assertThat(row.rows.getString("WAFAT")).isEqualTo("20200000");
        }
    }

    @Test
    void load_ofTheSamePersonTwiceInAFile_refusesTheSecond() throws Exception {
        LoadReport report = load(GOOD + "\n" + GOOD);
        assertThat(report.refusals().get(0))
                .isEqualTo(new LoadReport.LineNote(2, "burgerservicenummer 000009830 was on line 1"));
    }

    @Test
    void load_ofAnotherPersonWithATakenNumber_refusesIt() throws Exception {
        LoadReport report = load(GOOD + "\n" + GOOD.replace("000009830", "000009842"));
        assertThat(report.refusals().get(0).text()).contains("clash");
    }

    @Test
    void load_ofARecordWithoutANumber_derivesOne() throws Exception {
        assertThat(load(GOOD.replace("\"aNummer\":\"5348068307\",", "")).added())
                .isEqualTo(1);
        try (Row row = row("0000009830")) {
            assertThat(row.rows.getString("MASDAR")).isEqualTo("NL");
        }
    }

    private LoadReport load(String text) throws IOException, SQLException {
        Path file = directory.resolve("lines.ndjson");
        Files.writeString(file, text, StandardCharsets.UTF_8);
        return loader.load(file, LoadProgress.NONE);
    }

    private Row row(String number) throws SQLException {
        return new Row(server.jdbcUrl(), number);
    }

    /** The one row of a person, and all that must be closed behind it. */
    private static final class Row implements AutoCloseable {

        private final Connection connection;
        private final PreparedStatement query;
        private final ResultSet rows;

        Row(String url, String number) throws SQLException {
            connection = DriverManager.getConnection(url, CspdServer.READER, CREDENTIALS.reader());
            query = connection.prepareStatement("SELECT * FROM AHWAL.V_QAYD WHERE RAQAM_WATANI = ?");
            query.setString(1, number);
            rows = query.executeQuery();
            assertThat(rows.next()).isTrue();
        }

        @Override
        public void close() throws SQLException {
            rows.close();
            query.close();
            connection.close();
        }
    }
}
