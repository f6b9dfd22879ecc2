package org.wasl.security.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {

    @TempDir
    private Path directory;

    @Test
    void obtain_whenAskedTwice_givesTheSameLongSecretInAPrivateFile() throws IOException {
        SecretFiles secrets = new SecretFiles(directory.resolve("secrets"));

        String first = secrets.obtain("tls-server");

        assertThat(first).hasSizeGreaterThanOrEqualTo(43);
        assertThat(secrets.obtain("tls-server")).isEqualTo(first);
        assertThat(secrets.obtain("another")).isNotEqualTo(first);
        assertThat(mode(directory.resolve("secrets"))).isEqualTo("rwx------");
        assertThat(mode(directory.resolve("secrets/tls-server"))).isEqualTo("rw-------");
    }

    @Test
    void read_whenOthersMayReadIt_refuses() throws IOException {
        SecretFiles secrets = new SecretFiles(directory);
        secrets.obtain("open");
        Files.setPosixFilePermissions(directory.resolve("open"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> secrets.read("open"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("others");
    }

    @Test
    void read_whenThereIsNone_saysSo() {
        assertThatThrownBy(() -> new SecretFiles(directory).read("absent")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void obtain_whenTheNameLeavesTheDirectory_refuses() {
        assertThatThrownBy(() -> new SecretFiles(directory).obtain("../x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void write_whenTheFileExists_replacesItWholeAndLeavesNothingBehind() throws IOException {
        Path file = directory.resolve("file");
        AtomicFile.write(file, "longer content".getBytes(StandardCharsets.UTF_8), Readers.OWNER);

        AtomicFile.write(file, "short".getBytes(StandardCharsets.UTF_8), Readers.EVERYBODY);

        assertThat(file).hasContent("short");
        assertThat(mode(file)).isEqualTo("rw-r--r--");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void read_whenTheFileIsLargerThanAllowed_refuses() throws IOException {
        Path file = directory.resolve("file");
        AtomicFile.write(file, new byte[11], Readers.OWNER);

        assertThat(AtomicFile.read(file, 11)).hasSize(11);
        assertThatThrownBy(() -> AtomicFile.read(file, 10)).isInstanceOf(IOException.class);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
