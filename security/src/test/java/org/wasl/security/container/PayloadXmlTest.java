package org.wasl.security.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wasl.security.container.TestWorld.utf8;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

class PayloadXmlTest {

    private static final String LEG = "JO/GOV/CSPD";
    private static final byte[] RECORD =
            utf8("<fault:fault xmlns:fault=\"urn:wasl:fault:1\"><not-this></not-this></fault:fault>");

    private final PayloadXml payloads = new PayloadXml(TestWorld.SCHEMAS);

    @Test
    void read_whenQuery_givesParametersInOrder() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("plateNumber", "12345");
        parameters.put("plateCode", "<&\"> \r\n أ");

        PayloadContent content = payloads.read(PayloadXml.query(parameters), LEG);

        assertThat(((PayloadContent.Query) content).parameters()).containsExactlyEntriesOf(parameters);
    }

    @Test
    void query_whenTwice_hasAFreshSaltEachTime() {
        assertThat(PayloadXml.query(Map.of("a", "b"))).isNotEqualTo(PayloadXml.query(Map.of("a", "b")));
    }

    @ParameterizedTest
    @EnumSource(FaultCode.class)
    void read_whenFaultOfAnyCode_saysTheSame(FaultCode code) {
        for (Stage stage : Stage.values()) {
            Fault fault = new Fault(code, stage, "JO/GOV/DVLD", "the rule <x> & its bound");
            assertThat(payloads.read(PayloadXml.fault(fault), LEG)).isEqualTo(new PayloadContent.Faulted(fault));
        }
    }

    @Test
    void read_whenFaultCodeIsOfANewerNode_keepsItInTheDetail() {
        Fault fault = new Fault(FaultCode.RECORD_NOT_FOUND, Stage.CONNECTOR, LEG, "why");
        byte[] payload = utf8(new String(PayloadXml.fault(fault), StandardCharsets.UTF_8)
                .replace("wasl.record.not-found", "wasl.record.moved"));

        Fault read = ((PayloadContent.Faulted) payloads.read(payload, LEG)).fault();

        assertThat(read.code()).isEqualTo(FaultCode.INTERNAL);
        assertThat(read.detail()).isEqualTo("wasl.record.moved at connector: why");
    }

    @Test
    void read_whenRecord_givesTheEmbeddedOctetsAgeAndCoverage() {
        byte[] record = Records.person();
        Instant asOf = Instant.parse("2026-11-20T08:09:10.123Z");

        PayloadContent content = payloads.read(PayloadXml.record(record, asOf, Coverage.INCOMPLETE), LEG);

        assertThat(content).isInstanceOf(PayloadContent.Record.class);
        PayloadContent.Record read = (PayloadContent.Record) content;
        assertThat(read.octets()).isEqualTo(record);
        assertThat(read.asOf()).isEqualTo(asOf);
        assertThat(read.coverage()).isEqualTo(Coverage.INCOMPLETE);
        assertThat(read.root().getOwnerDocument().getDocumentElement()).isSameAs(read.root());
        assertThat(read.root().getLocalName()).isEqualTo(read.name());
    }

    @Test
    void read_whenRecordHadADeclaration_dropsItAlone() {
        byte[] record = Records.person();
        byte[] declared =
                utf8("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + new String(record, StandardCharsets.UTF_8));

        PayloadContent.Record read =
                (PayloadContent.Record) payloads.read(PayloadXml.record(declared, null, Coverage.COMPLETE), LEG);

        assertThat(read.octets()).isEqualTo(record);
        assertThat(read.asOf()).isNull();
    }

    @Test
    void read_whenPayloadIsOfAForeignForm_serialisesTheRecord() {
        String record = new String(Records.person(), StandardCharsets.UTF_8);
        byte[] payload = utf8(
                "<payload salt='" + "0".repeat(64) + "' xmlns='urn:wasl:envelope:1'>\n " + record + "\n</payload>");

        PayloadContent.Record read = (PayloadContent.Record) payloads.read(payload, LEG);

        assertThat(new String(read.octets(), StandardCharsets.UTF_8))
                .startsWith("<")
                .doesNotContain("payload");
    }

    @Test
    void read_whenRecordBreaksItsSchema_isRefused() {
        PayloadContent content = payloads.read(PayloadXml.record(RECORD, null, Coverage.COMPLETE), LEG);
        assertThat(((PayloadContent.Refused) content).fault().code()).isEqualTo(FaultCode.SCHEMA_INVALID);
    }

    @Test
    void read_whenRecordIsOfNoKnownSchema_isRefused() {
        PayloadContent content = payloads.read(PayloadXml.record(utf8("<a></a>"), null, Coverage.COMPLETE), LEG);
        assertThat(((PayloadContent.Refused) content).fault().code()).isEqualTo(FaultCode.SCHEMA_INVALID);
    }

    @Test
    void read_whenRecordHoldsAComment_isRefused() {
        byte[] record = utf8("<!-- -->" + new String(Records.person(), StandardCharsets.UTF_8));
        PayloadContent content = payloads.read(PayloadXml.record(record, null, Coverage.COMPLETE), LEG);
        assertThat(((PayloadContent.Refused) content).fault().code()).isEqualTo(FaultCode.XML_FORBIDDEN_NODE);
    }

    @Test
    void read_whenDoctype_isRefused() {
        PayloadContent content = payloads.read(utf8("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), LEG);
        assertThat(((PayloadContent.Refused) content).fault().code()).isEqualTo(FaultCode.XML_DOCTYPE);
    }

    @Test
    void read_whenAParameterIsThereTwice_isRefused() {
        String one = "<env:parameter name=\"a\">1</env:parameter>";
        byte[] payload =
                utf8(new String(PayloadXml.query(Map.of("a", "1")), StandardCharsets.UTF_8).replace(one, one + one));
        PayloadContent content = payloads.read(payload, LEG);
        assertThat(((PayloadContent.Refused) content).fault().code()).isEqualTo(FaultCode.REQUEST_PARAMETER);
    }

    @Test
    void read_whenTheKindHoldsSomethingElse_isRefused() {
        TestWorld world = TestWorld.withKeys("EC");
        Container reply =
                world.signed(world.header(MessageKind.REPLY, "application/xml"), PayloadXml.query(Map.of("a", "1")));
        assertThat(((PayloadContent.Refused) payloads.read(reply)).fault().code())
                .isEqualTo(FaultCode.SCHEMA_INVALID);
    }

    @Test
    void read_whenTheContainerIsARequest_givesItsQuery() {
        TestWorld world = TestWorld.withKeys("EC");
        Container request =
                world.signed(world.header(MessageKind.REQUEST, "application/xml"), PayloadXml.query(Map.of("a", "1")));
        assertThat(payloads.read(request)).isEqualTo(new PayloadContent.Query(Map.of("a", "1")));
    }

    /** What a signer may write between the payload's tags: the record's octets are those, or say the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                " %s",
                "%s\n",
                "<![CDATA[]]>%s",
                "%s<![CDATA[]]>",
                "&#32;%s",
                "%s&#x20;",
            })
    void read_whenARecordIsEmbeddedInAnyWay_itsOctetsStandAloneAndSayTheSame(String around) {
        List<String> records = List.of(
                new String(Records.person(), StandardCharsets.UTF_8),
                "<person xmlns=\"urn:wasl:civil:1\"><status>ALIVE</status></person>",
                "<env:person xmlns:env=\"urn:wasl:civil:1\"><env:status>ALIVE</env:status></env:person>",
                "<c:person xmlns:c=\"urn:wasl:civil:1\"><c:status>ALIVE</c:status></c:person   >",
                "<c:person xmlns:c=\"urn:wasl:civil:1\"/>");
        for (String declared : List.of("", " xmlns:c=\"urn:wasl:civil:1\"", " xmlns:other=\"urn:a\"")) {
            for (String record : records) {
                String own =
                        declared.contains("xmlns:c=") ? record.replace(" xmlns:c=\"urn:wasl:civil:1\"", "") : record;
                byte[] payload = utf8("<env:payload xmlns:env=\"urn:wasl:envelope:1\" salt=\"" + "0".repeat(64) + "\""
                        + declared + ">" + around.replace("%s", own) + "</env:payload>");
                assertThat(payloads.read(payload, LEG)).isInstanceOfSatisfying(PayloadContent.Record.class, read -> {
                    XmlVerdict alone = HardenedXml.parse(read.octets(), XmlRules.WIRE);
                    assertThat(alone).isInstanceOf(XmlVerdict.Parsed.class);
                    Element root = ((XmlVerdict.Parsed) alone).document().getDocumentElement();
                    assertThat(HardenedXml.serialise(root)).isEqualTo(HardenedXml.serialise(read.root()));
                    assertThat(read.root().getOwnerDocument().getDocumentElement())
                            .isSameAs(read.root());
                });
            }
        }
    }
}
