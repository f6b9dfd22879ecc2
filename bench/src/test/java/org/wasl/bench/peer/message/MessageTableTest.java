package org.wasl.bench.peer.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageTableTest {

    private static final int MESSAGES = 300;

    @TempDir
    private Path directory;

    @Test
    void store_whenEachCommitsAlone_keepsAllInOrder() throws Exception {
        try (MessageTable table = MessageTable.single(directory.resolve("single.db"))) {
            keepsAll(table);
        }
    }

    @Test
    void store_whenManyCommitTogether_keepsAllInOrder() throws Exception {
        try (MessageTable table = MessageTable.grouped(directory.resolve("grouped.db"))) {
            keepsAll(table);
        }
    }

    private static void keepsAll(MessageTable table) throws Exception {
        CompletableFuture.allOf(IntStream.range(0, MESSAGES)
                        .mapToObj(i -> table.store(new StoredMessage(
                                StoredMessage.SENT, "partner", "id-" + i, ("m" + i).getBytes(StandardCharsets.UTF_8))))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(table.count()).isEqualTo(MESSAGES);
        assertThat(table.octets(StoredMessage.SENT).get(MESSAGES - 1))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("m299");
        assertThat(table.octets(StoredMessage.RECEIVED)).isEmpty();
    }
}
