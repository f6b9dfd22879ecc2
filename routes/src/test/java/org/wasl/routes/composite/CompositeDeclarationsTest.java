package org.wasl.routes.composite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasl.routes.composite.CompositeDeclaration.Effect;
import org.wasl.routes.composite.CompositeDeclaration.Source;
import org.wasl.routes.composite.CompositeDeclaration.Step;

class CompositeDeclarationsTest {

    private static final String GOOD = """
            service: JO/GOV/PORTAL/composer/sample/v1
            name: {ar: عينة, en: Sample}
            purpose: SAMPLE
            legal-basis: JO-LAW-1
            deadline: PT8S
            inputs:
              - name: nationalNumber
                label: {ar: الرقم الوطني, en: National number}
                pattern: "[0-9]{10}"
                subject: true
            steps:
              - id: life
                service: JO/GOV/CSPD/registry/life-status/v1
                label: {ar: الحياة, en: Life status}
                parameters:
                  nationalNumber: request.nationalNumber
                deadline: PT3S
                requires: exists(civil:status)
                rules:
                  - when: civil:status = 'DECEASED'
                    effect: STOPS
                    reason: {ar: متوفى, en: Deceased}
              - id: fines
                service: JO/GOV/DVLD/fines/fines-of-person/v1
                label: {ar: المخالفات, en: Fines}
                parameters:
                  nationalNumber: "life: civil:identifier[@scheme = 'JO-NAT']"
                after: [life]
                required: false
                deadline: PT3S
                accepted-age: P1D
                requires: exists(traffic:fine)
                dues: traffic:fine/traffic:amount
            """;

    @Test
    void read_whenEverythingIsRight_givesTheGraph() {
        CompositeDeclaration declaration = CompositeDeclarations.read(Map.of("sample.yaml", GOOD))
                .find("sample")
                .orElseThrow();
        assertThat(declaration.deadline()).isEqualTo(Duration.ofSeconds(8));
        Step life = declaration.steps().get(0);
        Step fines = declaration.steps().get(1);
        assertThat(life.required()).isTrue();
        assertThat(life.rules()).singleElement().satisfies(rule -> assertThat(rule.effect())
                .isEqualTo(Effect.STOPS));
        assertThat(fines.required()).isFalse();
        assertThat(fines.predecessors()).containsExactly("life");
        assertThat(fines.parameters().get("nationalNumber")).isInstanceOf(Source.EarlierStep.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deadline: PT8S|deadline: PT0S|5: 'deadline': must be more than nothing",
                "deadline: PT8S|deadlin: PT8S|5: 'deadlin' is not known here",
                "service: JO/GOV/PORTAL/composer/sample/v1|service: JO/GOV/PORTAL/sample|1: 'service': a service's identifier",
                "effect: STOPS|effect: EXPLODES|21: 'effect': must be one of [BLOCKS, DEFERS, STOPS, WITHHOLDS]",
                "request.nationalNumber|request.passport|12: parameter 'nationalNumber' takes the input 'passport'",
                "after: [life]|after: [lif]|23: step 'fines' waits for 'lif', which is no step",
                "id: fines|id: life|23: step 'life' is declared twice",
                "civil:status = 'DECEASED'|civil:status =|20: 'when': not an XPath 3.1 expression",
                "civil:status = 'DECEASED'|nowhere:status = 1|20: 'when': not an XPath 3.1 expression",
                "'[0-9]{10}'|'[0-9'|9: 'pattern':",
                "accepted-age: P1D|accepted-age: PT0S|31: 'accepted-age': must be more than nothing",
                "accepted-age: P1D|stale-may-decide: true|23: 'stale-may-decide' without an 'accepted-age'",
                "en: Sample}|en: ''}|2: 'en': must have 1 to 300 characters",
            })
    void read_whenALineIsWrong_namesItAndSaysWhy(String right, String wrong, String problem) {
        String yaml =
                GOOD.replace('"', '\'').replace("life: civil:identifier[@scheme = 'JO-NAT']", "life: civil:identifier");
        assertThat(yaml).contains(right);
        DeclarationException refused = catchThrowableOfType(
                DeclarationException.class,
                () -> CompositeDeclarations.read(Map.of("sample.yaml", yaml.replace(right, wrong))));
        assertThat(refused.problems()).anySatisfy(found -> assertThat(found).startsWith("sample.yaml:" + problem));
    }

