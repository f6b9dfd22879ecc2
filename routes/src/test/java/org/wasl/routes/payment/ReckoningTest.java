package org.wasl.routes.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.wasl.routes.composite.AnswerSources;
import org.wasl.routes.composite.CompositeDeclaration;
import org.wasl.routes.composite.CompositeDeclarations;
import org.wasl.routes.composite.DeclarationException;
import org.wasl.routes.payment.Reckoning.Reckoned;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

/** What the shipped rules find in an answer. */
class ReckoningTest {

    private static final Path RULES = Path.of(
            System.getProperty("wasl.root"),
            "agencies/src/main/resources/org/wasl/packs/joint-payment/payments/joint-payment.yaml");
    private static final Map<String, String> PREFIXES =
            Map.of("traffic", "urn:wasl:traffic:1", "property", "urn:wasl:property:1", "common", "urn:wasl:common:1");
    private static final Set<String> INPUTS = Set.of("nationalNumber", "plateCode", "plateNumber");
    private static final Map<String, String> ASKED = Map.of("nationalNumber", "9990000001");
    private static final Instant JANUARY = Instant.parse("2026-01-20T08:00:00Z");
    private static final Instant MARCH = Instant.parse("2026-03-01T08:00:00Z");
    private static final String LINES = "<property:accounts xmlns:property='urn:wasl:property:1'><property:account>"
            + "<property:number>PT00000012</property:number>"
            + "<property:line><property:year>2025</property:year><property:tax currency='JOD'>30.000</property:tax>"
            + "<property:balance currency='JOD'>44.138</property:balance></property:line>"
            + "<property:line><property:year>2026</property:year><property:tax currency='JOD'>26.755</property:tax>"
            + "<property:balance currency='JOD'>40.125</property:balance></property:line>"
            + "<property:line><property:year>2024</property:year><property:balance currency='JOD'>0.000</property:balance>"
            + "</property:line></property:account>"
            + "<property:totalDue currency='JOD'>84.263</property:totalDue></property:accounts>";
    private static final String TOTAL = "<property:accounts xmlns:property='urn:wasl:property:1'>"
            + "<property:totalDue currency='JOD'>84.263</property:totalDue></property:accounts>";

    private static PaymentRules rules() throws IOException {
        return rules(Files.readString(RULES));
    }

    private static PaymentRules rules(String yaml) {
        return PaymentRulesReader.read("joint-payment.yaml", yaml, PREFIXES, INPUTS);
    }

    private static CompositeDeclaration declaration(String fees) {
        String yaml = """
                service: JO/GOV/PORTAL/composer/property-clearance/v1
                name: {ar: براءة, en: Clearance}
                purpose: PROPERTY_CLEARANCE
                legal-basis: JO-BYLAW-CLEARANCE
                deadline: PT12S
                %s
                inputs:
                  - {name: nationalNumber, label: {ar: الرقم, en: Number}, pattern: "[0-9]{10}", subject: true}
                steps:
                  - id: accounts
                    service: JO/GOV/PTAX/property/property-account/v1
                    label: {ar: الضريبة, en: Tax}
                    parameters: {nationalNumber: request.nationalNumber}
                    deadline: PT8S
                    requires: exists(property:totalDue)
                    dues: property:totalDue
                """.formatted(fees);
        return CompositeDeclarations.read(Map.of("x.yaml", yaml))
                .find("property-clearance")
                .orElseThrow();
    }

    private static AnswerSources answer(String record, String totalDues) {
        String xml = "<consolidated:answer xmlns:consolidated='urn:wasl:consolidated:1'>"
                + "<consolidated:totalDues currency='JOD'>" + totalDues + "</consolidated:totalDues>"
                + "<consolidated:source><consolidated:step>accounts</consolidated:step>"
                + "<consolidated:service>JO/GOV/PTAX/property/property-account/v1</consolidated:service>"
                + "<consolidated:record>" + record + "</consolidated:record></consolidated:source>"
                + "</consolidated:answer>";
        XmlVerdict verdict = HardenedXml.parse(xml.getBytes(StandardCharsets.UTF_8), XmlRules.WIRE);
        assertThat(verdict).isInstanceOf(XmlVerdict.Parsed.class);
        Document document = ((XmlVerdict.Parsed) verdict).document();
        return AnswerSources.of(document.getDocumentElement());
    }

    private static List<OrderItem> items(Reckoned reckoned) {
        assertThat(reckoned).as(reckoned.toString()).isInstanceOf(Reckoned.Items.class);
        return ((Reckoned.Items) reckoned).items();
    }

