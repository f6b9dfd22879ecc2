package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.node.data.DataDirectory;

class NodeFileTest {

    private static final Path EXAMPLE = Path.of(System.getProperty("wasl.root"), "docker", "node.yaml");

    @TempDir
    private Path directory;

    @Test
    void example_whenRead_isRight() throws IOException {
        NodeFile example = NodeFile.read(EXAMPLE);

        assertThat(example.problems(false)).isEmpty();
        assertThat(example.data()).isEqualTo(Path.of("/data"));
        NodeSettings settings = example.settings(new DataDirectory(directory));
        assertThat(settings.portalPort()).isEqualTo(8080);
        assertThat(settings.agencyPort()).isEqualTo(8443);
        assertThat(settings.managementPort()).isEqualTo(8081);
        assertThat(settings.demonstration()).isFalse();
    }

    @Test
    void file_whenKeysAreMissingMisspeltOrForbidden_isRefusedByTheirNames() throws IOException {
        NodeFile file = file("""
                wasl:
                  brokre:
                    kind: STANDALONE
                  broker:
                    severs: [a:1]
                  trust:
                    demo-authority: true
                  samples:
                    enabled: true
                  connectors:
                    properties:
                      "[cspd.jdbc-url]": jdbc:h2:mem:x
                """);

        assertThat(file.problems(false))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("wasl.broker.severs[0] is no key"),
                        second -> assertThat(second).startsWith("wasl.brokre.kind is no key"),
                        third -> assertThat(third).startsWith("wasl.node.data is missing"),
                        fourth -> assertThat(fourth).startsWith("wasl.node.id is missing"),
                        fifth -> assertThat(fifth).startsWith("wasl.samples.enabled must not be true"),
                        sixth -> assertThat(sixth).startsWith("wasl.trust.demo-authority must not be true"));
        assertThat(file.problems(true)).noneMatch(problem -> problem.startsWith("wasl.node.data"));
    }

    @Test
    void file_whenAPortIsNone_isRefusedByItsKey() throws IOException {
        NodeFile file = file("management:\n  server:\n    port: many\n");

        assertThatThrownBy(() -> file.settings(new DataDirectory(directory)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("management.server.port");
    }

    @Test
    void file_whenItIsNoYaml_isRefused() {
        assertThatThrownBy(() -> file("wasl: [")).isInstanceOf(IllegalArgumentException.class);
    }

    private NodeFile file(String text) throws IOException {
        Path file = directory.resolve("node.yaml");
        Files.writeString(file, text, StandardCharsets.UTF_8);
        return NodeFile.read(file);
    }
}