    private static final String OFFER = """
            offer:
              owner: JO/GOV/CSPD
              description: {ar: عينة, en: A sample}
              channels: [WEB, KIOSK]
              automated: [SUBMISSION, PAYMENT]
              priority: {demand: 5, burden: 4, bodies: 3, value: 2, readiness: 1}
              service-level: PT5M
              applications: {yearly: 1200, year: 2025, published: "2026-02-01", source: {ar: إحصاء, en: Count}, synthetic: true}
              fees:
                - {id: stamp, label: {ar: طابع, en: Stamp}, amount: "2.500", currency: JOD}
            """;

    @Test
    void read_whenAnOfferIsDeclared_knowsItExactly() {
        CompositeOffer offer = CompositeDeclarations.read(Map.of("sample.yaml", GOOD + OFFER))
                .find("sample")
                .orElseThrow()
                .offer();
        assertThat(offer.owner()).hasToString("JO/GOV/CSPD");
        assertThat(offer.channelsInOrder()).containsExactly(CompositeOffer.Channel.WEB, CompositeOffer.Channel.KIOSK);
        assertThat(offer.priorityInOrder()).containsEntry(CompositeOffer.Criterion.READINESS, 1);
        assertThat(offer.fees()).singleElement().satisfies(fee -> assertThat(fee.amount())
                .isEqualTo(new java.math.BigDecimal("2.500")));
        assertThat(offer.applications())
                .isEqualTo(new CompositeOffer.Applications(
                        1_200,
                        java.time.Year.of(2025),
                        java.time.LocalDate.of(2026, 2, 1),
                        new org.wasl.security.registry.Label("إحصاء", "Count"),
                        true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "amount: '2.500'|amount: 2.5|'amount': must be an amount with three decimals",
                "amount: '2.500'|amount: '-2.500'|'amount': must be an amount with three decimals",
                "WEB, KIOSK|WEB, FAX|'channels' lists, each once, any of [WEB, MOBILE, KIOSK, COUNTER]",
                "yearly: 1200|yearly: 0|'yearly': must be a number from 1 to 999999999",
                "published: '2026-02-01'|published: '2024-02-01'|'published' is before the year that was counted",
                "published: '2026-02-01', |''|'published' is missing",
                "synthetic: true|synthetic: perhaps|'synthetic': must be true or false",
                "demand: 5|demand: 6|'demand': must be a number from 1 to 5",
                "demand: 5, |''|'demand' is missing",
                "service-level: PT5M|service-level: PT0S|'service-level': must be more than nothing",
                "currency: JOD|currency: dinar|'currency': must be a currency's code",
                "owner: JO/GOV/CSPD|owner: CSPD|'owner':",
            })
    void read_whenAnOfferIsWrong_saysWhy(String right, String wrong, String problem) {
        String yaml = GOOD + OFFER.replace('"', '\'');
        assertThat(yaml).contains(right);
        DeclarationException refused = catchThrowableOfType(
                DeclarationException.class,
                () -> CompositeDeclarations.read(Map.of("sample.yaml", yaml.replace(right, wrong))));
        assertThat(refused.problems()).anySatisfy(found -> assertThat(found).contains(problem));
    }

    private static final String EACH = """
              - id: child
                service: JO/GOV/CSPD/registry/life-status/v1
                label: {ar: ولد, en: Child}
                parameters: {nationalNumber: "item: civil:identifier"}
                for-each: {step: life, items: civil:child, most: 4}
                deadline: PT3S
                requires: exists(civil:status)
              - id: twice
                service: JO/GOV/CSPD/registry/life-status/v1
                label: {ar: مقارنة, en: Comparison}
                parameters: {nationalNumber: constant.9990000000}
                ask-when: "life: civil:status = 'ALIVE'"
                deadline: PT3S
                requires: exists(civil:status)
                rules:
                  - when: $life/civil:status = civil:status
                    effect: BLOCKS
                    reason: {ar: متساوٍ, en: The same}
            """;

    @Test
    void read_whenStepsLookAtOthers_knowsWhatTheyWaitFor() {
        List<Step> steps = CompositeDeclarations.read(Map.of("sample.yaml", GOOD + EACH))
                .find("sample")
                .orElseThrow()
                .steps();
        assertThat(steps.get(2).predecessors()).containsExactly("life");
        assertThat(steps.get(2).parameters().get("nationalNumber")).isInstanceOf(Source.Item.class);
        assertThat(steps.get(3).records()).containsExactly("life");
        assertThat(steps.get(3).predecessors()).containsExactly("life");
        assertThat(steps.get(3).parameters()).containsValue(new Source.Constant("9990000000"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "most: 4|most: 33|'most': must be a number from 1 to 32",
                "step: life, items|step: lif, items|waits for 'lif', which is no step",
                "    for-each: {step: life, items: civil:child, most: 4}|    required: true|takes a value of the item, but the step has no 'for-each'",
                "$life/civil:status|$child/civil:status|looks at the record of 'child', which is asked for each of several items",
                "$life/civil:status|$lief/civil:status|'when': not an XPath 3.1 expression",
                "id: twice|id: item|a step cannot be named 'item'",
                "id: twice|id: nationalNumber|a step cannot be named 'nationalNumber'",
                "ask-when: \"life: civil:status = 'ALIVE'\"|ask-when: civil|'ask-when': must be 'STEP: condition over that step's record'",
            })
    void read_whenWhatAStepLooksAtIsWrong_saysWhy(String right, String wrong, String problem) {
        String yaml = GOOD + EACH;
        assertThat(yaml).contains(right);
        DeclarationException refused = catchThrowableOfType(
                DeclarationException.class,
                () -> CompositeDeclarations.read(Map.of("sample.yaml", yaml.replace(right, wrong))));
        assertThat(refused.problems()).anySatisfy(found -> assertThat(found).contains(problem));
    }

    @Test
    void read_whenStepsWaitForEachOther_namesThem() {
        String circle =
                GOOD.replace("deadline: PT3S\n    requires:", "deadline: PT3S\n    after: [fines]\n    requires:");
        DeclarationException refused = catchThrowableOfType(
                DeclarationException.class, () -> CompositeDeclarations.read(Map.of("sample.yaml", circle)));
        assertThat(refused.problems())
                .contains("sample.yaml:12: step 'life' waits, by way of others, for itself")
                .hasSize(2);
    }

    @Test
    void read_whenItIsNotYaml_namesTheLine() {
        DeclarationException refused = catchThrowableOfType(
                DeclarationException.class,
                () -> CompositeDeclarations.read(Map.of("broken.yaml", "service: [unclosed\nname: x")));
        assertThat(refused.problems()).singleElement().asString().startsWith("broken.yaml:2: not YAML");
    }

    @Test
    void read_whenTwoFilesDeclareTheSame_namesTheSecond() {
        Map<String, String> both = new java.util.LinkedHashMap<>();
        both.put("a.yaml", GOOD);
        both.put("b.yaml", GOOD);
        DeclarationException refused =
                catchThrowableOfType(DeclarationException.class, () -> CompositeDeclarations.read(both));
        assertThat(refused.problems()).isEqualTo(List.of("b.yaml:1: another file declares 'sample' too"));
    }

    @Test
    void compile_whenAnExpressionReadsFiles_evaluatesToNothingOrIsRefused() {
        RecordExpression expression = RecordExpression.compile("unparsed-text('file:///etc/hostname')", Set.of());
        assertThat(catchThrowableOfType(
                        ExpressionFailedException.class, () -> expression.value(Records.root("<a/>"), Map.of())))
                .isNotNull();
        RecordExpression document = RecordExpression.compile("doc('file:///etc/hostname')", Set.of());
        assertThat(catchThrowableOfType(
                        ExpressionFailedException.class, () -> document.value(Records.root("<a/>"), Map.of())))
                .isNotNull();
    }

    @Test
    void evaluate_whenARecordsValueDoesNotFit_failsWithoutRepeatingIt() {
        RecordExpression sum = RecordExpression.compile("dues", Set.of());
        RecordExpression comparison = RecordExpression.compile("dues > 0", Set.of());
        var record = Records.root("<a><dues>private words</dues></a>");
        for (ExpressionFailedException failed : List.of(
                catchThrowableOfType(ExpressionFailedException.class, () -> sum.sum(record, Map.of())),
                catchThrowableOfType(ExpressionFailedException.class, () -> comparison.holds(record, Map.of())))) {
            assertThat(failed).hasMessageContaining("dues").hasNoCause();
            assertThat(failed.getMessage()).doesNotContain("private");
        }
    }
}
