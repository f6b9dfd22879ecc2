package org.wasl.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.agencies.declared.BackEndFiles;
import org.wasl.agencies.declared.DeclaredBackEnds;
import org.wasl.agencies.population.Population;
import org.wasl.connectors.check.CheckReport;
import org.wasl.connectors.check.CheckedStep;
import org.wasl.connectors.check.CheckedStep.Verdict;
import org.wasl.connectors.check.ConnectorCheck;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.declaration.ConnectorDeclarations;
import org.wasl.connectors.declaration.DirectoryFiles;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;

/** Connectors that change something, against back-ends that do. */
class EffectsTest {

    private static final String SERVICE = "JO/GOV/DLS/lands/hold/v1";

    /** Whose hold stands in the record's place of a name, and what number it got in that of a code. */
    private static final String STYLESHEET = """
            <xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:civil="urn:wasl:civil:1" xmlns:common="urn:wasl:common:1">
              <xsl:param name="number"/>
              <xsl:param name="wasl.messageId"/>
              <xsl:template match="/">
                <civil:lifeStatus>
                  <civil:identifier scheme="JO-NIN" issuingCountry="JO"><xsl:value-of select="%s"/></civil:identifier>
                  <civil:status>ALIVE</civil:status>
                </civil:lifeStatus>
              </xsl:template>
            </xsl:stylesheet>
            """;

    private static final String MAPPING = """
            mapping:
              stylesheet: hold.xsl
              record: '{urn:wasl:civil:1}lifeStatus'
              not-found: %s
              conflict: %s
              expired: %s
            limits: {timeout: 5s, concurrent: 16, waiting: 64}
            sample: {number: '1', holder: 'A'}
            """;

    private static final String HEAD = """
            connector: hold
            service: JO/GOV/DLS/lands/hold/v1
            description: Holds one place for one request
            changes: true
            parameters:
              number: '[0-9]{1,9}'
              holder: '[A-Z]'
            """;

    private static final String JDBC = HEAD + """
            jdbc:
              url: ${url}
              user: sa
              secret: dls.db
              statements:
                trace: INSERT INTO TRACE VALUES (:wasl.messageId)
                hold: >-
                  INSERT INTO HOLD SELECT CAST(:number AS INT), :wasl.messageId, NEXT VALUE FOR SERIAL
                  WHERE NOT EXISTS (SELECT 1 FROM HOLD WHERE REQUEST = :wasl.messageId) AND :number <> '99'
              queries:
                hold: SELECT SERIAL FROM HOLD WHERE REQUEST = :wasl.messageId AND :holder = :holder
                stands: SELECT CASE WHEN :number = '98' THEN 'CLOSED' WHEN :number = '97' THEN 'OVER' ELSE '' END AS WHY
            """
            + MAPPING.formatted(
                    "not(exists(/answer/rows[@name='hold']/row))",
                    "/answer/rows[@name='stands']/row/WHY[. = 'CLOSED']",
                    "/answer/rows[@name='stands']/row/WHY[. = 'OVER']");

    private static final String REST = HEAD + """
            rest:
              base: ${base}
              method: POST
              path: [holds]
              headers: {Idempotency-Key: '{wasl.messageId}'}
              body: '{"number": "{number:number}", "who": {"name": "{holder}"}, "holder": "{holder}"}'
              header: X-Api-Key
              secret: dls.key
            """
            + MAPPING.formatted(
                    "/j:map/j:string[@key='error'] = 'NO_SUCH_PLACE'",
                    "/j:map/j:string[@key='error'][. = 'TAKEN']",
                    "/j:map/j:string[@key='error'][. = 'OVER']");

