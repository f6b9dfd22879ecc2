package org.wasl.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.SchemaVerdict;
import org.wasl.schemas.xml.HardenedXml;

class JsonProjectionTest {

    private static final SchemaCatalogue CATALOGUE = SchemaCatalogue.load();
    private static final JsonProjection PROJECTION = new JsonProjection(CATALOGUE);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SAMPLES =
            Path.of(System.getProperty("wasl.root"), "schemas/src/main/resources/org/wasl/schemas/samples");

    static List<Path> good() throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".xml"))
                    .filter(file -> file.getParent().endsWith("good"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("good")
    void project_whenSampleIsValid_losesNoText(Path sample) throws IOException {
        Document document = document(sample);

        JsonNode json = PROJECTION.project(document.getDocumentElement());

        List<String> expected = Stream.of(
                        document.getDocumentElement().getTextContent().split("\n"))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
        assertThat(texts(json).toList()).containsAll(expected);
    }

    @Test
    void project_whenFines_followsTheSchemaRatherThanTheDocument() throws IOException {
        JsonNode json = project("traffic-1.0/good/fines.xml");

        assertThat(json.get("synthetic").isBoolean()).isTrue();
        assertThat(json.get("fine").isArray()).isTrue();
        assertThat(json.get("openCount").isInt() || json.get("openCount").isLong())
                .isTrue();
        assertThat(json.get("totalDue")).isEqualTo(JSON.readTree("{\"currency\":\"JOD\",\"value\":\"50.000\"}"));
        assertThat(json.at("/fine/0/label/ar").textValue()).isEqualTo("استعمال الهاتف أثناء القيادة");
        assertThat(json.at("/fine/0/plate")).isEqualTo(JSON.readTree("{\"code\":\"10\",\"number\":\"12345\"}"));
        assertThat(json.at("/fine/0/status").textValue()).isEqualTo("OPEN");
    }

    @Test
    void project_whenTypeIsDerived_hasTheMembersOfItsBase() throws IOException {
        JsonNode json = project("civil-1.0/good/person.xml");

        assertThat(json.at("/parent/0/role").textValue()).isEqualTo("FATHER");
        assertThat(json.at("/parent/0/name/0/script").textValue()).isEqualTo("Arab");
        assertThat(json.at("/identifier/0/value").textValue()).isEqualTo("9901012345");
        assertThat(json.at("/identifier/0/scheme").textValue()).isEqualTo("JO-NAT");
        assertThat(json.at("/birth/date/gregorian").textValue()).isEqualTo("1990-01-01");
        assertThat(json.at("/spouse/0/identifier").isArray()).isTrue();
    }

    @Test
    void project_whenConsolidated_carriesRecordsAndFaultsByTheirNames() throws IOException {
        JsonNode json = project("consolidated-1.0/good/partial.xml");

        assertThat(json.get("decisionReady").isBoolean()).isTrue();
        assertThat(json.at("/source/0/record/fines/fine/0/ticket").textValue()).isEqualTo("T-2026-000118");
        assertThat(json.at("/source/0/ageSeconds").isNumber()).isTrue();
        assertThat(json.at("/source/1/fault/code").textValue()).isEqualTo("wasl.exchange.timed-out");
        assertThat(json.at("/source/1/fault/retryable").isBoolean()).isTrue();
    }

    @Test
    void project_whenRecordIsCutToNothing_isAnEmptyObject() throws IOException {
        assertThat(project("civil-1.0/good/cut-to-nothing.xml").isEmpty()).isTrue();
    }

    @Test
    void project_whenTokenHasBlanksAround_dropsThem() {
        SchemaVerdict verdict =
                CATALOGUE.validate("<person xmlns='urn:wasl:civil:1'><status>\n ALIVE </status></person>"
                        .getBytes(StandardCharsets.UTF_8));
        Document document = ((SchemaVerdict.Valid) verdict).document();
        assertThat(PROJECTION
                        .project(document.getDocumentElement())
                        .get("status")
                        .textValue())
                .isEqualTo("ALIVE");
    }

    @Test
    void project_whenRootIsUnknown_refuses() {
        Document document = HardenedXml.newDocument();
        assertThatThrownBy(() -> PROJECTION.project(document.createElementNS("urn:elsewhere", "x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shapes_whenRead_neverGiveAnAttributeAndAChildTheSameName() {
        Shapes shapes = new Shapes(CATALOGUE.entries().stream()
                .flatMap(entry -> CATALOGUE.newest(entry.namespace()).stream())
                .distinct()
                .toList());
        for (String root : List.of("person", "lifeStatus")) {
            assertNoCollision(shapes.element("urn:wasl:civil:1", root).orElseThrow());
        }
        for (String root : List.of("vehicle", "vehicles", "fines")) {
            assertNoCollision(shapes.element("urn:wasl:traffic:1", root).orElseThrow());
        }
        assertNoCollision(shapes.element("urn:wasl:property:1", "accounts").orElseThrow());
        assertNoCollision(shapes.element("urn:wasl:justice:1", "status").orElseThrow());
        assertNoCollision(shapes.element("urn:wasl:justice:1", "attachments").orElseThrow());
        assertNoCollision(shapes.element("urn:wasl:consolidated:1", "answer").orElseThrow());
        assertNoCollision(shapes.element("urn:wasl:registry:1", "registry").orElseThrow());
    }

    private static void assertNoCollision(Shape shape) {
        assertThat(Collections.disjoint(
                        shape.attributes().keySet(), shape.children().keySet()))
                .isTrue();
        assertThat(shape.attributes()).doesNotContainKey(JsonProjection.VALUE);
        shape.children().values().forEach(child -> assertNoCollision(child.shape()));
    }

    private static Stream<String> texts(JsonNode node) {
        if (node.isValueNode()) {
            return Stream.of(node.asText().strip());
        }
        Stream.Builder<JsonNode> children = Stream.builder();
        node.elements().forEachRemaining(children::add);
        return children.build().flatMap(JsonProjectionTest::texts);
    }

    private static JsonNode project(String sample) throws IOException {
        return PROJECTION.project(document(SAMPLES.resolve(sample)).getDocumentElement());
    }

    private static Document document(Path sample) throws IOException {
        return ((SchemaVerdict.Valid) CATALOGUE.validate(Files.readAllBytes(sample))).document();
    }
}
