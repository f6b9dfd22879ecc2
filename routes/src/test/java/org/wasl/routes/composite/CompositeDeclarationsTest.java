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
