package org.wasl.bench.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.leaf.PreparedEntry;
import org.wasl.messagelog.merkle.CompactRange;
import org.wasl.messagelog.store.IndexedEntry;
import org.wasl.messagelog.store.LogRow;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.messagelog.store.TreeHead;
import org.wasl.messagelog.verify.ContainerCheck;
import org.wasl.messagelog.verify.LogVerdict;
import org.wasl.messagelog.verify.LogVerifier;
import org.wasl.messagelog.verify.VerificationPlan;
import org.wasl.security.container.MessageKind;

class LargeLogTest {

    private static final IndexKey KEY = IndexKey.of(new byte[32]);
    private static final int LEAVES = 1_101;

    @TempDir
    Path directory;

    private static List<LogRow> rows(LogSource source) throws Exception {
        List<LogRow> rows = new ArrayList<>();
        source.scan(0, LEAVES + 1, rows::add);
        return rows;
    }

    private Path grown() throws Exception {
        Path file = directory.resolve("grown.db");
        new LargeLog(KEY).grow(file, 500, count -> {});
        new LargeLog(KEY).grow(file, LEAVES, count -> {});
        return file;
    }

    @Test
    void grow_whenComparedWithAppendingOneByOne_makesTheSameLog() throws Exception {
        try (LogStore fast = SqliteLogStore.open(grown());
                LogStore slow = SqliteLogStore.open(directory.resolve("slow.db"))) {
            List<LogRow> rows = rows(fast);
            CompactRange tree = CompactRange.empty();
            for (LogRow row : rows) {
                tree.append(row.leafHash());
                PreparedEntry entry = new PreparedEntry(row.leaf(), row.payload(), row.subjectHash(), List.of());
                slow.append(List.of(new IndexedEntry(row.index(), entry, row.leafHash())), TreeHead.of(tree));
            }

            List<LogRow> same = rows(slow);
            assertThat(same).hasSize(LEAVES);
            for (int i = 0; i < LEAVES; i++) {
                assertThat(same.get(i)).usingRecursiveComparison().isEqualTo(rows.get(i));
            }
            assertThat(slow.head()).usingRecursiveComparison().isEqualTo(fast.head());
            for (LogStore store : List.of(fast, slow)) {
                assertThat(store.unanswered(MessageKind.REQUEST, Direction.RECEIVED, 0, 10))
                        .extracting(StoredMessage::index)
                        .containsExactly(LEAVES - 1L);
                assertThat(store.bySubject(KEY.subjectHash(LargeLog.subject(700)), 0, 10))
                        .extracting(StoredMessage::index)
                        .containsExactly(700L, 701L);
                assertThat(store.messages(LargeLog.messageId(1_000), 10)).hasSize(1);
            }
        }
    }

    @Test
    void grow_whenDone_leavesALogThatVerifies() throws Exception {
        try (LogSource source = SqliteLogStore.openReadOnly(grown())) {
            assertThat(new LogVerifier(VerificationPlan.of(ContainerCheck.NONE)).verify(source))
                    .isInstanceOf(LogVerdict.Intact.class);
        }
    }
}
