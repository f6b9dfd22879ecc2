package org.wasl.messagelog.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.wasl.messagelog.Entries.PORTAL;
import static org.wasl.messagelog.verify.DamageKind.ALTERED_CONTAINER;
import static org.wasl.messagelog.verify.DamageKind.ALTERED_LEAF;
import static org.wasl.messagelog.verify.DamageKind.EXTRA_LEAF;
import static org.wasl.messagelog.verify.DamageKind.FORKED;
import static org.wasl.messagelog.verify.DamageKind.MISSING_CONTAINER;
import static org.wasl.messagelog.verify.DamageKind.MISSING_LEAF;
import static org.wasl.messagelog.verify.DamageKind.REORDERED_LEAF;
import static org.wasl.messagelog.verify.DamageKind.ROLLED_BACK;
import static org.wasl.messagelog.verify.DamageKind.ROOT_MISMATCH;
import static org.wasl.messagelog.verify.DamageKind.TRUNCATED;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.Entries;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.leaf.PreparedEntry;
import org.wasl.messagelog.merkle.CompactRange;
import org.wasl.messagelog.store.CommitMark;
import org.wasl.messagelog.store.IndexedEntry;
import org.wasl.messagelog.store.LogRow;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.messagelog.store.TreeHead;
import org.wasl.security.certificate.RevocationEvidence;

class LogVerifierTest {

    private static final int LEAVES = 20;
    private static final int PAGE_BYTES = 4_096;
    private static final IndexKey KEY = IndexKey.of(new byte[32]);

    @TempDir
    Path directory;

    private byte[] root = new byte[0];

    private Path file() {
        return directory.resolve("wasl.db");
    }

    private static GroupCommitMessageLog open(Path file) throws Exception {
        return GroupCommitMessageLog.open(SqliteLogStore.open(file), KEY, LogSettings.defaults(), cause -> {});
    }

    private static void append(GroupCommitMessageLog log) {
        log.append(Entries.request(PORTAL, Direction.SENT, UUID.randomUUID())).join();
    }

    @BeforeEach
    void fillLog() throws Exception {
        try (GroupCommitMessageLog log = open(file())) {
            for (int i = 0; i < LEAVES; i++) {
                append(log);
            }
            root = log.root();
        }
    }

    private void execute(String... statements) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static LogVerdict verify(Path file, ContainerCheck check, CommitMark... known) throws Exception {
        try (LogSource source = SqliteLogStore.openReadOnly(file)) {
            return new LogVerifier(VerificationPlan.of(check)
                            .comparedWith(Arrays.stream(known)
                                    .map(mark -> KeptCheckpoint.of(mark.size(), mark.root()))
                                    .toList()))
                    .verify(source);
        }
    }

    private LogVerdict verify() throws Exception {
        return verify(file(), ContainerCheck.NONE);
    }

    private static void assertFirst(LogVerdict verdict, DamageKind kind, long index) {
        assertThat(verdict).isInstanceOfSatisfying(LogVerdict.Damaged.class, damaged -> {
            assertThat(damaged.first().kind()).as(damaged.toString()).isEqualTo(kind);
            assertThat(damaged.first().index()).as(damaged.toString()).isEqualTo(index);
        });
    }

    @Test
    void verify_whenUntouched_isIntact() throws Exception {
        List<Long> progress = new ArrayList<>();
        try (LogSource source = SqliteLogStore.openReadOnly(file())) {
            LogVerdict verdict = new LogVerifier(VerificationPlan.of(ContainerCheck.NONE)
                            .heardBy((verified, total) -> progress.add(verified)))
                    .verify(source);
            assertThat(verdict).isInstanceOfSatisfying(LogVerdict.Intact.class, intact -> {
                assertThat(intact.size()).isEqualTo(LEAVES);
                assertThat(intact.root()).isEqualTo(root);
                assertThat(intact.containers()).isEqualTo(LEAVES);
                assertThat(intact.erased()).isZero();
            });
        }
        assertThat(progress).last().isEqualTo((long) LEAVES);
    }

