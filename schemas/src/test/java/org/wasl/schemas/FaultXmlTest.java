package org.wasl.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

class FaultXmlTest {

    private static final SchemaCatalogue CATALOGUE = SchemaCatalogue.load();

    @ParameterizedTest
    @EnumSource(FaultCode.class)
    void write_whenAnyCode_isValidAndReadsBack(FaultCode code) {
        Stage stage = Stage.values()[code.ordinal() % Stage.values().length];
        Fault fault = new Fault(code, stage, "JO/GOV/CSPD", "the rule <a> & \"b\" does not hold: قاعدة");

        SchemaVerdict verdict = CATALOGUE.validate(octets(FaultXml.write(fault)));

        assertThat(verdict).isInstanceOf(SchemaVerdict.Valid.class);
        assertThat(FaultXml.read(((SchemaVerdict.Valid) verdict).document().getDocumentElement()))
                .hasValue(fault);
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void write_whenAnyStage_isValid(Stage stage) {
        assertValid(new Fault(FaultCode.INTERNAL, stage, "", ""));
    }

    @Test
    void write_whenTextIsHostile_isStillValid() {
        String hostile = "\u0000\u0007\uD83D \uDE00 \uFFFE \u202Eabc ]]> " + "\uD83D\uDE00".repeat(600);
        assertValid(new Fault(FaultCode.INTERNAL, Stage.OPEN, hostile, hostile));
    }

    @Test
    void write_whenSerialisedAgain_isCanonicalAlready() {
        String xml = FaultXml.write(new Fault(FaultCode.RECORD_NOT_FOUND, Stage.CONNECTOR, "JO/GOV/DVLD", "none"));
        XmlVerdict.Parsed parsed = (XmlVerdict.Parsed) HardenedXml.parse(octets(xml), XmlRules.WIRE);

        assertThat(HardenedXml.serialise(parsed.document().getDocumentElement()))
                .isEqualTo(octets(xml));
    }

    @Test
    void read_whenCodeIsOfALaterRelease_isEmpty() {
        String xml = FaultXml.write(new Fault(FaultCode.INTERNAL, Stage.OPEN, "", ""))
                .replace("wasl.node.internal", "wasl.node.unheard-of");

        SchemaVerdict verdict = CATALOGUE.validate(octets(xml));

        assertThat(FaultXml.read(((SchemaVerdict.Valid) verdict).document().getDocumentElement()))
                .isEmpty();
    }

    private static void assertValid(Fault fault) {
        assertThat(CATALOGUE.validate(octets(FaultXml.write(fault)))).isInstanceOf(SchemaVerdict.Valid.class);
    }

    private static byte[] octets(String xml) {
        return xml.getBytes(StandardCharsets.UTF_8);
    }
}
