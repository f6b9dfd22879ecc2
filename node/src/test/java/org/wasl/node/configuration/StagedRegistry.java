package org.wasl.node.configuration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.registry.RegistryXml;
import org.wasl.security.registry.SignedRegistry;

/** Signs the next registry apart from a running node, so that publishing it is no more than putting two files there. */
final class StagedRegistry {

    private static final List<String> NEEDED = List.of("authority", "registry", "keys", "clients", "tls", "secrets");

    private final Path directory;
    private final String draft;

    private StagedRegistry(Path directory, String draft) {
        this.directory = directory;
        this.draft = draft;
    }

    /** Copies what the demonstration's authority needs. */
    static StagedRegistry copyOf(Path live, Path directory) throws IOException {
        for (String part : NEEDED) {
            if (!Files.isDirectory(live.resolve(part))) {
                continue;
            }
            try (Stream<Path> files = Files.walk(live.resolve(part))) {
                for (Path file : files.toList()) {
                    Path copy = directory.resolve(live.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(copy);
                    } else {
                        Files.copy(file, copy);
                    }
                }
            }
        }
        String draft = Files.readString(live.resolve("authority/draft.xml"), StandardCharsets.UTF_8);
        return new StagedRegistry(directory, draft);
    }

    /** Signs the draft as it then is, as the next version. */
    void draft(UnaryOperator<String> change) throws IOException, GeneralSecurityException {
        RegistryXml xml = new RegistryXml(SchemaCatalogue.load());
        new DemoAuthority(new TrustFiles(directory), xml, DemoAuthority.EXAMPLE_PUBLICATION, Clock.systemUTC())
                .establish(change.apply(draft).getBytes(StandardCharsets.UTF_8));
    }

    /** Puts what was signed where the node looks. */
    void publish(Path live) throws IOException {
        SignedRegistry.read(new TrustFiles(directory).registry()).write(new TrustFiles(live).registry());
    }
}