    @Test
    void verify_whenEvidenceIsTakenAwayOrChanged_saysWhere() throws Exception {
        RevocationEvidence response = RevocationEvidence.of(RevocationEvidence.Kind.OCSP, new byte[] {1, 2, 3});
        try (GroupCommitMessageLog log = open(file())) {
            log.append(Entries.withEvidence(Entries.request(PORTAL, Direction.RECEIVED, UUID.randomUUID()), response))
                    .join();
        }
        assertThat(verify()).isInstanceOf(LogVerdict.Intact.class);

        execute("UPDATE log_evidence SET octets = x'010204'");
        assertFirst(verify(), DamageKind.ALTERED_EVIDENCE, LEAVES);
        execute("DELETE FROM log_evidence");
        assertFirst(verify(), DamageKind.MISSING_EVIDENCE, LEAVES);
        execute("UPDATE log_leaf SET evidence = NULL WHERE idx = " + LEAVES);
        assertFirst(verify(), DamageKind.ALTERED_LEAF, LEAVES);
    }

    @Test
    void verify_whenTheLogIsOfTheFirstFormat_readsItAndGoesOnFromIt() throws Exception {
        Path old = directory.resolve("old.db");
        CompactRange tree = CompactRange.empty();
        try (LogStore store = SqliteLogStore.open(old)) {
            PreparedEntry now = PreparedEntry.prepare(Entries.request(PORTAL, Direction.SENT, UUID.randomUUID()), KEY);
            Leaf leaf = ofFirstFormat(now.leaf());
            byte[] hash = leaf.hash(0);
            tree.append(hash);
            store.append(
                    List.of(new IndexedEntry(0, new PreparedEntry(leaf, now.payload(), null, List.of()), hash)),
                    TreeHead.of(tree));
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + old);
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE log_payload DROP COLUMN codec");
            statement.execute("ALTER TABLE log_payload DROP COLUMN dictionary");
            statement.execute("DROP TABLE log_dictionary");
            statement.execute("DROP TABLE log_evidence");
            statement.execute("DROP TABLE log_subject");
            statement.execute("DROP TABLE log_checkpoint");
            statement.execute("DROP TABLE log_chunk");
            statement.execute("DROP TABLE log_open");
            statement.execute("DROP TABLE log_subject_tier");
            statement.execute("DROP TABLE log_subject_block");
            statement.execute("CREATE INDEX log_leaf_request ON log_leaf (direction, kind, idx)");
            statement.execute("ALTER TABLE log_leaf RENAME COLUMN subject TO subject_hash");
            statement.execute(
                    "CREATE INDEX log_leaf_subject ON log_leaf (subject_hash, idx) WHERE subject_hash IS NOT NULL");
            statement.execute("ALTER TABLE log_leaf DROP COLUMN evidence");
            statement.execute("UPDATE log_meta SET value = '1' WHERE name = 'schema-version'");
        }