    private static final String BACK_END = """
            agency: ONE
            remembers: true
            script: holds.sql
            rest:
              property: base
              header: X-Api-Key
              secret: dls.key
              answers:
                - path: [holds]
                  method: POST
                  missing: NO_SUCH_PLACE
                  conflict: TAKEN
                  statements:
                    - >-
                      INSERT INTO T.HOLD SELECT CAST(:number AS INT), :idempotencyKey, NEXT VALUE FOR T.SERIAL
                      WHERE :number <> '99' %s
                  query: >-
                    SELECT CASE WHEN NUMBER = 97 THEN JSON_OBJECT('error': 'OVER')
                    ELSE JSON_OBJECT('serial': SERIAL) END FROM T.HOLD WHERE REQUEST = :idempotencyKey
                    ORDER BY SERIAL DESC
            """;

    private static final String ONCE = "AND NOT EXISTS (SELECT 1 FROM T.HOLD WHERE REQUEST = :idempotencyKey)";

    @TempDir
    Path directory;

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;DEFAULT_LOCK_TIMEOUT=4000";
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void tables() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "sa", "secret")) {
            connection.createStatement().execute("CREATE SEQUENCE SERIAL START WITH 1000000001");
            connection
                    .createStatement()
                    .execute("CREATE TABLE HOLD (NUMBER INT PRIMARY KEY, REQUEST VARCHAR(40), SERIAL BIGINT)");
            connection.createStatement().execute("CREATE TABLE TRACE (REQUEST VARCHAR(40))");
        }
    }

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private SampleConnectors jdbc() throws Exception {
        return declared(JDBC, STYLESHEET.formatted("/answer/rows/row/SERIAL"), Map.of("url", url));
    }

    private SampleConnectors rest(String unless) throws Exception {
        String script = """
                CREATE SCHEMA IF NOT EXISTS T;
                CREATE SEQUENCE IF NOT EXISTS T.SERIAL START WITH 1000000001;
                CREATE TABLE IF NOT EXISTS T.HOLD (NUMBER INT %s, REQUEST VARCHAR(40), SERIAL BIGINT);
                """.formatted(unless.isEmpty() ? "" : "PRIMARY KEY");
        DeclaredBackEnds backEnds = DeclaredBackEnds.start(
                List.of(new BackEndFiles("test", BACK_END.formatted(unless), Map.of("holds.sql", script))),
                new Population(7, 20, LocalDate.of(2026, 11, 22)),
                directory.resolve("data"),
                name -> "secret");
        open.add(backEnds);
        return declared(REST, STYLESHEET.formatted("format-number(//*[@key='serial'], '0')"), backEnds.properties());
    }

    private SampleConnectors declared(String declaration, String stylesheet, Map<String, String> properties)
            throws IOException, org.wasl.connectors.declaration.InvalidDeclarationsException {
        Path agency = Files.createDirectories(directory.resolve("declarations/DLS"));
        Files.writeString(agency.resolve("hold.yaml"), declaration, StandardCharsets.UTF_8);
        Files.writeString(agency.resolve("hold.xsl"), stylesheet, StandardCharsets.UTF_8);
        List<ConnectorDeclaration> read =
                ConnectorDeclarations.read(new DirectoryFiles(directory.resolve("declarations")), properties);
        SampleConnectors connectors = new SampleConnectors(read, name -> Optional.of("secret"));
        open.add(connectors);
        return connectors;
    }

    private static ConnectorResult ask(SampleConnectors connectors, String request, String number) {
        ServiceId service = ServiceId.parse(SERVICE);
        return connectors
                .connectors()
                .connector(service)
                .orElseThrow()
                .fetch(new ConnectorQuery(
                        request,
                        service,
                        Map.of("number", number, "holder", "A"),
                        Clock.systemUTC().instant().plusSeconds(20)));
    }

    private static String record(ConnectorResult result) {
        assertThat(result).isInstanceOf(ConnectorResult.Found.class);
        return new String(((ConnectorResult.Found) result).record(), StandardCharsets.UTF_8);
    }

    private static void refused(ConnectorResult result, FaultCode code, String detail) {
        assertThat(result).isInstanceOfSatisfying(ConnectorResult.Failed.class, failed -> {
            assertThat(failed.fault().code()).as(failed.fault().detail()).isEqualTo(code);
            assertThat(failed.fault().detail()).contains(detail);
        });
    }

    private int count(String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "sa", "secret");
                ResultSet rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc", "rest"})
    void fetch_whenTheSameRequestComesTwice_changesOnceAndAnswersTheSame(String protocol) throws Exception {
        SampleConnectors connectors = protocol.equals("jdbc") ? jdbc() : rest(ONCE);
        String first = record(ask(connectors, "request-1", "1"));
        assertThat(record(ask(connectors, "request-1", "1"))).isEqualTo(first).contains("1000000001");
        refused(
                ask(connectors, "request-2", "1"),
                FaultCode.RECORD_CONFLICT,
                protocol.equals("jdbc") ? "SQLState 23505" : "TAKEN");
        assertThat(record(ask(connectors, "request-3", "2"))).isNotEqualTo(first);
        assertThat(ask(connectors, "request-4", "99")).isInstanceOf(ConnectorResult.NotFound.class);
        refused(ask(connectors, "request-5", "97"), FaultCode.RECORD_EXPIRED, "OVER");
    }

    @Test
    void fetch_whenAnythingStandsAgainstIt_takesTheWholeTransactionBack() throws Exception {
        SampleConnectors connectors = jdbc();
        record(ask(connectors, "request-1", "1"));
        int traces = count("TRACE");
        refused(ask(connectors, "request-2", "1"), FaultCode.RECORD_CONFLICT, "");
        refused(ask(connectors, "request-3", "98"), FaultCode.RECORD_CONFLICT, "CLOSED");
        assertThat(ask(connectors, "request-4", "99")).isInstanceOf(ConnectorResult.NotFound.class);
        assertThat(count("TRACE")).isEqualTo(traces);
        assertThat(count("HOLD")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc", "rest"})
    void fetch_whenManyWantOnePlace_givesItToOne(String protocol) throws Exception {
        SampleConnectors connectors = protocol.equals("jdbc") ? jdbc() : rest(ONCE);
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try {
            List<Future<ConnectorResult>> results = new ArrayList<>();
            for (int caller = 0; caller < 32; caller++) {
                String request = "request-" + caller;
                results.add(callers.submit(() -> ask(connectors, request, "5")));
            }
            int found = 0;
            for (Future<ConnectorResult> result : results) {
                if (result.get() instanceof ConnectorResult.Found) {
                    found++;
                } else {
                    refused(result.get(), FaultCode.RECORD_CONFLICT, "");
                }
            }
            assertThat(found).isEqualTo(1);
        } finally {
            callers.shutdownNow();
        }
    }

    private static CheckReport check(SampleConnectors connectors, boolean mayChange) {
        return new ConnectorCheck(Clock.systemUTC())
                .run(connectors.connectors().named("hold").orElseThrow(), Map.of(), mayChange);
    }

    @Test
    void check_whenNotTold_changesNothing() throws Exception {
        CheckReport report = check(jdbc(), false);
        assertThat(report.passed()).isTrue();
        assertThat(report.steps())
                .extracting(CheckedStep::verdict)
                .containsExactly(
                        Verdict.PASSED,
                        Verdict.SKIPPED,
                        Verdict.SKIPPED,
                        Verdict.SKIPPED,
                        Verdict.SKIPPED,
                        Verdict.SKIPPED);
        assertThat(count("TRACE")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc", "rest"})
    void check_whenTheSameRequestChangesOnce_passes(String protocol) throws Exception {
        CheckReport report = check(protocol.equals("jdbc") ? jdbc() : rest(ONCE), true);
        assertThat(report.passed()).as("%s", report.steps()).isTrue();
    }

    @Test
    void check_whenTheSameRequestChangesTwice_fails() throws Exception {
        CheckReport report = check(rest(""), true);
        assertThat(report.passed()).isFalse();
        assertThat(report.steps().get(5)).satisfies(step -> {
            assertThat(step.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(step.reason()).contains("changed something twice");
        });
    }
}
