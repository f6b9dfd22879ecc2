package org.wasl.messagelog.leaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexKeyTest {

    @TempDir
    Path directory;

    @Test
    void loadOrCreate_whenAbsent_makesAKeyForItsOwnerOnlyAndFindsItAgain() throws Exception {
        Path file = directory.resolve("index.key");

        IndexKey made = IndexKey.loadOrCreate(file);
        IndexKey found = IndexKey.loadOrCreate(file);

        assertThat(found.subjectHash("9801012345")).isEqualTo(made.subjectHash("9801012345"));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void load_whenOthersMayReadIt_isRefused() throws Exception {
        Path file = directory.resolve("index.key");
        IndexKey.loadOrCreate(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> IndexKey.load(file)).isInstanceOf(IOException.class);
    }

    @Test
    void load_whenNoKey_isRefused() throws Exception {
        Path file = Files.createFile(
                directory.resolve("index.key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));

        assertThatThrownBy(() -> IndexKey.load(file)).isInstanceOf(IOException.class);
        Files.writeString(file, "00ff");
        assertThatThrownBy(() -> IndexKey.load(file)).isInstanceOf(IOException.class);
    }
}
