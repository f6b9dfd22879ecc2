package org.wasl.messagelog.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLogStoreTest extends AbstractLogStoreContractTest {

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("a log.db");
    }

    @Override
    protected LogStore openStore() throws Exception {
        return SqliteLogStore.open(file());
    }

    @Override
    protected LogSource openSource() throws Exception {
        return SqliteLogStore.openReadOnly(file());
    }

    @Test
    void open_whenNew_isReadableByItsOwnerOnly() throws Exception {
        assertThat(Files.getPosixFilePermissions(file())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void openReadOnly_whenThereIsNoLog_makesNone() {
        Path missing = directory.resolve("missing.db");

        assertThatThrownBy(() -> SqliteLogStore.openReadOnly(missing)).isInstanceOf(LogStoreException.class);
        assertThat(missing).doesNotExist();
    }
}
