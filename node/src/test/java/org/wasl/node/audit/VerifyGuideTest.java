package org.wasl.node.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The template of {@code VERIFY.md}. */
class VerifyGuideTest {

    @Test
    void filled_whenAFieldIsThere_keepsItsSection() {
        assertThat(VerifyGuide.filled(
                        "{{#stamp}}at {{stamp}}{{/stamp}}{{^stamp}}none{{/stamp}}.", Map.of("stamp", "$1")))
                .isEqualTo("at $1.");
    }

    @Test
    void filled_whenAFieldIsMissing_keepsTheOther() {
        assertThat(VerifyGuide.filled("{{#stamp}}at {{stamp}}{{/stamp}}{{^stamp}}none{{/stamp}}.", Map.of()))
                .isEqualTo("none.");
    }

    @Test
    void filled_whenSectionsAreNested_resolvesBoth() {
        String template = "{{^stamp}}none{{#checkpoint}} but a checkpoint{{/checkpoint}}{{/stamp}}";

        assertThat(VerifyGuide.filled(template, Map.of("checkpoint", "c"))).isEqualTo("none but a checkpoint");
        assertThat(VerifyGuide.filled(template, Map.of())).isEqualTo("none");
    }
}
