package org.wasl.connectors.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.sf.saxon.s9api.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.ConnectorResult;
import org.wasl.connectors.backend.Answer;
import org.wasl.connectors.backend.BackEndFailure;
import org.wasl.connectors.declaration.BackEndDeclaration;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.declaration.InvalidDeclarationsException;
import org.wasl.connectors.xml.ClosedSaxon;
import org.wasl.connectors.xml.JsonWriter;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;

class RecordMappingTest {

    private static final ServiceId SERVICE = ServiceId.parse("JO/GOV/DLS/lands/title/v1");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final Processor processor = ClosedSaxon.newProcessor();

    @TempDir
    Path directory;

    @Test
    void map_whenTheStylesheetMakesTheRecord_isFoundWithAgeAndCoverage() throws Exception {
        ConnectorResult result = map("<t:x xmlns:t='urn:t'><xsl:value-of select='//j:string[1]'/></t:x>");
        assertThat(result).isInstanceOfSatisfying(ConnectorResult.Found.class, found -> {
            assertThat(new String(found.record(), StandardCharsets.UTF_8))
                    .isEqualTo("<t:x xmlns:t=\"urn:t\">a &lt;b&gt;</t:x>");
            assertThat(found.asOf()).isEqualTo("2026-11-20T22:30:00Z");
            assertThat(found.coverageComplete()).isFalse();
        });
    }

    @Test
    void map_whenItMakesAnotherRecord_fails() {
        assertThatThrownBy(() -> map("<other/>")).isInstanceOfSatisfying(BackEndFailure.class, e -> assertThat(e.code())
                .isEqualTo(FaultCode.MAPPING_FAILED));
    }

    @Test
    void map_whenAnExpressionFails_saysWhereButNotTheValue() {
        assertThatThrownBy(() -> map("<t:x xmlns:t='urn:t'>\n<xsl:value-of select='xs:date(//j:string[1])'/></t:x>"))
                .isInstanceOfSatisfying(BackEndFailure.class, e -> assertThat(e.detail())
                        .contains("t.xsl line 3", "FORG0001")
                        .doesNotContain("a <b>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<xsl:copy-of select=\"doc('FILE')\"/>",
                "<xsl:copy-of select=\"document('FILE')\"/>",
                "<xsl:value-of select=\"unparsed-text('FILE')\"/>",
                "<xsl:value-of select=\"unparsed-text-lines('FILE')\"/>",
                "<xsl:value-of select=\"json-doc('FILE')\"/>",
                "<xsl:copy-of select=\"collection('FILE')\"/>",
                "<xsl:value-of select=\"uri-collection('FILE')\"/>",
                "<xsl:source-document href='FILE'><xsl:copy-of select='.'/></xsl:source-document>",
                "<xsl:result-document href='FILE.out'><x/></xsl:result-document>",
                "<xsl:evaluate xpath=\"'1+1'\"/>",
                "<xsl:value-of select=\"Q{java:java.lang.System}getProperty('user.home')\"/>",
                "<xsl:value-of select=\"transform(map{'stylesheet-location':'FILE','source-node':/})?output\"/>"
            })
    void map_whenTheStylesheetReachesOutside_isRefused(String reaching) throws Exception {
        Path file = directory.resolve("secret.xml");
        Files.writeString(file, "<secret>s3cret</secret>", StandardCharsets.UTF_8);
        String body =
                "<t:x xmlns:t='urn:t'>" + reaching.replace("FILE", file.toUri().toString()) + "</t:x>";
        assertThatThrownBy(() -> map(body)).isInstanceOfAny(BackEndFailure.class, InvalidDeclarationsException.class);
        assertThat(directory.resolve("secret.xml.out")).doesNotExist();
    }

    @Test
    void map_whenItAsksForTheEnvironment_getsNothing() throws Exception {
        ConnectorResult result = map("<t:x xmlns:t='urn:t'><xsl:value-of select="
                + "\"concat(string-join(available-environment-variables()), environment-variable('PATH'))\"/></t:x>");
        assertThat(new String(((ConnectorResult.Found) result).record(), StandardCharsets.UTF_8))
                .isEqualTo("<t:x xmlns:t=\"urn:t\"></t:x>");
    }

    @Test
    void compile_whenTheStylesheetHasErrors_saysFileAndLine() {
        assertThatThrownBy(() -> map("<t:x xmlns:t='urn:t'>\n<xsl:value-of select='no-such-function()'/></t:x>"))
                .isInstanceOfSatisfying(
                        InvalidDeclarationsException.class,
                        e -> assertThat(e.problems().get(0)).satisfies(problem -> {
                            assertThat(problem.file()).isEqualTo("t.xsl");
                            assertThat(problem.line()).isEqualTo(3);
                        }));
    }

    @Test
    void compile_whenTheStylesheetHasADoctype_isRefused() {
        assertThatThrownBy(() -> mapping("<!DOCTYPE x><x/>", "false()"))
                .isInstanceOf(InvalidDeclarationsException.class);
    }

    @Test
    void compile_whenAnExpressionIsNoXPath_isRefused() {
        assertThatThrownBy(() -> mapping(stylesheet("<x/>"), "//["))
                .isInstanceOf(InvalidDeclarationsException.class)
                .hasMessageContaining("'mapping.not-found' is not an XPath");
    }

    private ConnectorResult map(String body) throws Exception {
        AnswerMapping mapping = mapping(stylesheet(body), "false()");
        ConnectorQuery query = new ConnectorQuery("id", SERVICE, Map.of("number", "7"), NOW.plusSeconds(5));
        String json = "{\"a\":\"a <b>\",\"at\":\"2026-11-21T01:30:00+03:00\"}";
        Answer answer = new Answer.Data(query, JsonWriter.document(processor, json), NOW, "", System.nanoTime());
        return mapping.map(answer).result();
    }

    private static String stylesheet(String body) {
        return "<xsl:stylesheet version='3.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'"
                + " xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:j='" + JsonWriter.NAMESPACE
                + "' exclude-result-prefixes='xs j'>\n<xsl:template match='/'>" + body
                + "</xsl:template></xsl:stylesheet>";
    }

    private AnswerMapping mapping(String stylesheet, String notFound) throws InvalidDeclarationsException {
        ConnectorDeclaration declaration = new ConnectorDeclaration(
                "t",
                "t.yaml",
                SERVICE,
                "t",
                Map.of(),
                new BackEndDeclaration.Rest(URI.create("http://x"), List.of(), Map.of(), "h", "", "s"),
                new ConnectorDeclaration.Mapping(
                        "t.xsl", stylesheet, "urn:t", "x", notFound, "//j:string[@key='at']", "false()"),
                new ConnectorDeclaration.Limits(Duration.ofSeconds(1), 1, 1, 1000),
                new ConnectorDeclaration.Breaker(10, 50, Duration.ofSeconds(1), 1),
                Map.of());
        return AnswerMapping.compile(processor, declaration);
    }
}
