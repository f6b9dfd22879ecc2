package org.wasl.security.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wasl.security.container.TestWorld.utf8;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.schemas.SchemaCatalogue;

/** What is read by template is what parser and schema read; the rest is theirs alone. */
class QueryTemplateTest {

    private static final PayloadXml PAYLOADS = new PayloadXml(SchemaCatalogue.load());
    private static final byte[] USUAL =
            PayloadXml.query(Map.of("nationalNumber", "9990045842", "plate-code_2", "it's 10".replace(' ', '-')));

    @Test
    void read_whenThePayloadIsUsual_takesTheShortWay() {
        assertThat(QueryTemplate.read(USUAL))
                .contains(Map.of("nationalNumber", "9990045842", "plate-code_2", "it's-10"));
        assertThat(QueryTemplate.read(PayloadXml.query(Map.of()))).contains(Map.of());
    }

    @Property(tries = 500)
    void read_whateverTheParameters_isAsParserAndSchemaReadThem(
            @ForAll @Size(max = 4) Map<@StringLength(max = 12) String, @StringLength(max = 30) String> given) {
        Map<String, String> parameters = new LinkedHashMap<>();
        given.forEach((name, value) -> parameters.put(xml(name), xml(value)));

        assertAgrees(PayloadXml.query(parameters));
    }

    @Property(tries = 2_000)
    void read_whenAnOctetIsAnother_isAsParserAndSchemaReadIt(
            @ForAll @IntRange(max = 10_000) int at, @ForAll byte octet) {
        byte[] altered = USUAL.clone();
        altered[at % altered.length] = octet;

        assertAgrees(altered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<env:parameter name=\"a\">1</env:parameter><env:parameter name=\"a\">2</env:parameter>",
                "<env:parameter name=\"a\"></env:parameter>",
                "<env:parameter name=\"a\"/>",
                "<env:parameter name='a'>1</env:parameter>",
                "<env:parameter name=\"1a\">1</env:parameter>",
                "<env:parameter name=\"a\">&#49;</env:parameter>",
                "<env:parameter name=\"a\">1</env:parameter><!-- -->",
                "<env:parameter name=\"a\">]]></env:parameter>",
                "<env:parameter name=\"a\">1</env:parameter> ",
                "<env:query></env:query>"
            })
    void read_whenWrittenOddly_isAsParserAndSchemaReadIt(String content) {
        assertAgrees(payload(content));
    }

    @Test
    void read_whenThereIsTooMuch_isAsParserAndSchemaReadIt() {
        assertAgrees(payload("<env:parameter name=\"a\">" + "1".repeat(1_000) + "</env:parameter>"));
        assertAgrees(payload("<env:parameter name=\"a\">" + "1".repeat(1_001) + "</env:parameter>"));
        assertAgrees(payload("<env:parameter name=\"" + "a".repeat(64) + "\">1</env:parameter>"));
        assertAgrees(payload("<env:parameter name=\"" + "a".repeat(65) + "\">1</env:parameter>"));
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 33; i++) {
            assertAgrees(payload(many.toString()));
            many.append("<env:parameter name=\"a").append(i).append("\">1</env:parameter>");
        }
        assertAgrees(payload(many.toString()));
    }

    private static void assertAgrees(byte[] payload) {
        QueryTemplate.read(payload).ifPresent(parameters -> assertThat(PAYLOADS.readInFull(payload, "leg"))
                .isInstanceOfSatisfying(PayloadContent.Query.class, query -> {
                    assertThat(query.assertion()).isNull();
                    assertThat(query.parameters()).containsExactlyEntriesOf(parameters);
                }));
    }

    private static byte[] payload(String content) {
        String start = new String(USUAL, StandardCharsets.UTF_8);
        return utf8(start.substring(0, start.indexOf("<env:query>")) + "<env:query>" + content
                + "</env:query></env:payload>");
    }

    /** Without what XML cannot carry at all. */
    private static String xml(String text) {
        return text.codePoints()
                .filter(point -> point >= ' ' && point < 0xD800 || point >= 0x10000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