    @Test
    void reckon_whenTheRecordTellsTheYears_itemisesThemAndTakesOffForThisYearOnly() throws IOException {
        Reckoned reckoned = new Reckoning(rules()).of(declaration(""), answer(LINES, "84.263"), ASKED, JANUARY);

        List<OrderItem> items = items(reckoned);
        assertThat(items).extracting(OrderItem::reference).containsExactly("PT00000012/2025", "PT00000012/2026");
        assertThat(items).extracting(item -> item.amount().toString()).containsExactly("44.138", "37.449");
        assertThat(items.get(0).discount()).isNull();
        assertThat(items.get(1).taken()).hasToString("2.676");
        assertThat(items.get(1).parameters()).isEqualTo(Map.of("account", "PT00000012", "year", "2026"));
        assertThat(items.get(1).settle()).hasToString("JO/GOV/PTAX/property/settle-year/v1");
        // Three days, as declared: the window ends later.
        assertThat(((Reckoned.Items) reckoned).payBy()).isEqualTo(JANUARY.plusSeconds(3 * 86_400));
    }

    @Test
    void reckon_whenTheWindowEndsBeforeTheOrder_endsWithIt() throws IOException {
        Instant lastDays = Instant.parse("2026-02-27T08:00:00Z");
        Reckoned reckoned = new Reckoning(rules()).of(declaration(""), answer(LINES, "84.263"), ASKED, lastDays);

        // Midnight in Amman, three hours before that of UTC.
        assertThat(((Reckoned.Items) reckoned).payBy()).isEqualTo(Instant.parse("2026-02-28T21:00:00Z"));
    }

    @Test
    void reckon_whenTheWindowHasEnded_takesNothingOff() throws IOException {
        assertThat(items(new Reckoning(rules()).of(declaration(""), answer(LINES, "84.263"), ASKED, MARCH)))
                .allMatch(item -> item.discount() == null);
    }

    @Test
    void reckon_whenOnlyTheTotalWasReleased_isOneItemOfThePerson() throws IOException {
        List<OrderItem> items =
                items(new Reckoning(rules()).of(declaration(""), answer(TOTAL, "84.263"), ASKED, JANUARY));

        assertThat(items).hasSize(1);
        assertThat(items.get(0).settle()).hasToString("JO/GOV/PTAX/property/settle-dues/v1");
        assertThat(items.get(0).parameters()).isEqualTo(ASKED);
    }

    @Test
    void reckon_whenTheServiceHasAFee_addsIt() throws IOException {
        String fee =
                "offer: {owner: JO/GOV/PTAX, description: {ar: وصف, en: About}, channels: [WEB], automated: [ANSWER],"
                        + " priority: {demand: 1, burden: 1, bodies: 1, value: 1, readiness: 1}, service-level: PT1M, fees:"
                        + " [{id: certificate, label: {ar: رسم, en: Fee}, amount: \"1.000\", currency: JOD}]}";
        List<OrderItem> items =
                items(new Reckoning(rules()).of(declaration(fee), answer(TOTAL, "84.263"), ASKED, JANUARY));

        assertThat(items).extracting(OrderItem::kind).containsExactly(OrderItem.Kind.DUE, OrderItem.Kind.FEE);
        assertThat(items.get(1).parameters()).isEqualTo(Map.of("fee", "property-clearance.certificate"));
    }

    @Test
    void reckon_whenTheItemsDoNotMakeTheTotal_makesNoOrder() throws IOException {
        assertThat(new Reckoning(rules()).of(declaration(""), answer(LINES, "84.264"), ASKED, JANUARY))
                .isInstanceOfSatisfying(
                        Reckoned.NotItemised.class,
                        not -> assertThat(not.detail()).contains("84.263").contains("84.264"));
    }

    @Test
    void reckon_whenNothingIsOwed_saysSo() throws IOException {
        assertThat(new Reckoning(rules())
                        .of(declaration(""), answer(TOTAL.replace("84.263", "0.000"), "0.000"), ASKED, JANUARY))
                .isInstanceOf(Reckoned.Nothing.class);
    }

    @Test
    void class_whenTheTotalIsSmall_hasFurtherChannels() throws IOException {
        PaymentRules rules = rules();

        assertThat(rules.channels(Fils.parse("150.000"))).contains("BANK", "WALLET");
        assertThat(rules.channels(Fils.parse("150.001"))).contains("BANK").doesNotContain("WALLET");
        assertThat(rules.small(Fils.parse("150.000"))).isTrue();
    }

    @Test
    void rules_whenWrong_areRefusedWithEveryLine() throws IOException {
        String yaml = Files.readString(RULES)
                .replace("percent: \"10\"", "percent: \"110\"")
                .replace("ceiling: \"150.000\"", "ceiling: \"150.00\"")
                .replace("due: property:balance", "due: property:[")
                .replace("answer-age: P1D", "answer-age: P99D");

        assertThatThrownBy(() -> rules(yaml))
                .isInstanceOfSatisfying(DeclarationException.class, wrong -> assertThat(wrong.problems())
                        .hasSize(4)
                        .allMatch(problem -> problem.startsWith("joint-payment.yaml:")));
    }
}
