package org.wasl.connectors.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorDeclarationsTest {

    private static final String GOOD = """
            connector: lands
            service: JO/GOV/DLS/lands/title/v1
            description: One title
            parameters:
              number: '[0-9]{1,9}'
            rest:
              base: ${dls.base}/api
              path: [titles, '{number}']
              secret: dls.key
            mapping:
              stylesheet: title.xsl
              record: '{urn:wasl:property:1}accounts'
              not-found: false()
            limits:
              timeout: 1500ms
              answer: 64KiB
            sample:
              number: '7'
            """;

    private static final String HOST_KEY = "ssh-ed25519 " + "A".repeat(68);

    @TempDir
    Path directory;

    @BeforeEach
    void stylesheet() throws IOException {
        Files.createDirectory(directory.resolve("DLS"));
        Files.writeString(directory.resolve("DLS/title.xsl"), "<x/>", StandardCharsets.UTF_8);
    }

    private List<ConnectorDeclaration> read(String text) throws Exception {
        Files.writeString(directory.resolve("DLS/title.yaml"), text, StandardCharsets.UTF_8);
        return ConnectorDeclarations.read(
                new DirectoryFiles(directory), Map.of("dls.base", "https://dls.example:8443"));
    }

    @Test
    void read_whenAllIsWell_fillsPlaceholdersAndDefaults() throws Exception {
        ConnectorDeclaration declaration = read(GOOD).get(0);
        assertThat(declaration.backEnd()).isInstanceOfSatisfying(BackEndDeclaration.Rest.class, rest -> assertThat(
                        rest.base().toString())
                .isEqualTo("https://dls.example:8443/api"));
        assertThat(declaration.limits())
                .isEqualTo(new ConnectorDeclaration.Limits(Duration.ofMillis(1500), 4, 16, 64 * 1024));
        assertThat(((ConnectorDeclaration.Mapping) declaration.content()).stylesheet())
                .isEqualTo("<x/>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connector: lands          | connector: Lands!        | 1  | 'connector' must be lower-case",
                "JO/GOV/DLS/lands/title/v1 | JO/GOV/title             | 2  | 'service' is not a service's identifier",
                "'[0-9]{1,9}'              | '[0-9'                   | 5  | 'parameters.number' is not a pattern",
                "${dls.base}/api           | ${dls.other}/api         | 7  | needs the property 'dls.other'",
                "${dls.base}/api           | ftp://x                  | 7  | 'rest.base' must be an http or https address",
                "${dls.base}/api           | https://u:p@x            | 7  | 'rest.base' must be an http or https address",
                "[titles, '{number}']      | ['../x', '{number}']     | 8  | 'rest.path' must list single segments",
                "[titles, '{number}']      | [titles, '{other}']      | 8  | 'rest.path' uses 'other'",
                "secret: dls.key           | secret: 'pa$$ word'      | 9  | never the secret itself",
                "secret: dls.key           | secrets: dls.key         | 9  | 'rest.secrets' is not a known key",
                "stylesheet: title.xsl     | stylesheet: ../title.xsl | 11 | must be the name of an .xsl file",
                "stylesheet: title.xsl     | stylesheet: none.xsl     | 11 | cannot be read: none.xsl",
                "'{urn:wasl:property:1}accounts' | accounts           | 12 | must be {namespace}element",
                "timeout: 1500ms           | timeout: 3 hours         | 15 | 'limits.timeout' must be a time",
                "answer: 64KiB             | answer: 1000MiB          | 16 | 'limits.answer' must be a size",
                "number: '7'               | number: 'seven'          | 18 | 'sample.number' does not match",
                "description: One title    | description: [a          | 4  | is not YAML",
                "description: One title    | description: *x          | 3  | is not YAML"
            })
    void read_whenSomethingIsWrong_saysFileLineAndReason(String from, String to, int line, String reason) {
        String text = GOOD.replace(from.strip(), to.strip());
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(InvalidDeclarationsException.class, e -> assertThat(e.problems())
                        .anySatisfy(problem -> {
                            assertThat(problem.file()).isEqualTo("DLS/title.yaml");
                            assertThat(problem.reason()).contains(reason);
                            assertThat(problem.line()).isEqualTo(line);
                        }));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secret: dls.key | secret: dls.key; method: POST      | 'rest.method' needs 'changes: true'",
                "secret: dls.key | secret: dls.key; body: '{}'        | 'rest.body' needs 'changes: true'",
                "secret: dls.key | secret: dls.key; headers: {K: '{wasl.messageId}'} | 'changes' is missing, though",
                "connector: lands | connector: lands~changes: true     | 'changes' needs 'wasl.messageId' bound",
                "connector: lands | connector: lands~changes: often    | 'changes' must be true, false or idempotent",
                "secret: dls.key | secret: dls.key; headers: {'K K': x} | is not a header's name",
                "secret: dls.key | secret: dls.key; headers: {K: '{other}'} | 'rest.headers.K' uses 'other'",
                "secret: dls.key | secret: dls.key; body: '{\"a\":\"{other}\"}' | 'rest.body' uses 'other'",
                "secret: dls.key | secret: dls.key; body: '{\"a\":1,\"a\":2}' | 'rest.body' is not JSON",
                "secret: dls.key | secret: dls.key; body: '{} {}' | 'rest.body' is not JSON",
                "secret: dls.key | secret: dls.key; body: '7' | 'rest.body' must be one JSON object or array"
            })
    void read_whenAChangeIsWronglyDeclared_saysWhy(String from, String to, String reason) {
        String text = GOOD.replace(from, to.replace("~", "\n").replace("; ", "\n  "));
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidDeclarationsException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void read_whenAChangeIsDeclared_knowsWhatMakesItSafeToRepeat() throws Exception {
        String keyed = GOOD.replace("connector: lands", "connector: lands\nchanges: true")
                .replace("secret: dls.key", "secret: dls.key\n  body: '{\"id\": \"{wasl.messageId}\"}'");
        assertThat(read(keyed).get(0).effect()).isEqualTo(ConnectorDeclaration.Effect.BY_KEY);
        assertThat(((BackEndDeclaration.Rest) read(keyed).get(0).backEnd()).method())
                .isEqualTo("POST");
        String idempotent = GOOD.replace("connector: lands", "connector: lands\nchanges: idempotent");
        assertThat(read(idempotent).get(0).effect()).isEqualTo(ConnectorDeclaration.Effect.IDEMPOTENT);
        assertThat(read(GOOD).get(0).effect()).isEqualTo(ConnectorDeclaration.Effect.NONE);
    }

    private static final String HEARING = GOOD.replace("connector: lands", """
            connector: lands
            changes: idempotent
            hears:
              events: [JO/GOV/CSPD/registry/death/v1]
              subscriber: JO/GOV/DLS/land
              parameters: {number: death/person}""");

    @Test
    void read_whenAConnectorHearsEvents_knowsWhichAndWhereTheirRecordsSayWhat() throws Exception {
        ConnectorDeclaration.Hears hears = read(HEARING).get(0).hears();

        assertThat(hears.events()).extracting(Object::toString).containsExactly("JO/GOV/CSPD/registry/death/v1");
        assertThat(hears.subscriber()).hasToString("JO/GOV/DLS/land");
        assertThat(hears.parameters()).containsExactly(java.util.Map.entry("number", "death/person"));
        assertThat(read(GOOD).get(0).hears()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "changes: idempotent | description2: x | 'hears' goes with 'changes' only",
                "events: [JO/GOV/CSPD/registry/death/v1] | events: [death] | holds 'death', which is no event type",
                "events: [JO/GOV/CSPD/registry/death/v1] | events: [] | must list at least one event type",
                "subscriber: JO/GOV/DLS/land | subscriber: land | is not a subsystem's identifier",
                "{number: death/person} | {number: 'death person'} | must be names from the record's root"
            })
    void read_whenHearingIsWronglyDeclared_saysWhy(String from, String to, String reason) {
        assertThatThrownBy(() -> read(HEARING.replace(from, to)))
                .isInstanceOf(InvalidDeclarationsException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void read_whenSeveralThingsAreWrong_saysAllOfThem() {
        String text = GOOD.replace("connector: lands", "connector: Lands!").replace("64KiB", "much");
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(InvalidDeclarationsException.class, e -> assertThat(e.problems())
                        .hasSize(2));
    }

    @Test
    void read_whenTwoDeclareOneService_refusesTheSecond() throws Exception {
        Files.writeString(directory.resolve("DLS/other.yaml"), GOOD, StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(GOOD))
                .isInstanceOf(InvalidDeclarationsException.class)
                .hasMessageContaining("is declared in DLS/other.yaml too");
    }

    private static final String DOCUMENT = GOOD.replaceAll("(?s)mapping:.*?limits:", """
            document:
              media-types: [application/pdf, image/tiff]
              size: 2MiB
              not-found: j:map
            limits:""");

    @Test
    void read_whenItIsOfDocuments_takesTheDeclaredTypesAndSize() throws Exception {
        ConnectorDeclaration declaration = read(DOCUMENT).get(0);
        assertThat(declaration.content())
                .isEqualTo(new ConnectorDeclaration.Documents(
                        Map.of("application/pdf", DocumentFormat.PDF, "image/tiff", DocumentFormat.TIFF),
                        2 * 1024 * 1024,
                        "j:map"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[application/pdf, image/tiff] | []                     | 11 | must list at least one media type",
                "[application/pdf, image/tiff] | [application/xml]      | 11 | holds 'application/xml', whose first octets",
                "[application/pdf, image/tiff] | [image/svg+xml]        | 11 | holds 'image/svg+xml', whose first octets",
                "[application/pdf, image/tiff] | [text/plain]           | 11 | holds 'text/plain', whose first octets",
                "size: 2MiB                    | size: 11MiB            | 12 | 'document.size' must be a size",
                "not-found: j:map              | notfound: j:map        | 11 | 'document.not-found' is missing",
                "not-found: j:map              | other: x               | 13 | 'document.other' is not a known key",
                "limits:                       | mapping: {}%limits:    | 10 | and not both"
            })
    void read_whenADocumentIsDeclaredWrongly_saysFileLineAndReason(String from, String to, int line, String reason) {
        String text = DOCUMENT.replace(from.strip(), to.strip().replace('%', '\n'));
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(InvalidDeclarationsException.class, e -> assertThat(e.problems())
                        .anySatisfy(problem -> {
                            assertThat(problem.reason()).contains(reason);
                            assertThat(problem.line()).isEqualTo(line);
                        }));
    }

    @Test
    void read_whenADocumentIsToComeFromADatabase_isRefused() {
        String jdbc = """
                jdbc:
                  url: jdbc:h2:mem:x
                  user: reader
                  secret: s
                  queries:
                    q: "SELECT 1"
                document:""";
        assertThatThrownBy(() -> read(DOCUMENT.replaceAll("(?s)rest:.*?document:", jdbc)))
                .isInstanceOf(InvalidDeclarationsException.class)
                .hasMessageContaining("'document' goes with 'rest' or 'files' only");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deed-{number}.bin | deed-{other}.bin              | 'files.file' uses 'other'",
                "fresh: 30s        | key: x                        | 'files.key' is not a known key",
                "[application/pdf, image/tiff] | [application/zip, application/epub+zip] | two types of one format",
                "size: 6MiB        | not-found: x                  | 'document.not-found' is not a known key"
            })
    void read_whenFilesOfDocumentsAreDeclaredWrongly_saysWhy(String from, String to, String reason) throws Exception {
        String readme = Files.readString(
                Path.of(System.getProperty("wasl.root"), "connectors", "README.md"), StandardCharsets.UTF_8);
        int at = readme.indexOf("connector: dls-deed");
        String text = readme.substring(at, readme.indexOf("\n```", at) + 1)
                .replace("${dls.host-key}", HOST_KEY)
                .replaceAll("\\$\\{dls\\.port}", "22")
                .replaceAll("\\$\\{[a-z.]+}", "x");
        assertThat(read(text)).hasSize(1);
        assertThatThrownBy(() -> read(text.replace(from.strip(), to.strip())))
                .isInstanceOf(InvalidDeclarationsException.class)
                .hasMessageContaining(reason.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE FROM T                    | must be one SELECT statement",
                "SELECT 1; DROP TABLE T           | must be one SELECT statement",
                "SELECT * FROM T WHERE X = :other | uses 'other'"
            })
    void read_whenAStatementIsNoPlainQuery_isRefused(String statement, String reason) {
        String jdbc = """
                jdbc:
                  url: jdbc:h2:mem:x
                  user: reader
                  secret: s
                  queries:
                    q: "%s"
                mapping:""".formatted(statement);
        String text = GOOD.replaceAll("(?s)rest:.*?mapping:", jdbc);
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidDeclarationsException.class)
                .hasMessageContaining(reason);
    }
}
