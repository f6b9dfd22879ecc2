package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What {@code docs/composites.md} shows of undoing is what is shipped, and so what the end-to-end test runs. */
class UndoExampleTest {

    private static final Path ROOT = Path.of(System.getProperty("wasl.root"));

    @Test
    void example_ofTheDocumentation_isTheShippedDeclaration() throws IOException {
        String document = Files.readString(ROOT.resolve("docs/composites.md"), StandardCharsets.UTF_8);
        String shipped = Files.readString(
                ROOT.resolve("agencies/src/main/resources/org/wasl/packs/traffic-objection-appointment/composites/"
                        + "traffic-objection-appointment.yaml"),
                StandardCharsets.UTF_8);
        int from = document.indexOf("```yaml\n  - id: reserve");
        assertThat(from).isPositive();
        String example = document.substring(from + "```yaml\n".length(), document.indexOf("\n```", from + 8));
        assertThat(example).contains("undone.message-id");
        assertThat(shipped).contains(example);
    }
}
