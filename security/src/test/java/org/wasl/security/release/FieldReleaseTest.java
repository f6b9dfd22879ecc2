package org.wasl.security.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.SchemaVerdict;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

class FieldReleaseTest {

    private static final String RECORD = "<r:person xmlns:r='urn:r' id='secret' synthetic='true'>text"
            + "<r:names n='1'><r:given lang='ar'>سلمى</r:given><r:family>B</r:family></r:names>"
            + "<r:names n='2'><r:given>C</r:given></r:names>"
            + "<r:birth><r:date>D</r:date></r:birth></r:person>";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "person/names/given | <r:names><r:given lang=\"ar\">سلمى</r:given></r:names><r:names><r:given>C</r:given></r:names>",
                "person/names/family | <r:names><r:family>B</r:family></r:names>",
                "person/birth | <r:birth><r:date>D</r:date></r:birth>",
                "person/birth/date,person/names/family | <r:names><r:family>B</r:family></r:names><r:birth><r:date>D</r:date></r:birth>",
                "person/birth/place | ''",
                "other/names | ''",
                "names | ''",
                "person/NAMES | ''"
            })
    void cut_whenPathsAreReleased_keepsThoseAndBareStructure(String paths, String inner) {
        String expected =
                "<r:person xmlns:r=\"urn:r\" synthetic=\"true\">" + (inner == null ? "" : inner) + "</r:person>";

        assertThat(released(RECORD, List.of(paths.split(",")))).isEqualTo(expected);
    }

    @Test
    void cut_whenTheRootIsReleased_keepsAllOfIt() {
        assertThat(released(RECORD, List.of("person")))
                .contains("id=\"secret\"")
                .contains(">text<")
                .contains("n=\"2\"");
    }

    @Test
    void cut_whenNothingIsReleased_keepsTheBareRoot() {
        assertThat(released(RECORD, List.of())).isEqualTo("<r:person xmlns:r=\"urn:r\" synthetic=\"true\"></r:person>");
    }

    @Test
    void cut_whenTheMarkIsNotOnTheRoot_dropsItLikeAnyAttribute() {
        assertThat(released("<a><b synthetic='true'><c>x</c></b></a>", List.of("a/b/c")))
                .isEqualTo("<a><b><c>x</c></b></a>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"<a>", "<!DOCTYPE a><a/>", "<a><!-- hidden --></a>"})
    void cut_whenTheRecordIsNotPlainXml_refuses(String record) {
        Cut cut = FieldRelease.cut(record.getBytes(StandardCharsets.UTF_8), List.of("a"));

        assertThat(cut).isInstanceOfSatisfying(Cut.Refused.class, refused -> assertThat(
                        refused.fault().code())
                .isEqualTo(FaultCode.RECORD_INVALID));
    }

    @Test
    void cut_whenThereAreTooManyPaths_refuses() {
        assertThatThrownBy(
                        () -> FieldRelease.cut(RECORD.getBytes(StandardCharsets.UTF_8), Collections.nCopies(257, "a")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void cut_whenARecordOfTheSharedSchemaIsCut_stillFollowsIt() {
        String record = "<civil:person xmlns:civil='urn:wasl:civil:1' xmlns:common='urn:wasl:common:1'>"
                + "<civil:identifier scheme='JO-NN'>2000000001</civil:identifier>"
                + "<civil:sex>FEMALE</civil:sex><civil:status>ALIVE</civil:status></civil:person>";
        SchemaCatalogue catalogue = SchemaCatalogue.load();
        assertThat(catalogue.validate(record.getBytes(StandardCharsets.UTF_8))).isInstanceOf(SchemaVerdict.Valid.class);

        String cut = released(record, List.of("person/identifier", "person/name"));

        assertThat(cut).contains("2000000001").doesNotContain("FEMALE").doesNotContain("ALIVE");
        assertThat(catalogue.validate(cut.getBytes(StandardCharsets.UTF_8))).isInstanceOf(SchemaVerdict.Valid.class);
    }

    /** Every text and attribute of a random record is a token of its own, so that whatever survives can be named. */
    @Test
    void cut_whenRecordsAndPathsAreRandom_onlyReleasedTokensSurvive() {
        Random random = new Random(20261121);
        for (int round = 0; round < 2_000; round++) {
            Map<String, String> tokens = new LinkedHashMap<>();
            StringBuilder record = new StringBuilder();
            element(random, record, "", 0, tokens);
            List<String> paths = new ArrayList<>(tokens.values().stream()
                    .filter(path -> random.nextInt(5) == 0)
                    .distinct()
                    .toList());

            String cut = released(record.toString(), paths);

            tokens.forEach((token, path) -> {
                boolean released = paths.stream().anyMatch(p -> path.equals(p) || path.startsWith(p + "/"));
                assertThat(cut.contains(token))
                        .as("%s at %s, released %s", token, path, paths)
                        .isEqualTo(released);
            });
            assertThat(HardenedXml.parse(cut.getBytes(StandardCharsets.UTF_8), XmlRules.WIRE))
                    .isInstanceOf(XmlVerdict.Parsed.class);
        }
    }

    private static void element(Random random, StringBuilder out, String above, int depth, Map<String, String> tokens) {
        String name = String.valueOf((char) ('a' + random.nextInt(4)));
        String path = above.isEmpty() ? name : above + "/" + name;
        out.append('<').append(name).append(" k='").append(token(path, tokens)).append("'>");
        out.append(token(path, tokens));
        int children = depth == 4 ? 0 : random.nextInt(4);
        for (int i = 0; i < children; i++) {
            element(random, out, path, depth + 1, tokens);
            out.append(token(path, tokens));
        }
        out.append("</").append(name).append('>');
    }

    private static String token(String path, Map<String, String> tokens) {
        String token = "[" + tokens.size() + "]";
        tokens.put(token, path);
        return token;
    }

    private static String released(String record, List<String> paths) {
        Cut cut = FieldRelease.cut(record.getBytes(StandardCharsets.UTF_8), paths);
        assertThat(cut).isInstanceOf(Cut.Released.class);
        return new String(((Cut.Released) cut).record(), StandardCharsets.UTF_8);
    }

    @Test
    void cut_whenTheRecordHasMoreElementsThanAMessageMay_saysThatItIsTooLarge() {
        String record = "<a xmlns='urn:x'>" + "<b></b>".repeat(20_000) + "</a>";
        Cut cut = FieldRelease.cut(record.getBytes(StandardCharsets.UTF_8), List.of("a"));
        Fault fault = ((Cut.Refused) cut).fault();
        assertThat(fault.code()).isEqualTo(FaultCode.BACKEND_OVERSIZED);
        assertThat(fault.detail()).contains("20000 elements and attributes");
    }
}
