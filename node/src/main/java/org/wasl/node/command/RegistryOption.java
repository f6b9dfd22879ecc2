package org.wasl.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryReading;
import org.wasl.security.registry.RegistryXml;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which registry: the signed one of a data directory, or one in a file, a draft perhaps, that nobody need have signed. */
final class RegistryOption {

    private static final Duration TRIED_FOR = Duration.ofDays(36_500);

    @Mixin
    DataOption data = new DataOption();

    @Option(names = "--registry", paramLabel = "FILE", descriptionKey = "agreement.registry")
    @Nullable
    Path file;

    /** The registry; empty, and said why, when there is none. */
    Optional<Registry> read(Console console) {
        if (file == null) {
            return OfflineTrust.of(data.directory(), console).map(OfflineTrust::registry);
        }
        return draft(file, console);
    }

    /** A registry as a person wrote it, with dates under which it can be tried. */
    static Optional<Registry> draft(Path file, Console console) {
        return octets(file, console)
                .flatMap(octets -> usable(console, new RegistryXml(SchemaCatalogue.load()).readDraft(octets)));
    }

    /** The octets of a registry or an agreement; empty, and said why, when they cannot be read. */
    static Optional<byte[]> octets(Path file, Console console) {
        try {
            if (Files.size(file) > RegistryXml.MAX_OCTETS) {
                throw new IOException("larger than " + RegistryXml.MAX_OCTETS + " bytes");
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            console.note("error.file", file, Failures.reason(unreadable));
            return Optional.empty();
        }
    }

    static Optional<Registry> usable(Console console, RegistryReading reading) {
        if (reading instanceof RegistryReading.Refused refused) {
            console.note(
                    "error.registry",
                    refused.fault().code().wireCode(),
                    refused.fault().detail());
            return Optional.empty();
        }
        // A draft's own dates mean nothing: the authority gives it others when it signs.
        return Optional.of(
                ((RegistryReading.Readable) reading).registry().between(Instant.EPOCH, Instant.EPOCH.plus(TRIED_FOR)));
    }
}