        assertThat(verify(old, ContainerCheck.NONE)).isInstanceOf(LogVerdict.Intact.class);
        try (GroupCommitMessageLog log = open(old)) {
            append(log);
            assertThat(log.size()).isEqualTo(2);
        }
        assertThat(verify(old, ContainerCheck.NONE)).isInstanceOf(LogVerdict.Intact.class);
    }

    private static Leaf ofFirstFormat(Leaf leaf) {
        return new Leaf(
                1,
                leaf.atMillis(),
                leaf.direction(),
                leaf.member(),
                leaf.messageId(),
                leaf.correlationId(),
                leaf.kind(),
                leaf.sender(),
                leaf.consumer(),
                leaf.provider(),
                leaf.service(),
                leaf.purpose(),
                leaf.actor(),
                leaf.inReplyTo(),
                leaf.expiresMillis(),
                leaf.fault(),
                leaf.subject(),
                leaf.commitment());
    }

    @Test
    void verify_whenEmpty_isIntact() throws Exception {
        Path empty = directory.resolve("empty.db");
        open(empty).close();

        assertThat(verify(empty, ContainerCheck.NONE)).isInstanceOf(LogVerdict.Intact.class);
    }

    private static String swap(String table) {
        return "UPDATE " + table + " SET idx = -1 WHERE idx = 3; UPDATE " + table + " SET idx = 3 WHERE idx = 12;"
                + " UPDATE " + table + " SET idx = 12 WHERE idx = -1;";
    }

    private static String closeUp(String table) {
        return "DELETE FROM " + table + " WHERE idx = 7; UPDATE " + table + " SET idx = -idx WHERE idx > 7; UPDATE "
                + table + " SET idx = -idx - 1 WHERE idx < 0;";
    }

    static Stream<Arguments> tamperedLeaves() {
        return Stream.of(
                arguments("a leaf deleted", MISSING_LEAF, 7, "DELETE FROM log_leaf WHERE idx = 7"),
                arguments("the first leaf deleted", MISSING_LEAF, 0, "DELETE FROM log_leaf WHERE idx = 0"),
                arguments("three leaves deleted", MISSING_LEAF, 7, "DELETE FROM log_leaf WHERE idx IN (7, 8, 9)"),
                arguments("a purpose edited", ALTERED_LEAF, 5, "UPDATE log_leaf SET purpose = 'X' WHERE idx = 5"),
                arguments("an actor taken away", ALTERED_LEAF, 5, "UPDATE log_leaf SET actor = NULL WHERE idx = 5"),
                arguments("a time edited", ALTERED_LEAF, 0, "UPDATE log_leaf SET at_millis = 1 WHERE idx = 0"),
                arguments(
                        "a subject replaced",
                        ALTERED_LEAF,
                        5,
                        "UPDATE log_leaf SET subject = randomblob(32) WHERE idx = 5"),
                arguments(
                        "nonsense in a typed column",
                        ALTERED_LEAF,
                        19,
                        "UPDATE log_leaf SET at_millis = 'soon', member = x'00ff' WHERE idx = 19"),
                arguments(
                        "a leaf's hash edited",
                        ALTERED_LEAF,
                        5,
                        "UPDATE log_leaf SET leaf_hash = randomblob(32) WHERE idx = 5"),
                arguments(
                        "a commitment replaced",
                        ALTERED_LEAF,
                        5,
                        "UPDATE log_leaf SET commitment = randomblob(32) WHERE idx = 5"),
                arguments("another format", ALTERED_LEAF, 5, "UPDATE log_leaf SET leaf_format = 4 WHERE idx = 5"),
                arguments("an older format", ALTERED_LEAF, 5, "UPDATE log_leaf SET leaf_format = 1 WHERE idx = 5"),
                arguments("two leaves swapped", REORDERED_LEAF, 3, swap("log_leaf")),
                arguments("two entries swapped", REORDERED_LEAF, 3, swap("log_leaf") + swap("log_payload")),
                arguments(
                        "an entry deleted and the rest moved up",
                        REORDERED_LEAF,
                        7,
                        closeUp("log_leaf") + closeUp("log_payload")),
                arguments(
                        "a leaf added",
                        EXTRA_LEAF,
                        20,
                        "INSERT INTO log_leaf SELECT 20, leaf_format, at_millis, direction, member, 'another',"
                                + " correlation_id, kind, sender, consumer, provider, service, purpose, actor,"
                                + " in_reply_to, expires_millis, fault, subject, commitment, leaf_hash, evidence"
                                + " FROM log_leaf WHERE idx = 4"));
    }

    static Stream<Arguments> tamperedRest() {
        return Stream.of(
                arguments("truncated", TRUNCATED, 15, "DELETE FROM log_leaf WHERE idx >= 15"),
                arguments("emptied", TRUNCATED, 0, "DELETE FROM log_leaf"),
                arguments(
                        "truncated with the head set back",
                        TRUNCATED,
                        15,
                        "DELETE FROM log_leaf WHERE idx >= 15; UPDATE log_head SET size = 15,"
                                + " root = (SELECT root FROM log_commit WHERE size = 15)"),
                arguments(
                        "a container edited",
                        ALTERED_CONTAINER,
                        4,
                        "UPDATE log_payload SET container = x'0011' WHERE idx = 4"),
                arguments(
                        "a salt edited",
                        ALTERED_CONTAINER,
                        4,
                        "UPDATE log_payload SET salt = randomblob(32) WHERE idx = 4"),
                arguments("a salt emptied", ALTERED_CONTAINER, 4, "UPDATE log_payload SET salt = x'' WHERE idx = 4"),
                arguments("containers swapped", ALTERED_CONTAINER, 3, swap("log_payload")),
                arguments("a container's row deleted", MISSING_CONTAINER, 4, "DELETE FROM log_payload WHERE idx = 4"),
                arguments(
                        "a container taken away without a trace",
                        MISSING_CONTAINER,
                        4,
                        "UPDATE log_payload SET container = NULL WHERE idx = 4"),
                arguments("the recorded root edited", ROOT_MISMATCH, 19, "UPDATE log_head SET root = randomblob(32)"),
                arguments(
                        "a commit's root edited",
                        ROOT_MISMATCH,
                        9,
                        "UPDATE log_commit SET root = randomblob(32) WHERE size = 10"));
    }

    @ParameterizedTest(name = "{0}: {1} at {2}")
    @MethodSource({"tamperedLeaves", "tamperedRest"})
    void verify_whenTamperedWith_namesTheFirstBadIndexAndTheKind(
            String name, DamageKind kind, long index, String statements) throws Exception {
        execute(statements.split(";"));

        assertFirst(verify(), kind, index);
    }

    @Test
    void verify_whenALeafIsEditedTogetherWithItsHash_isNarrowedDownToItsCommit() throws Exception {
        execute("UPDATE log_leaf SET purpose = 'COURT_CASE' WHERE idx = 6");
        rehash(6);

        assertFirst(verify(), ROOT_MISMATCH, 6);
    }

    @Test
    void verify_whenEverythingIsMadeToFit_onlyAKnownHeadShowsIt() throws Exception {
        execute(
                "DELETE FROM log_leaf WHERE idx >= 15",
                "DELETE FROM log_payload WHERE idx >= 15",
                "DELETE FROM log_commit WHERE size > 15",
                "UPDATE log_head SET size = 15, root = (SELECT root FROM log_commit WHERE size = 15)");

        assertThat(verify()).isInstanceOf(LogVerdict.Intact.class);
        assertFirst(verify(file(), ContainerCheck.NONE, new CommitMark(LEAVES, root)), ROLLED_BACK, 15);
        assertFirst(verify(file(), ContainerCheck.NONE, new CommitMark(10, root)), FORKED, 0);
    }

    @Test
    void verify_whenBatchesWereCommitted_comparesEachCommitsRoot() throws Exception {
        try (GroupCommitMessageLog log = open(file())) {
            List<CompletableFuture<AppendResult>> results = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                results.add(log.append(Entries.request(PORTAL, Direction.SENT, UUID.randomUUID())));
            }
            results.forEach(CompletableFuture::join);
        }
        assertThat(verify()).isInstanceOf(LogVerdict.Intact.class);

        execute("UPDATE log_leaf SET purpose = 'COURT_CASE' WHERE idx = 700");
        assertFirst(verify(), ALTERED_LEAF, 700);
        rehash(700);
        assertThat(verify()).isInstanceOfSatisfying(LogVerdict.Damaged.class, damaged -> {
            assertThat(damaged.first().kind()).isEqualTo(ROOT_MISMATCH);
            assertThat(damaged.first().index()).isBetween((long) LEAVES, 700L);
        });
    }

    @Test
    void verify_whenMuchIsDamaged_countsAllAndListsSome() throws Exception {
        try (GroupCommitMessageLog log = open(file())) {
            for (int i = 0; i < 200; i++) {
                append(log);
            }
        }
        execute("UPDATE log_leaf SET purpose = 'X' WHERE idx > 2");

        assertThat(verify()).isInstanceOfSatisfying(LogVerdict.Damaged.class, damaged -> {
            assertThat(damaged.count()).isEqualTo(217);
            assertThat(damaged.damages()).hasSize(100);
            assertThat(damaged.first().index()).isEqualTo(3);
        });
    }

    /** What is announced before it is erased is looked at where erasures are tested. */
    @Test
    void verify_whenContainersAreErasedWithoutAWord_namesThem() throws Exception {
        try (LogStore store = SqliteLogStore.open(file())) {
            store.erase(List.of(3L, 4L, 8L), Instant.now());
        }

        assertThat(verify()).isInstanceOfSatisfying(LogVerdict.Damaged.class, damaged -> assertThat(damaged.damages())
                .extracting(Damage::kind, Damage::index)
                .containsExactly(tuple(DamageKind.UNANNOUNCED_ERASURE, 3L), tuple(DamageKind.UNANNOUNCED_ERASURE, 8L)));
    }

    @Test
    void verify_whenTheContainerCheckRefuses_saysWhichAndWhy() throws Exception {
        ContainerCheck check = (index, leaf, container, evidence) -> index == 11
                ? new ContainerFinding.Bad(DamageKind.SIGNATURE, "the signature is not genuine")
                : new ContainerFinding.Genuine(null);

        LogVerdict verdict = verify(file(), check);

        assertFirst(verdict, DamageKind.SIGNATURE, 11);
        assertThat(((LogVerdict.Damaged) verdict).first().detail()).isEqualTo("the signature is not genuine");
    }

    @Test
    void verify_whenTheNodeIsRunning_readsBesideItAndItsCopy() throws Exception {
        Path copy = Files.createDirectory(directory.resolve("copy")).resolve("wasl.db");
        try (GroupCommitMessageLog log = open(file())) {
            append(log);
            assertThat(verify()).isInstanceOf(LogVerdict.Intact.class);
            append(log);
            Files.copy(file(), copy);
            Files.copy(directory.resolve("wasl.db-wal"), copy.resolveSibling("wasl.db-wal"));
            append(log);
        }

        assertThat(verify(copy, ContainerCheck.NONE))
                .isInstanceOfSatisfying(LogVerdict.Intact.class, intact -> assertThat(intact.size())
                        .isEqualTo(LEAVES + 2));
    }

    @Test
    void verify_whenItIsAClosedCopy_changesNothingInIt() throws Exception {
        byte[] before = Files.readAllBytes(file());

        verify();

        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @Test
    void verify_whenAPageIsOverwritten_isNeverWrongAboutTheEvidence() throws Exception {
        long pages = Files.size(file()) / PAGE_BYTES;
        int damaged = 0;
        for (long page = 0; page < pages; page++) {
            Path copy = directory.resolve("damaged-" + page + ".db");
            Files.copy(file(), copy);
            try (RandomAccessFile octets = new RandomAccessFile(copy.toFile(), "rw")) {
                octets.seek(page * PAGE_BYTES);
                octets.write(new byte[PAGE_BYTES]);
            }
            // A page of a look-up index carries no evidence; the loss of any other must show.
            if (unreadable(copy)) {
                damaged++;
                continue;
            }
            LogVerdict verdict = verify(copy, ContainerCheck.NONE);
            if (verdict instanceof LogVerdict.Intact intact) {
                assertThat(intact.root()).isEqualTo(root);
                assertThat(intact.containers()).isEqualTo(LEAVES);
            } else {
                damaged++;
            }
        }
        assertThat(damaged).isGreaterThan(3);
    }

    private static boolean unreadable(Path file) {
        try (LogSource source = SqliteLogStore.openReadOnly(file)) {
            return source == null;
        } catch (LogStoreException e) {
            return true;
        }
    }

    private LogRow row(long index) throws Exception {
        List<LogRow> rows = new ArrayList<>();
        try (LogSource source = SqliteLogStore.openReadOnly(file())) {
            source.scan(index, 1, rows::add);
        }
        return rows.get(0);
    }

    private void rehash(long index) throws Exception {
        byte[] hash = row(index).leaf().hash(index);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                PreparedStatement update =
                        connection.prepareStatement("UPDATE log_leaf SET leaf_hash = ? WHERE idx = ?")) {
            update.setBytes(1, hash);
            update.setLong(2, index);
            assertThat(update.executeUpdate()).isOne();
        }
    }
}
