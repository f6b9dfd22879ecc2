package org.wasl.connectors.declaration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Declarations in a directory: one folder for each agency, {@code *.yaml} and {@code *.xsl} inside.
 *
 * @param directory the directory
 */
public record DirectoryFiles(Path directory) implements DeclarationFiles {

    private static final int MAX_FILES = 1000;
    private static final int DEPTH = 2;

    @Override
    public List<String> declarations() throws IOException {
        try (Stream<Path> files = Files.walk(directory, DEPTH)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .limit(MAX_FILES)
                    .toList();
        }
    }

    @Override
    public String text(String name) throws IOException {
        Path file = directory.resolve(name).normalize();
        if (!file.startsWith(directory.normalize())) {
            throw new IOException("the file lies outside the declarations' directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            if (bytes.length > MAX_FILE_BYTES) {
                throw new IOException("the file is larger than " + MAX_FILE_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
