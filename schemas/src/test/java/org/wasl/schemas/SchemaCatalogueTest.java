package org.wasl.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.xml.GrammarVerdict;
import org.wasl.schemas.xml.Violation;
import org.wasl.schemas.xml.XmlRules;

class SchemaCatalogueTest {

    private static final SchemaCatalogue CATALOGUE = SchemaCatalogue.load();
    private static final String CIVIL = "urn:wasl:civil:1";

    @Test
    void compileAll_whenLoaded_everySchemaCompiles() {
        CATALOGUE.compileAll();

        assertThat(CATALOGUE.entries())
                .hasSizeGreaterThanOrEqualTo(11)
                .allSatisfy(entry -> assertThat(CATALOGUE.grammar(entry)).isSameAs(CATALOGUE.grammar(entry)));
    }

    @Test
    void entries_whenListed_nameEveryDocumentOfTheFolder() throws IOException {
        Path folder = Path.of(System.getProperty("wasl.root"), "schemas/src/main/resources/org/wasl/schemas/xsd");
        try (Stream<Path> files = Files.list(folder)) {
            List<String> documents = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".xsd"))
                    .toList();
            assertThat(CATALOGUE.entries())
                    .extracting(SchemaEntry::fileName)
                    .containsExactlyInAnyOrderElementsOf(documents);
        }
    }

    @Test
    void entries_whenListed_haveTitlesInBothLanguages() {
        assertThat(CATALOGUE.entries()).allSatisfy(entry -> {
            assertThat(entry.english()).isNotBlank();
            assertThat(entry.arabic()).matches(".*\\p{IsArabic}.*");
        });
    }

    @Test
    void find_whenVersionIsKnown_givesThatSchemaAndNewestTheLatest() {
        assertThat(CATALOGUE.find(CIVIL, "1.0")).map(SchemaEntry::fileName).hasValue("civil-1.0.xsd");
        assertThat(CATALOGUE.newest(CIVIL)).map(SchemaEntry::fileName).hasValue("civil-1.1.xsd");
        assertThat(CATALOGUE.find(CIVIL, "1.9")).isEmpty();
        assertThat(CATALOGUE.find("urn:wasl:nothing:1", "1.0")).isEmpty();
        assertThat(CATALOGUE.newest("urn:wasl:nothing:1")).isEmpty();
    }

    @Test
    void validate_whenNamespaceIsUnknown_saysSchemaUnknown() {
        assertInvalid(validate("<a xmlns='urn:elsewhere'/>"), FaultCode.SCHEMA_UNKNOWN, "unknown-schema");
        assertInvalid(validate("<a/>"), FaultCode.SCHEMA_UNKNOWN, "unknown-schema");
        assertInvalid(
                CATALOGUE.validate(octets("<person xmlns='urn:wasl:civil:1'/>"), CIVIL, "1.9"),
                FaultCode.SCHEMA_UNKNOWN,
                "unknown-schema");
    }

    @Test
    void validate_whenRootIsOfAnotherNamespaceThanAsked_saysSchemaInvalid() {
        assertInvalid(
                CATALOGUE.validate(octets("<fines xmlns='urn:wasl:traffic:1'/>"), CIVIL, "1.0"),
                FaultCode.SCHEMA_INVALID,
                "unknown-root");
    }

    @Test
    void validate_whenMinorIsAsked_knowsNothingOfLaterElements() {
        byte[] later = octets("<person xmlns='urn:wasl:civil:1'><residencePermit/></person>");

        assertThat(CATALOGUE.validate(later)).isInstanceOf(SchemaVerdict.Valid.class);
        assertThat(CATALOGUE.validate(later, CIVIL, "1.1")).isInstanceOf(SchemaVerdict.Valid.class);
        assertInvalid(CATALOGUE.validate(later, CIVIL, "1.0"), FaultCode.SCHEMA_INVALID, "unexpected-element");
    }

    @Test
    void validate_whenXmlIsRefused_carriesTheXmlCode() {
        assertInvalid(validate("<person"), FaultCode.XML_MALFORMED, "xml");
        assertInvalid(validate("<!DOCTYPE a><a/>"), FaultCode.XML_DOCTYPE, "xml");
        assertInvalid(
                validate("<person xmlns='urn:wasl:civil:1'><!-- --></person>"), FaultCode.XML_FORBIDDEN_NODE, "xml");
        assertInvalid(
                CATALOGUE.validate(octets("<person xmlns='urn:wasl:civil:1'/>"), XmlRules.WIRE.withMaxOctets(8)),
                FaultCode.XML_LIMIT,
                "xml");
    }

    @Test
    void validate_whenMalformedAfterAViolation_carriesTheXmlCode() {
        assertInvalid(validate("<person xmlns='urn:wasl:civil:1'><nothing/>"), FaultCode.XML_MALFORMED, "xml");
    }

    @Test
    void validate_whenDocumentBendsItsSchema_refuses() {
        String xsi = "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'";
        for (String attribute : List.of(
                "xsi:schemaLocation='urn:wasl:civil:1 http://127.0.0.1:1/x.xsd'",
                "xsi:noNamespaceSchemaLocation='file:///etc/passwd'",
                "xsi:nil='true'")) {
            assertInvalid(
                    validate("<person xmlns='urn:wasl:civil:1' " + xsi + " " + attribute + "/>"),
                    FaultCode.SCHEMA_INVALID,
                    "schema-instance");
        }
    }

    @Test
    void validate_whenValueIsWrong_namesPathRuleAndPlaceButNeverTheValue() {
        SchemaVerdict verdict = validate("""
                <c:person xmlns:c='urn:wasl:civil:1' xmlns:k='urn:wasl:common:1'>
                  <c:birth><c:date precision='DAY'><k:gregorian>9991234567' is secret</k:gregorian></c:date></c:birth>
                </c:person>""");

        Violation violation = ((SchemaVerdict.Invalid) verdict).violations().get(0);
        assertThat(violation.path()).isEqualTo("/civil:person/civil:birth/civil:date/common:gregorian");
        assertThat(violation.rule()).isEqualTo("datatype");
        assertThat(violation.line()).isEqualTo(2);
        assertThat(violation.column()).isPositive();
        assertThat(verdict.toString()).doesNotContain("999123").doesNotContain("secret");
    }

    @Test
    void validate_whenValueImitatesTheValidatorsMessage_stillDoesNotEchoIt() {
        String value = "SECRET' is not facet-valid with respect to pattern 'x' for type 'y'.";
        SchemaVerdict verdict = validate("<c:person xmlns:c='urn:wasl:civil:1'><c:identifier scheme='JO-NAT'>"
                + value.replace("'", "&apos;") + "</c:identifier></c:person>");

        assertThat(((SchemaVerdict.Invalid) verdict).violations())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.rule()).isEqualTo("pattern");
                    assertThat(violation.message()).doesNotContain("SECRET").contains("[A-Za-z0-9]");
                });
    }

    @Test
    void validate_whenAttributeIsWrong_pathEndsInTheAttribute() {
        SchemaVerdict verdict = validate("""
                <t:fines xmlns:t='urn:wasl:traffic:1'>
                  <t:fine/>
                  <t:fine><t:amount currency='dinar'>50.000</t:amount></t:fine>
                </t:fines>""");

        assertThat(((SchemaVerdict.Invalid) verdict).violations())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.path()).isEqualTo("/traffic:fines/traffic:fine[2]/traffic:amount/@currency");
                    assertThat(violation.rule()).isEqualTo("pattern");
                });
    }

    @Test
    void validate_whenViolationsAbound_boundsTheirNumber() {
        String fine = "<t:fine><t:amount currency='JOD'>five</t:amount></t:fine>";
        SchemaVerdict verdict = validate("<t:fines xmlns:t='urn:wasl:traffic:1'>" + fine.repeat(500) + "</t:fines>");

        assertThat(((SchemaVerdict.Invalid) verdict).violations()).hasSize(GrammarVerdict.MAX_VIOLATIONS);
        assertThat(((SchemaVerdict.Invalid) verdict)
                        .toFault(Stage.VALIDATE, "JO/GOV/DVLD")
                        .detail())
                .contains("and 19 more")
                .doesNotContain("five");
    }

    @Test
    void validate_whenPayloadCarriesARecordOfAnySchema_checksTheRecordToo() {
        String salt = "0".repeat(64);
        String start = "<e:payload xmlns:e='urn:wasl:envelope:1' salt='" + salt + "'>";

        for (String record : List.of(
                "<c:person xmlns:c='urn:wasl:civil:1'><c:residencePermit/></c:person>",
                "<t:vehicles xmlns:t='urn:wasl:traffic:1'/>",
                "<p:accounts xmlns:p='urn:wasl:property:1'/>",
                "<j:status xmlns:j='urn:wasl:justice:1'/>",
                "<e:query><e:parameter name='nationalNumber'>9901012345</e:parameter></e:query>")) {
            assertThat(validate(start + record + "</e:payload>")).isInstanceOf(SchemaVerdict.Valid.class);
        }
        assertInvalid(
                validate(start + "<x xmlns='urn:elsewhere'/></e:payload>"),
                FaultCode.SCHEMA_INVALID,
                "unknown-element");
        SchemaVerdict verdict = validate(
                start + "<j:status xmlns:j='urn:wasl:justice:1'><j:result>OK</j:result></j:status></e:payload>");
        assertThat(((SchemaVerdict.Invalid) verdict).violations().get(0).path())
                .isEqualTo("/env:payload/justice:status/justice:result");
    }

    @Test
    void validate_whenCalledByManyThreads_answersEachRightly() {
        byte[] good = octets("<person xmlns='urn:wasl:civil:1'><status>ALIVE</status></person>");
        byte[] bad = octets("<person xmlns='urn:wasl:civil:1'><status>ASLEEP</status></person>");

        assertThat(IntStream.range(0, 2_000)
                        .parallel()
                        .allMatch(i -> i % 3 == 0
                                ? CATALOGUE.validate(bad) instanceof SchemaVerdict.Invalid
                                : CATALOGUE.validate(good) instanceof SchemaVerdict.Valid))
                .isTrue();
    }

    private static SchemaVerdict validate(String xml) {
        return CATALOGUE.validate(octets(xml));
    }

    private static byte[] octets(String xml) {
        return xml.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertInvalid(SchemaVerdict verdict, FaultCode code, String rule) {
        assertThat(verdict).isInstanceOfSatisfying(SchemaVerdict.Invalid.class, invalid -> {
            assertThat(invalid.code()).isEqualTo(code);
            assertThat(invalid.violations().get(0).rule()).isEqualTo(rule);
        });
    }
}
