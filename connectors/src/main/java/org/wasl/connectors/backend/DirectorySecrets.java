package org.wasl.connectors.backend;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Secrets in a directory, one to a file.
 *
 * @param directory the directory; readable by the node only
 */
public record DirectorySecrets(Path directory) implements Secrets {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final int MAX_BYTES = 16 * 1024;

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException when the file is there but cannot be read
     */
    @Override
    public Optional<String> secret(String name) {
        Path file = directory.resolve(name);
        if (!NAME.matcher(name).matches() || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("a secret cannot be read", e);
        }
    }
}
