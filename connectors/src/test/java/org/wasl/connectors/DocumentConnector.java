package org.wasl.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wasl.connectors.check.CheckReport;
import org.wasl.connectors.check.ConnectorCheck;
import org.wasl.connectors.declaration.ConnectorDeclarations;
import org.wasl.connectors.declaration.DirectoryFiles;
import org.wasl.connectors.declaration.InvalidDeclarationsException;
import org.wasl.schemas.fault.Fault;

/** One declared connector of documents. */
final class DocumentConnector implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SampleConnectors connectors;
    private final String service;

    private DocumentConnector(SampleConnectors connectors, String service) {
        this.connectors = connectors;
        this.service = service;
    }

    /** The example of the module's README that begins with this line. */
    static String example(String beginning) {
        Path readme = Path.of(System.getProperty("wasl.root"), "connectors", "README.md");
        try {
            String text = Files.readString(readme, StandardCharsets.UTF_8);
            int from = text.indexOf("```yaml\n" + beginning);
            return text.substring(from + "```yaml\n".length(), text.indexOf("\n```", from) + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("the module's README cannot be read", e);
        }
    }

    /** As the declaration in that text says; whatever it needs beside is in the directory. */
    static DocumentConnector declared(
            Path directory, String text, Map<String, String> properties, String secret, DocumentSpool spool) {
        try {
            Path agency = Files.createDirectories(directory.resolve("DLS"));
            Files.writeString(agency.resolve("plan.yaml"), text, StandardCharsets.UTF_8);
            var declarations = ConnectorDeclarations.read(new DirectoryFiles(directory), properties);
            return new DocumentConnector(
                    new SampleConnectors(declarations, spool, name -> Optional.of(secret)),
                    declarations.get(0).service().toString());
        } catch (IOException | InvalidDeclarationsException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    ConnectorResult ask(String number) {
        return ask(number, PATIENCE);
    }

    ConnectorResult ask(String number, Duration patience) {
        return connectors.ask(service, Map.of("number", number), patience);
    }

    Fault fault(String number) {
        ConnectorResult result = ask(number);
        assertThat(result).isInstanceOf(ConnectorResult.Failed.class);
        return ((ConnectorResult.Failed) result).fault();
    }

    CheckReport check() {
        String name = List.copyOf(connectors.connectors().names()).get(0);
        return new ConnectorCheck(Clock.systemUTC())
                .run(connectors.connectors().named(name).orElseThrow(), Map.of());
    }

    @Override
    public void close() {
        connectors.close();
    }
}
