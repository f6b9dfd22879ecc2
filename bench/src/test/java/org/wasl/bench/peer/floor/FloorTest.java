package org.wasl.bench.peer.floor;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.bench.peer.message.Calls;

class FloorTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void call_whenStarted_answersTheRecord(boolean durable) throws Exception {
        try (Floor floor = new Floor(durable)) {
            Calls.twenty(floor, directory);
        }
    }
}
