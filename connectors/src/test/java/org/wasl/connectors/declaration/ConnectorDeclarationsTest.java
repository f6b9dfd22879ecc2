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
        assertThat(declaration.mapping().stylesheet()).isEqualTo("<x/>");
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
