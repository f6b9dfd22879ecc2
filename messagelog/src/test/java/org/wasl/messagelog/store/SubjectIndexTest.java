package org.wasl.messagelog.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.Entries;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.leaf.PreparedEntry;
import org.wasl.messagelog.merkle.CompactRange;
import org.wasl.messagelog.store.SubjectTiers.Shape;

/** The index of subjects, so small that a few thousand leaves fill five tiers. */
class SubjectIndexTest {

    private static final Shape SMALL = new Shape(4, 3, 5, 10);
    private static final IndexKey KEY = IndexKey.of(new byte[32]);
    private static final int PEOPLE = 40;

    @TempDir
    Path directory;

    private final Random random = new Random(5);
    private final TreeMap<Long, String> expected = new TreeMap<>();

    private SqliteLogStore open() throws LogStoreException {
        return SqliteLogStore.open(directory.resolve("small.db"), SMALL);
    }

    private void append(LogStore store, int count) throws LogStoreException {
        TreeHead head = store.head();
        CompactRange tree = CompactRange.restore(head.size(), head.frontier());
        List<IndexedEntry> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long index = tree.size();
            // One person is in every second leaf: more than a row of the index holds.
            String subject = "person-" + (random.nextBoolean() ? 0 : random.nextInt(PEOPLE));
            PreparedEntry entry = PreparedEntry.prepare(
                    Entries.about(Entries.request(Entries.PORTAL, Direction.SENT, UUID.randomUUID()), subject), KEY);
            byte[] hash = entry.leaf().hash(index);
            tree.append(hash);
            batch.add(new IndexedEntry(index, entry, hash));
            expected.put(index, subject);
        }
        assertThat(store.append(batch, TreeHead.of(tree))).isTrue();
    }

    private void eraseSome(LogStore store) throws LogStoreException {
        List<Long> chosen = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            chosen.add((long) random.nextInt((int) store.head().size()));
        }
        store.erase(chosen, Instant.EPOCH);
        chosen.forEach(expected::remove);
        assertThat(indexed((JdbcLogStore) store)).doesNotContainAnyElementsOf(chosen);
    }

    /** The leaves of all entries, wherever they stand. */
    private static List<Long> indexed(JdbcLogStore store) throws LogStoreException {
        List<Long> indices = new ArrayList<>();
        String sql = "SELECT entries FROM log_subject_block UNION ALL SELECT low FROM log_subject_block"
                + " UNION ALL SELECT merged_to FROM log_subject_tier WHERE merged_to IS NOT NULL";
        for (byte[] entries : store.select(sql, statement -> {}, row -> row.getBytes(1))) {
            for (int at = 0; at < entries.length; at += SubjectKeys.BYTES) {
                indices.add(SubjectKeys.index(entries, at));
            }
        }
        return indices;
    }

    private void assertFound(LogStore store) throws LogStoreException {
        long size = store.head().size();
        for (int person = 0; person < PEOPLE; person += 3) {
            byte[] hash = KEY.subjectHash("person-" + person);
            List<Long> all = about("person-" + person, 0, size);
            assertThat(store.bySubject(hash, 0, Integer.MAX_VALUE))
                    .extracting(StoredMessage::index)
                    .isEqualTo(all);
            long from = random.nextInt((int) size);
            assertThat(store.bySubject(hash, from, 4))
                    .extracting(StoredMessage::index)
                    .isEqualTo(about("person-" + person, from, size).stream()
                            .limit(4)
                            .toList());
            List<Long> newest = new ArrayList<>(about("person-" + person, 0, from));
            Collections.reverse(newest);
            assertThat(store.search(LogQuery.all().withSubjectHash(hash), from, Integer.MAX_VALUE))
                    .extracting(FoundLeaf::index)
                    .isEqualTo(newest);
        }
        assertThat(store.bySubject(KEY.subjectHash("nobody"), 0, 10)).isEmpty();
    }

    private List<Long> about(String subject, long from, long before) {
        return expected.subMap(from, before).entrySet().stream()
                .filter(leaf -> leaf.getValue().equals(subject))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void bySubject_whateverIsAppendedAndErased_findsExactlyWhatIsThere() throws Exception {
        for (int round = 0; round < 12; round++) {
            try (SqliteLogStore store = open()) {
                for (int i = 0; i < 12; i++) {
                    append(store, 1 + random.nextInt(i % 4 == 0 ? 60 : 5));
                    if (i % 3 == 0) {
                        eraseSome(store);
                    }
                }
                assertFound(store);
            }
        }
    }

    /** As after tables of an older version, or when somebody emptied the index to have it made again. */
    @Test
    void open_whenThereIsNoIndex_makesItWhole() throws Exception {
        try (SqliteLogStore store = open()) {
            append(store, 1_500);
            eraseSome(store);
            synchronized (store.writer()) {
                try (Statement statement = store.writer().createStatement()) {
                    statement.execute("DELETE FROM log_subject_block");
                    statement.execute("DELETE FROM log_subject_tier");
                }
            }
        }

        try (SqliteLogStore store = open()) {
            assertFound(store);
            append(store, 100);
            assertFound(store);
        }
    }

    /** The number of places to look into grows with the number of tiers. */
    @Test
    void spans_whenTheLogHasGrown_areFew() throws Exception {
        try (SqliteLogStore store = open()) {
            for (int i = 0; i < 1_000; i++) {
                append(store, 3);
                SubjectTiers tiers = SubjectTiers.read(store.writer(), SMALL);
                assertThat(tiers.spans(0, store.head().size()).size())
                        .isLessThanOrEqualTo(2 * SMALL.fanOut() * tiers.tiers().size() + 1);
                for (int tier = 1; tier < tiers.tiers().size(); tier++) {
                    assertThat(tiers.overdue(tier)).isFalse();
                }
            }
            assertThat(SubjectTiers.read(store.writer(), SMALL).tiers()).hasSizeGreaterThanOrEqualTo(6);
            assertFound(store);
        }
    }
}
