package org.wasl.messagelog.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.Entries;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.merkle.InclusionProof;
import org.wasl.messagelog.merkle.MemoryTree;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.messagelog.store.LogRow;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.messagelog.verify.ContainerCheck;
import org.wasl.messagelog.verify.LogVerdict;
import org.wasl.messagelog.verify.LogVerifier;
import org.wasl.messagelog.verify.VerificationPlan;

class ErasuresTest {

    private static final byte[] INDEX_KEY = new byte[32];
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private SqliteLogStore store;
    private GroupCommitMessageLog log;
    private Erasures erasures;

    @BeforeEach
    void open() throws Exception {
        store = SqliteLogStore.open(directory.resolve("wasl.db"));
        log = GroupCommitMessageLog.open(store, IndexKey.of(INDEX_KEY), LogSettings.defaults(), failure -> {});
        erasures = new Erasures(log, store, Entries.PORTAL, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static ErasureOrder order(Selection selection) {
        return new ErasureOrder("system", "retention of the service is over", selection);
    }

    private List<LogRow> rows() throws Exception {
        List<LogRow> rows = new ArrayList<>();
        store.scan(0, 10_000, rows::add);
        return rows;
    }

    @Test
    void erase_whenRetentionIsOver_announcesFirstAndLeavesEveryProofVerifying() throws Exception {
        for (int i = 0; i < 600; i++) {
            log.append(Entries.request(Entries.PORTAL, Direction.SENT, UUID.randomUUID()));
        }
        log.append(Entries.request(Entries.CSPD, Direction.RECEIVED, UUID.randomUUID()))
                .join();
        String service = rows().get(0).leaf().service();
        MemoryTree tree = new MemoryTree();
        rows().forEach(row -> tree.append(row.leafHash()));
        byte[] rootBefore = log.root();
        InclusionProof proof = InclusionProof.build(tree, 300, 601);

        Erased erased = erasures.erase(order(new Selection.Expired(service, Entries.AT.plusMillis(1))));

        assertThat(erased).isEqualTo(new Erased(601, 2, true));
        List<LogRow> rows = rows();
        assertThat(rows).hasSize(603);
        assertThat(rows.subList(0, 601)).allSatisfy(row -> {
            assertThat(row.erased()).isTrue();
            assertThat(row.payload()).isNull();
            assertThat(row.subjectHash()).isNull();
        });
        LogRow record = rows.get(601);
        assertThat(record.leaf().direction()).isEqualTo("RECORDED");
        assertThat(record.leaf().purpose()).isEqualTo(ErasureRecord.PURPOSE);
        assertThat(ErasureRecord.ranges(record.payload().container()).orElseThrow())
                .containsExactly(new ErasureRecord.Range(0, 499));
        assertThat(proof.verify(rows.get(300).leaf().hash(300), rootBefore)).isTrue();
        assertThat(verify()).isInstanceOfSatisfying(LogVerdict.Intact.class, intact -> assertThat(intact.erased())
                .isEqualTo(601));
        assertThat(erasures.erase(order(new Selection.Expired(service, NOW)))).isEqualTo(new Erased(0, 0, true));
    }

    private LogVerdict verify() throws Exception {
        try (LogSource source = SqliteLogStore.openReadOnly(directory.resolve("wasl.db"))) {
            return new LogVerifier(VerificationPlan.of(ContainerCheck.NONE)).verify(source);
        }
    }

    @Test
    void erase_whenAboutASubject_erasesAllOfItsRequestsAndNamesNobody() throws Exception {
        LogEntry about = Entries.request(Entries.PORTAL, Direction.SENT, UUID.randomUUID());
        log.append(about).join();
        log.append(Entries.reply(Entries.PORTAL, Direction.RECEIVED, about.messageId()))
                .join();
        log.append(with(about, "other", "9801012399")).join();

        Erased erased = erasures.erase(order(new Selection.About(Entries.SUBJECT)));

        assertThat(erased.containers()).isEqualTo(2);
        assertThat(rows()).extracting(LogRow::erased).containsExactly(true, true, false, false);
        assertThat(new String(rows().get(3).payload().container(), StandardCharsets.UTF_8))
                .contains("\"by\":\"system\"", "[[0,1]]")
                .doesNotContain(Entries.SUBJECT);
        assertThat(log.bySubject(Entries.SUBJECT, 0, 10)).isEmpty();
        assertThat(log.search(LogQuery.all(), "9801012399", Long.MAX_VALUE, 10))
                .extracting(FoundLeaf::index)
                .containsExactly(2L);
    }

    /** An agency's correlation id is its case, and a case may be about several people. */
    @Test
    void erase_whenACaseIsAboutSeveralPeople_erasesOnlyTheirs() throws Exception {
        LogEntry theirs = Entries.request(Entries.PORTAL, Direction.SENT, UUID.randomUUID());
        LogEntry other = with(theirs, "correlation-1", "9801012399");
        log.append(theirs).join();
        log.append(other).join();
        log.append(withoutSubject(Entries.reply(Entries.PORTAL, Direction.RECEIVED, theirs.messageId())))
                .join();
        log.append(withoutSubject(Entries.reply(Entries.PORTAL, Direction.RECEIVED, other.messageId())))
                .join();

        assertThat(erasures.erase(order(new Selection.About(Entries.SUBJECT))).containers())
                .isEqualTo(2);

        assertThat(rows()).extracting(LogRow::erased).containsExactly(true, false, true, false, false);
    }

    /** A step may be about a vehicle, and is part of what the person asked. */
    @Test
    void erase_whenACompositeRequestHasStepsAboutThings_erasesThemToo() throws Exception {
        UUID tracking = UUID.randomUUID();
        LogEntry composite = Entries.request(Entries.PORTAL, Direction.SENT, tracking);
        log.append(with(composite, tracking.toString(), Entries.SUBJECT, tracking))
                .join();
        log.append(with(composite, tracking.toString(), "plate 17-1234")).join();

        assertThat(erasures.erase(order(new Selection.About(Entries.SUBJECT))).containers())
                .isEqualTo(2);
    }

    private static LogEntry withoutSubject(LogEntry entry) {
        return new LogEntry(
                entry.member(),
                entry.direction(),
                entry.at(),
                entry.messageId(),
                entry.correlationId(),
                entry.kind(),
                entry.sender(),
                entry.consumer(),
                entry.provider(),
                entry.service(),
                entry.purpose(),
                entry.actor(),
                entry.inReplyTo(),
                entry.expires(),
                null,
                entry.fault(),
                entry.container());
    }

    @Test
    void erase_whenOneRequestIsNamed_leavesTheOthers() throws Exception {
        LogEntry one = Entries.request(Entries.PORTAL, Direction.SENT, UUID.randomUUID());
        log.append(with(one, "kept", Entries.SUBJECT)).join();
        log.append(Entries.request(Entries.PORTAL, Direction.SENT, UUID.randomUUID()))
                .join();

        erasures.erase(order(new Selection.Request("correlation-1")));

        assertThat(rows()).extracting(LogRow::erased).containsExactly(false, true, false);
    }

    @Test
    void order_whenNobodySaysWhy_isACallersError() {
        assertThatThrownBy(() -> new ErasureOrder("actor", " ", new Selection.Request("r")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new Selection.About("9801012345").toString()).doesNotContain("9801012345");
    }

    /**
     * Somebody with the whole database, the index key and all of the message but the number tries every number: of a
     * space of 10,000 here, of which a real one is only a bigger case. Before the erasure the salt gives it away; after it
     * nothing does.
     */
    @Test
    void bruteForce_whenErased_findsNoNumber() throws Exception {
        int secret = 7_321;
        UUID id = UUID.randomUUID();
        LogEntry entry = with(
                Entries.withContainer(Entries.request(Entries.PORTAL, Direction.SENT, id), container(id, secret)),
                "correlation-1",
                number(secret));
        log.append(entry).join();
        log.append(with(
                        Entries.withContainer(
                                Entries.request(Entries.PORTAL, Direction.SENT, UUID.randomUUID()), new byte[] {1}),
                        "correlation-2",
                        number(11)))
                .join();
        byte[] salt = rows().get(0).payload().salt();

        assertThat(found(id, List.of(salt))).as("with the salt").contains(secret);
        assertThat(found(id, List.of())).as("by the index").contains(secret);

        erasures.erase(order(new Selection.Request("correlation-1")));

        assertThat(found(id, List.of(rows().get(1).payload().salt()))).doesNotContain(secret);
        assertThat(log.root()).isNotNull();
    }

    /** The candidates that leave any trace in the log's files or leaves. */
    private List<Integer> found(UUID id, List<byte[]> salts) throws Exception {
        Set<Long> files = openings();
        List<byte[]> stored = new ArrayList<>();
        for (LogRow row : rows()) {
            stored.addAll(Arrays.asList(row.leaf().subject(), row.leaf().commitment(), row.subjectHash()));
        }
        List<byte[]> keys = new ArrayList<>(salts);
        keys.add(INDEX_KEY);
        List<IntFunction<byte[]>> guesses = new ArrayList<>();
        for (byte[] key : keys) {
            guesses.add(candidate -> hmac(key, number(candidate).getBytes(StandardCharsets.UTF_8)));
            guesses.add(candidate -> hmac(key, container(id, candidate)));
            guesses.add(candidate -> hmac(key, hmac(INDEX_KEY, number(candidate).getBytes(StandardCharsets.UTF_8))));
        }
        guesses.add(candidate -> sha256(container(id, candidate)));
        guesses.add(candidate -> sha256(number(candidate).getBytes(StandardCharsets.UTF_8)));
        List<Integer> found = new ArrayList<>();
        for (int candidate = 0; candidate < 10_000; candidate++) {
            for (IntFunction<byte[]> guess : guesses) {
                byte[] guessed = guess.apply(candidate);
                boolean stands = stored.stream().anyMatch(octets -> octets != null && Arrays.equals(octets, guessed));
                if (stands || files.contains(ByteBuffer.wrap(guessed).getLong())) {
                    found.add(candidate);
                }
            }
        }
        return found;
    }

    /** Every eight octets that stand anywhere in the log's files: what is not there by its first eight is not there. */
    private Set<Long> openings() throws Exception {
        Set<Long> openings = new HashSet<>();
        for (String suffix : List.of("", "-wal")) {
            Path part = directory.resolve("wasl.db" + suffix);
            ByteBuffer octets = ByteBuffer.wrap(Files.exists(part) ? Files.readAllBytes(part) : new byte[0]);
            for (int at = 0; at + Long.BYTES <= octets.limit(); at++) {
                openings.add(octets.getLong(at));
            }
        }
        return openings;
    }

    private static String number(int candidate) {
        return String.format(Locale.ROOT, "980%07d", candidate);
    }

    private static byte[] container(UUID id, int candidate) {
        return ("everything else of message " + id + " is known: " + number(candidate))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, byte[] octets) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(octets);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static LogEntry with(LogEntry entry, String correlationId, String subject) {
        return with(entry, correlationId, subject, UUID.randomUUID());
    }

    private static LogEntry with(LogEntry entry, String correlationId, String subject, UUID id) {
        return new LogEntry(
                entry.member(),
                entry.direction(),
                entry.at(),
                id,
                correlationId,
                entry.kind(),
                entry.sender(),
                entry.consumer(),
                entry.provider(),
                entry.service(),
                entry.purpose(),
                entry.actor(),
                entry.inReplyTo(),
                entry.expires(),
                subject,
                entry.fault(),
                entry.container());
    }
}
