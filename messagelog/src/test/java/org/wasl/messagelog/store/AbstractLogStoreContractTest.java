package org.wasl.messagelog.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wasl.messagelog.Entries.COMPOSER;
import static org.wasl.messagelog.Entries.CSPD;
import static org.wasl.messagelog.Entries.PORTAL;
import static org.wasl.messagelog.Entries.REGISTRY;
import static org.wasl.messagelog.Entries.SUBJECT;
import static org.wasl.messagelog.Entries.WEB;
import static org.wasl.messagelog.Entries.octets;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.AppendResult.Appended;
import org.wasl.messagelog.AppendResult.Duplicate;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.Entries;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.leaf.PreparedEntry;
import org.wasl.messagelog.merkle.CompactRange;
import org.wasl.messagelog.verify.ContainerCheck;
import org.wasl.messagelog.verify.DamageKind;
import org.wasl.messagelog.verify.LogVerdict;
import org.wasl.messagelog.verify.LogVerifier;
import org.wasl.messagelog.verify.VerificationPlan;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.ContainerContent;
import org.wasl.security.container.MessageKind;

/** What every back end must do, by itself and under the group-commit log. */
public abstract class AbstractLogStoreContractTest {

    protected static final IndexKey KEY = IndexKey.of(new byte[32]);

    private GroupCommitMessageLog log;
    private LogStore store;

    /** Opens the test's one log; called again after it was closed. */
    protected abstract LogStore openStore() throws Exception;

    /** Opens the same log for verifying. */
    protected abstract LogSource openSource() throws Exception;

    @BeforeEach
    void openLog() throws Exception {
        openAgain();
    }

    private void openAgain() throws Exception {
        store = openStore();
        log = open(store);
    }

    private LogStore store() {
        return store;
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private static GroupCommitMessageLog open(LogStore store) {
        return GroupCommitMessageLog.open(store, KEY, LogSettings.defaults(), failure -> {});
    }

    private void reopen() throws Exception {
        log.close();
        openAgain();
    }

    private long append(LogEntry entry) {
        return ((Appended) log.append(entry).join()).index();
    }

    private List<AppendResult> appendTogether(List<LogEntry> entries) {
        List<CompletableFuture<AppendResult>> results =
                entries.stream().map(log::append).toList();
        return results.stream().map(CompletableFuture::join).toList();
    }

    private List<LogRow> rows() throws Exception {
        List<LogRow> rows = new ArrayList<>();
        try (LogSource source = openSource()) {
            source.scan(0, 1_000, rows::add);
        }
        return rows;
    }

    @Test
    void append_whenNew_givesIndicesWithoutGaps() {
        assertThat(append(Entries.request(PORTAL, Direction.SENT, UUID.randomUUID())))
                .isZero();
        assertThat(append(Entries.request(PORTAL, Direction.SENT, UUID.randomUUID())))
                .isEqualTo(1);
        assertThat(log.size()).isEqualTo(2);
    }

    @Test
    void append_whenSameMessageForBothMembers_isNoDuplicate() {
        UUID id = UUID.randomUUID();

        append(Entries.request(PORTAL, Direction.SENT, id));
        append(Entries.request(CSPD, Direction.RECEIVED, id));

        assertThat(log.messages(id)).extracting(StoredMessage::member).containsExactly(PORTAL, CSPD);
    }

    @Test
    void append_whenDuplicate_writesNothingAndComparesOctets() {
        LogEntry entry = Entries.request(CSPD, Direction.RECEIVED, UUID.randomUUID());
        append(entry);

        assertThat(log.append(entry).join()).isEqualTo(new Duplicate(0, true));
        assertThat(log.append(Entries.withContainer(entry, octets("other"))).join())
                .isEqualTo(new Duplicate(0, false));
        assertThat(log.size()).isOne();
    }

    @Test
    void append_whenDuplicatesStandInOneBatch_leavesNoGap() throws Exception {
        List<LogEntry> entries = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            LogEntry entry = Entries.request(CSPD, Direction.RECEIVED, UUID.randomUUID());
            entries.add(entry);
            entries.add(entry);
        }

        List<AppendResult> results = appendTogether(entries);

        for (int i = 0; i < 50; i++) {
            assertThat(results.get(2 * i)).isEqualTo(new Appended(i));
            assertThat(results.get(2 * i + 1)).isEqualTo(new Duplicate(i, true));
        }
        assertThat(rows()).extracting(LogRow::index).containsExactlyElementsOf(indices(50));
    }

    @Test
    void append_whenMessagesNameEvidence_keepsItOnceAndGivesItBackByName() throws Exception {
        RevocationEvidence response = RevocationEvidence.of(RevocationEvidence.Kind.OCSP, octets("a response"));
        RevocationEvidence list = RevocationEvidence.of(RevocationEvidence.Kind.CRL, octets("a list"));
        append(Entries.withEvidence(Entries.request(CSPD, Direction.RECEIVED, UUID.randomUUID()), response, list));
        append(Entries.withEvidence(Entries.request(CSPD, Direction.RECEIVED, UUID.randomUUID()), response));
        append(Entries.request(CSPD, Direction.RECEIVED, UUID.randomUUID()));
        reopen();
        append(Entries.withEvidence(Entries.request(CSPD, Direction.RECEIVED, UUID.randomUUID()), list, response));

        assertThat(rows())
                .extracting(row -> row.leaf().evidenceDigests())
                .containsExactly(
                        List.of(response.digest(), list.digest()),
                        List.of(response.digest()),
                        List.of(),
                        List.of(list.digest(), response.digest()));
        try (LogSource source = openSource()) {
            assertThat(source.evidence(response.digest())).hasValueSatisfying(found -> {
                assertThat(found.kind()).isEqualTo(RevocationEvidence.Kind.OCSP);
                assertThat(found.octets()).isEqualTo(octets("a response"));
            });
            assertThat(source.evidence(list.digest()).map(RevocationEvidence::kind))
                    .contains(RevocationEvidence.Kind.CRL);
            assertThat(source.evidence("00".repeat(32))).isEmpty();
            assertThat(new LogVerifier(VerificationPlan.of(ContainerCheck.NONE)).verify(source))
                    .isInstanceOf(LogVerdict.Intact.class);
        }
    }

    @Test
    void append_whenRefusedAgain_writesEachRefusal() {
        LogEntry refused = Entries.refused(
                Entries.request(CSPD, Direction.RECEIVED, UUID.randomUUID()), FaultCode.REQUEST_MALFORMED);

        assertThat(append(refused)).isZero();
        assertThat(append(refused)).isOne();
        assertThat(append(Entries.unreadable(CSPD, octets("no container at all"))))
                .isEqualTo(2);
        assertThat(append(Entries.unreadable(CSPD, new byte[0]))).isEqualTo(3);
    }

    @Test
    void append_whenRefusedFirst_acceptsTheMessageLater() {
        LogEntry entry = Entries.request(CSPD, Direction.RECEIVED, UUID.randomUUID());
        append(Entries.refused(entry, FaultCode.REQUEST_MALFORMED));

        assertThat(log.append(entry).join()).isEqualTo(new Appended(1));
    }

    @Test
    void append_whenRefusedTextIsHostile_storesWhatWasHashed() throws Exception {
        LogEntry base = Entries.request(CSPD, Direction.RECEIVED, UUID.randomUUID());
        append(new LogEntry(
                CSPD,
                Direction.REFUSED,
                base.at(),
                base.messageId(),
                "nul \0 half \uD800 pair \uD83D\uDE00 " + "x".repeat(1_000),
                null,
                null,
                null,
                null,
                null,
                "مبرر\r\n",
                "",
                null,
                Instant.MAX,
                "\uDFFF",
                FaultCode.REQUEST_MALFORMED,
                base.container()));

        LogRow row = rows().get(0);
        assertThat(row.leaf().hash(0)).isEqualTo(row.leafHash());
        assertThat(row.leaf().purpose()).isEqualTo("مبرر\uFFFD\uFFFD");
        assertThat(row.leaf().actor()).isEmpty();
        assertThat(row.leaf().correlationId()).startsWith("nul \uFFFD half \uFFFD pair \uD83D\uDE00 x");
    }

    @Test
    void append_whenIdentityIsMissing_isACallersError() {
        LogEntry entry = Entries.unreadable(CSPD, octets("x"));
        LogEntry received = new LogEntry(
                CSPD,
                Direction.RECEIVED,
                entry.at(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                octets("x"));

        assertThatThrownBy(() -> log.append(received)).isInstanceOf(IllegalArgumentException.class);
        assertThat(log.available()).isTrue();
    }

    @Test
    void message_whenLogged_comesBackWhole() {
        UUID id = UUID.randomUUID();
        LogEntry entry = Entries.request(PORTAL, Direction.SENT, id);
        append(entry);

        StoredMessage stored = log.message(PORTAL, Direction.SENT, id).orElseThrow();

        assertThat(stored)
                .usingRecursiveComparison()
                .isEqualTo(new StoredMessage(
                        0,
                        PORTAL,
                        Direction.SENT,
                        Entries.AT,
                        id,
                        "correlation-1",
                        MessageKind.REQUEST,
                        WEB,
                        WEB,
                        REGISTRY,
                        REGISTRY.service("person-record", 1),
                        null,
                        Entries.AT.plusSeconds(60),
                        null,
                        entry.container()));
        assertThat(log.message(PORTAL, Direction.RECEIVED, id)).isEmpty();
        assertThat(log.message(CSPD, Direction.SENT, id)).isEmpty();
    }

    @Test
    void answer_whenReplied_isTheFirstReplyOfThatDirection() {
        UUID id = UUID.randomUUID();
        append(Entries.request(CSPD, Direction.RECEIVED, id));
        LogEntry reply = Entries.reply(CSPD, Direction.SENT, id);
        append(reply);
        append(Entries.reply(CSPD, Direction.SENT, id));

        assertThat(log.answer(CSPD, Direction.SENT, id).orElseThrow().messageId())
                .isEqualTo(reply.messageId());
        assertThat(log.answer(CSPD, Direction.RECEIVED, id)).isEmpty();
        assertThat(log.answer(PORTAL, Direction.SENT, id)).isEmpty();
    }

    @Test
    void correlated_whenSeveral_comeInOrderUpToTheLimit() {
        UUID id = UUID.randomUUID();
        append(Entries.request(PORTAL, Direction.SENT, id));
        append(Entries.request(CSPD, Direction.RECEIVED, id));
        append(Entries.reply(CSPD, Direction.SENT, id));

        assertThat(log.correlated("correlation-1", 10))
                .extracting(StoredMessage::index)
                .containsExactly(0L, 1L, 2L);
        assertThat(log.correlated("correlation-1", 2)).hasSize(2);
        assertThat(log.correlated("another", 10)).isEmpty();
    }

    @Test
    void unanswered_whenSomeAreAnswered_listsTheOthersFromTheIndexOn() {
        UUID answered = UUID.randomUUID();
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        for (UUID id : List.of(answered, first, second)) {
            append(Entries.request(PORTAL, Direction.SENT, id));
        }
        append(Entries.reply(PORTAL, Direction.RECEIVED, answered));

        assertThat(unanswered(Direction.SENT, 0)).containsExactly(first, second);
        assertThat(unanswered(Direction.SENT, 2)).containsExactly(second);
        assertThat(unanswered(Direction.RECEIVED, 0)).isEmpty();
        assertThat(log.unanswered(MessageKind.REQUEST, Direction.SENT, 0, 1)).hasSize(1);
    }

    @Test
    void deferred_untilTheAnswerComes_listsTheAnnouncementAndThenWhatIsToBeHandedOn() throws Exception {
        UUID id = UUID.randomUUID();
        append(Entries.request(PORTAL, Direction.SENT, id));
        append(Entries.request(CSPD, Direction.RECEIVED, id));
        append(about(CSPD, Direction.SENT, MessageKind.INTERIM, REGISTRY, id));
        append(about(PORTAL, Direction.RECEIVED, MessageKind.INTERIM, REGISTRY, id));

        assertThat(log.deferred(Direction.SENT, 0, 10))
                .extracting(StoredMessage::index)
                .containsExactly(2L);
        assertThat(log.deferred(Direction.RECEIVED, 0, 10))
                .extracting(StoredMessage::index)
                .containsExactly(3L);
        assertThat(log.deferred(Direction.RECEIVED, 4, 10)).isEmpty();
        assertThat(log.undelivered(Direction.RECEIVED, 0, 10)).isEmpty();
        assertThat(log.answer(CSPD, Direction.SENT, id)).isEmpty();
        assertThat(unanswered(Direction.SENT, 0)).containsExactly(id);
        assertThat(log.about(CSPD, Direction.SENT, MessageKind.INTERIM, id)).isPresent();
        assertThat(log.about(CSPD, Direction.SENT, MessageKind.CANCELLATION, id))
                .isEmpty();

        append(about(CSPD, Direction.SENT, MessageKind.REPLY, REGISTRY, id));
        append(about(PORTAL, Direction.RECEIVED, MessageKind.REPLY, REGISTRY, id));
        reopen();

        assertThat(log.deferred(Direction.SENT, 0, 10)).isEmpty();
        assertThat(log.deferred(Direction.RECEIVED, 0, 10)).isEmpty();
        assertThat(log.undelivered(Direction.SENT, 0, 10))
                .extracting(StoredMessage::index)
                .containsExactly(2L);
        assertThat(log.undelivered(Direction.RECEIVED, 0, 10))
                .extracting(StoredMessage::index)
                .containsExactly(3L);
        assertThat(log.correlated("correlation-1", 4, 10))
                .extracting(StoredMessage::index)
                .containsExactly(4L, 5L);

        append(about(PORTAL, Direction.SENT, MessageKind.DELIVERY, WEB, id));

        assertThat(log.undelivered(Direction.SENT, 0, 10)).isEmpty();
        assertThat(log.undelivered(Direction.RECEIVED, 0, 10)).isEmpty();
        assertThat(log.deliveries(0, 10)).extracting(StoredMessage::index).containsExactly(6L);
    }

    @Test
    void deferred_whenTheRequesterEndsItItself_isAwaitedNoMoreAndStillOwed() {
        UUID id = UUID.randomUUID();
        append(about(CSPD, Direction.SENT, MessageKind.INTERIM, REGISTRY, id));
        append(about(PORTAL, Direction.RECEIVED, MessageKind.INTERIM, REGISTRY, id));

        append(about(PORTAL, Direction.SENT, MessageKind.FAULT, WEB, id));

        assertThat(log.deferred(Direction.RECEIVED, 0, 10)).isEmpty();
        assertThat(log.deferred(Direction.SENT, 0, 10)).hasSize(1);
    }

    @Test
    void events_whenLogged_areFoundByTheirPartiesNewestFirst() throws Exception {
        append(event(CSPD, Direction.SENT, REGISTRY));
        append(event(CSPD, Direction.SENT, WEB));
        append(event(PORTAL, Direction.RECEIVED, WEB));
        append(event(CSPD, Direction.SENT, WEB));
        append(Entries.request(CSPD, Direction.RECEIVED, UUID.randomUUID()));
        reopen();

        assertThat(log.events(CSPD, Direction.SENT, REGISTRY, WEB, Long.MAX_VALUE, 10))
                .extracting(StoredMessage::index)
                .containsExactly(3L, 1L);
        assertThat(log.events(CSPD, Direction.SENT, REGISTRY, WEB, 3, 10))
                .extracting(StoredMessage::index)
                .containsExactly(1L);
        assertThat(log.events(CSPD, Direction.SENT, REGISTRY, REGISTRY, Long.MAX_VALUE, 10))
                .extracting(StoredMessage::index)
                .containsExactly(0L);
        assertThat(log.events(PORTAL, Direction.RECEIVED, REGISTRY, WEB, Long.MAX_VALUE, 1))
                .extracting(StoredMessage::index)
                .containsExactly(2L);
    }

    private static LogEntry event(MemberId member, Direction direction, SubsystemId consumer) {
        LogEntry like = Entries.request(member, direction, UUID.randomUUID());
        return new LogEntry(
                member,
                direction,
                like.at(),
                UUID.randomUUID(),
                "correlation-1",
                MessageKind.EVENT,
                REGISTRY,
                consumer,
                REGISTRY,
                like.service(),
                like.purpose(),
                like.actor(),
                null,
                like.expires(),
                null,
                null,
                octets("an event"));
    }

    private static LogEntry about(
            MemberId member, Direction direction, MessageKind kind, SubsystemId sender, UUID requestId) {
        return Entries.message(member, direction, UUID.randomUUID(), kind, sender, WEB, REGISTRY, requestId);
    }

    @Test
    void unanswered_whenOneMemberAsksItself_looksAtEachSideAlone() {
        UUID id = UUID.randomUUID();
        append(selfMessage(Direction.SENT, id, MessageKind.REQUEST, null));
        append(selfMessage(Direction.RECEIVED, id, MessageKind.REQUEST, null));
        assertThat(unanswered(Direction.SENT, 0)).containsExactly(id);
        assertThat(unanswered(Direction.RECEIVED, 0)).containsExactly(id);

        append(selfMessage(Direction.SENT, UUID.randomUUID(), MessageKind.REPLY, id));
        assertThat(unanswered(Direction.SENT, 0)).containsExactly(id);
        assertThat(unanswered(Direction.RECEIVED, 0)).isEmpty();

        append(selfMessage(Direction.RECEIVED, UUID.randomUUID(), MessageKind.REPLY, id));
        assertThat(unanswered(Direction.SENT, 0)).isEmpty();
    }

    @Test
    void unanswered_whenTheAskingSideGaveUp_isAnsweredForItAlone() {
        UUID id = UUID.randomUUID();
        append(selfMessage(Direction.SENT, id, MessageKind.REQUEST, null));
        append(selfMessage(Direction.RECEIVED, id, MessageKind.REQUEST, null));

        append(Entries.message(PORTAL, Direction.SENT, UUID.randomUUID(), MessageKind.FAULT, WEB, WEB, COMPOSER, id));

        assertThat(unanswered(Direction.SENT, 0)).isEmpty();
        assertThat(unanswered(Direction.RECEIVED, 0)).containsExactly(id);
    }

    /** Several entries of a batch may answer each other; a restart must change nothing. */
    @Test
    void unanswered_whateverWasLogged_isWhatAWalkFinds() throws Exception {
        for (int seed = 1; seed <= 6; seed++) {
            RandomEntries random = new RandomEntries(seed);
            for (int round = 0; round < 4; round++) {
                appendTogether(Stream.generate(random::next).limit(60).toList());
                if (round % 2 == 1) {
                    reopen();
                }
                assertUnansweredAsWalked();
            }
        }
        assertThat(unansweredIndices(Direction.SENT, 0)).isNotEmpty();
        assertThat(unansweredIndices(Direction.RECEIVED, 0)).isNotEmpty();
    }

    private void assertUnansweredAsWalked() throws Exception {
        UnansweredWalk walk = new UnansweredWalk(store());
        for (Direction direction : List.of(Direction.SENT, Direction.RECEIVED)) {
            for (long from : List.of(0L, log.size() / 2)) {
                assertThat(unansweredIndices(direction, from)).isEqualTo(walk.unanswered(direction, from));
            }
        }
    }

    private List<Long> unansweredIndices(Direction direction, long from) {
        List<Long> indices = new ArrayList<>();
        List<StoredMessage> page = log.unanswered(MessageKind.REQUEST, direction, from, 7);
        while (!page.isEmpty()) {
            page.forEach(message -> indices.add(message.index()));
            page = log.unanswered(MessageKind.REQUEST, direction, indices.get(indices.size() - 1) + 1, 7);
        }
        return indices;
    }

    /** Answered requests leave nothing behind by which a start would take longer. */
    @Test
    void unanswered_whenAllWereAnswered_looksAtNothing() throws Exception {
        List<LogEntry> entries = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            UUID id = UUID.randomUUID();
            entries.add(Entries.request(PORTAL, Direction.SENT, id));
            entries.add(Entries.request(CSPD, Direction.RECEIVED, id));
            entries.add(Entries.reply(CSPD, Direction.SENT, id));
            entries.add(Entries.reply(PORTAL, Direction.RECEIVED, id));
        }
        appendTogether(entries);

        Connection writer = ((JdbcLogStore) store()).writer();
        synchronized (writer) {
            assertThat(JdbcLogSource.select(
                            writer, "SELECT count(*) FROM log_open", statement -> {}, row -> row.getLong(1)))
                    .containsExactly(0L);
        }
    }

    private static LogEntry selfMessage(Direction direction, UUID id, MessageKind kind, UUID inReplyTo) {
        return Entries.message(
                PORTAL, direction, id, kind, kind == MessageKind.REQUEST ? WEB : COMPOSER, WEB, COMPOSER, inReplyTo);
    }

    private List<UUID> unanswered(Direction direction, long fromIndex) {
        return log.unanswered(MessageKind.REQUEST, direction, fromIndex, 100).stream()
                .map(StoredMessage::messageId)
                .toList();
    }

    @Test
    void bySubject_whenLogged_isFoundByTheKeyedHashOnly() throws Exception {
        append(Entries.request(PORTAL, Direction.SENT, UUID.randomUUID()));

        assertThat(log.bySubject(SUBJECT, 0, 10)).hasSize(1);
        assertThat(log.bySubject(SUBJECT, 1, 10)).isEmpty();
        assertThat(log.bySubject("9801012346", 0, 10)).isEmpty();
        LogRow row = rows().get(0);
        assertThat(row.subjectHash()).isEqualTo(KEY.subjectHash(SUBJECT));
        assertThat(row.leaf().subject()).isEqualTo(row.payload().subjectCommitment(row.subjectHash()));
    }

    @Test
    void search_whenAskedForSeveralThings_findsWhatHasThemAllNewestFirst() {
        UUID first = UUID.randomUUID();
        append(Entries.request(PORTAL, Direction.SENT, first));
        append(Entries.request(PORTAL, Direction.RECEIVED, first));
        append(Entries.request(PORTAL, Direction.SENT, UUID.randomUUID()));
        append(LogEntry.recorded(PORTAL, log.now(), "AUDIT_SEARCH", "auditor", SUBJECT, new byte[] {'{', '}'}));

        assertThat(found(LogQuery.all(), null)).containsExactly(3L, 2L, 1L, 0L);
        assertThat(found(LogQuery.all(), SUBJECT)).containsExactly(3L, 2L, 1L, 0L);
        assertThat(found(LogQuery.all(), "9801012346")).isEmpty();
        assertThat(found(LogQuery.all().withDirection("SENT"), SUBJECT)).containsExactly(2L, 0L);
        assertThat(found(LogQuery.all().withActor("auditor"), null)).containsExactly(3L);
        assertThat(found(LogQuery.all().withActor("auditor' OR '1'='1"), null)).isEmpty();
        assertThat(log.search(LogQuery.all(), null, 3, 2))
                .extracting(FoundLeaf::index)
                .containsExactly(2L, 1L);
    }

    private List<Long> found(LogQuery query, @Nullable String subject) {
        return log.search(query, subject, Long.MAX_VALUE, 10).stream()
                .map(FoundLeaf::index)
                .toList();
    }

    /** Enough leaves for runs to be merged. */
    @Test
    void bySubject_whenTheLogIsLarge_findsAllOfThemInOrder() throws Exception {
        log.close();
        int leaves = 18_000;
        int people = 700;
        try (LogStore large = openStore()) {
            CompactRange tree = CompactRange.empty();
            while (tree.size() < leaves) {
                List<IndexedEntry> batch = new ArrayList<>();
                for (int i = 0; i < 1_500; i++) {
                    batch.add(indexed(tree, Entries.about(request(PORTAL), "person-" + tree.size() % people)));
                }
                assertThat(large.append(batch, TreeHead.of(tree))).isTrue();
            }
        }
        openAgain();

        List<Long> wanted = LongStream.range(0, leaves)
                .filter(index -> index % people == 99)
                .boxed()
                .toList();
        assertThat(log.bySubject("person-99", 0, 1_000))
                .extracting(StoredMessage::index)
                .containsExactlyElementsOf(wanted);
        assertThat(log.bySubject("person-99", 9_000, 3))
                .extracting(StoredMessage::index)
                .containsExactly(9_199L, 9_899L, 10_599L);
        assertThat(log.search(LogQuery.all(), "person-99", 9_200, 2))
                .extracting(FoundLeaf::index)
                .containsExactly(9_199L, 8_499L);
        assertThat(log.bySubject("person-" + people, 0, 10)).isEmpty();

        store().erase(List.of(99L, 799L), log.now());
        assertThat(log.bySubject("person-99", 0, 1_000))
                .extracting(StoredMessage::index)
                .containsExactlyElementsOf(wanted.subList(2, wanted.size()));
    }

    @Test
    void search_whenTimesAreGiven_findsWhatWasLoggedBetweenThem() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        for (int day = 0; day < 40; day++) {
            Instant at = start.plus(day, ChronoUnit.DAYS);
            append(LogEntry.recorded(PORTAL, at, "ERASURE", "operator", null, new byte[] {'{', '}'}));
        }

        LogQuery middle = LogQuery.all().between(start.plus(10, ChronoUnit.DAYS), start.plus(13, ChronoUnit.DAYS));
        assertThat(found(middle, null)).containsExactly(12L, 11L, 10L);
        assertThat(found(LogQuery.all().between(start.plus(38, ChronoUnit.DAYS), null), null))
                .containsExactly(39L, 38L);
        assertThat(found(LogQuery.all().between(null, start.plus(1, ChronoUnit.DAYS)), null))
                .containsExactly(0L);
    }

    @Test
    void saveCheckpoint_whenSavedAgain_keepsTheNewerNoteAndItsTimeStamp() throws Exception {
        Instant at = log.now();
        byte[] once = {1};
        byte[] cosigned = {1, 2};
        store().saveCheckpoint(5, "log/1", at, once);
        store().saveCheckpoint(9, "log/1", at, once);
        assertThat(store().latestStamped()).isEmpty();

        assertThat(store().saveTimeStamp(5, "log/1", new byte[] {7})).isTrue();
        assertThat(store().saveTimeStamp(6, "log/1", new byte[] {7})).isFalse();
        store().saveCheckpoint(5, "log/1", at, cosigned);
        store().saveCheckpoint(9, "log/2", at.plusMillis(1), once);

        assertThat(store().checkpoints(6, 10))
                .extracting(RecordedCheckpoint::origin)
                .containsExactly("log/1", "log/2");
        assertThat(store().latestCheckpoint().orElseThrow().origin()).isEqualTo("log/2");
        RecordedCheckpoint stamped = store().latestStamped().orElseThrow();
        assertThat(stamped.note()).isEqualTo(cosigned);
        assertThat(stamped.timeStamp()).containsExactly(7);
    }

    @Test
    void leaves_whenScanned_areTheRowsWithoutPayload() throws Exception {
        append(Entries.request(PORTAL, Direction.SENT, UUID.randomUUID()));
        append(Entries.request(PORTAL, Direction.SENT, UUID.randomUUID()));
        store().erase(List.of(1L), log.now());

        List<FoundLeaf> leaves = new ArrayList<>();
        store().leaves(0, 10, leaves::add);

        assertThat(leaves).extracting(FoundLeaf::erased).containsExactly(false, true);
        assertThat(leaves.get(1).leaf().hash(1)).isEqualTo(leaves.get(1).leafHash());
        assertThat(store().row(1).orElseThrow().leafHash())
                .isEqualTo(leaves.get(1).leafHash());
        assertThat(store().row(2)).isEmpty();
    }

    @Test
    void erasable_whenServiceAndTimeFit_areThoseThatAreNotErased() throws Exception {
        for (int i = 0; i < 3; i++) {
            append(Entries.request(PORTAL, Direction.SENT, UUID.randomUUID()));
        }
        String service = rows().get(0).leaf().service();
        Instant later = log.now().plusSeconds(3_600);
        assertThat(store().erase(List.of(1L, 99L), log.now())).isEqualTo(1);

        assertThat(store().erasable(service, later, 0, 10)).containsExactly(0L, 2L);
        assertThat(store().erasable(service, later, 1, 10)).containsExactly(2L);
        assertThat(store().erasable(service, Instant.EPOCH, 0, 10)).isEmpty();
        assertThat(store().erasable("JO/GOV/CSPD/registry/other/v1", later, 0, 10))
                .isEmpty();
    }

    @Test
    void erase_whenDone_keepsLeafAndRoot() throws Exception {
        UUID id = UUID.randomUUID();
        append(Entries.request(PORTAL, Direction.SENT, id));
        byte[] root = log.root();

        assertThat(store().erase(List.of(0L), log.now())).isEqualTo(1);
        assertThat(store().erase(List.of(0L, 7L), log.now())).isZero();

        assertThat(log.messages(id)).singleElement().satisfies(message -> assertThat(message.container())
                .isNull());
        LogRow row = rows().get(0);
        assertThat(row.erased()).isTrue();
        assertThat(row.subjectHash()).isNull();
        assertThat(log.bySubject(SUBJECT, 0, 10)).isEmpty();
        assertThat(row.payload()).isNull();
        assertThat(row.leaf().hash(0)).isEqualTo(row.leafHash());
        assertThat(log.root()).isEqualTo(root);
    }

    @Test
    void open_whenClosedBefore_goesOnWithTheSameTree() throws Exception {
        CompactRange expected = CompactRange.empty();
        for (int i = 0; i < 21; i++) {
            append(Entries.request(PORTAL, Direction.SENT, UUID.randomUUID()));
            if (i % 5 == 0) {
                byte[] root = log.root();
                reopen();
                assertThat(log.root()).isEqualTo(root);
            }
        }

        for (LogRow row : rows()) {
            expected.append(row.leaf().hash(row.index()));
        }
        assertThat(log.size()).isEqualTo(21);
        assertThat(log.root()).isEqualTo(expected.root());
    }

    @Test
    void close_whenAppendsAreQueued_flushesThem() throws Exception {
        List<CompletableFuture<AppendResult>> results = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            results.add(log.append(Entries.request(PORTAL, Direction.SENT, UUID.randomUUID())));
        }

        reopen();

        assertThat(results).allSatisfy(result -> assertThat(result).isCompleted());
        assertThat(log.size()).isEqualTo(500);
    }

    @Test
    void openStore_whenOpenAlready_isRefused() {
        assertThatThrownBy(this::openStore).isInstanceOf(LogStoreException.class);
    }

    @Test
    void append_whenClosed_isUnavailable() {
        log.close();

        assertThat(log.available()).isFalse();
        assertThat(log.append(Entries.request(PORTAL, Direction.SENT, UUID.randomUUID())))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(LogUnavailableException.class);
    }

    @Test
    void commits_whenBatchesWereCommitted_leadUpToTheHead() throws Exception {
        append(Entries.request(PORTAL, Direction.SENT, UUID.randomUUID()));
        append(Entries.request(PORTAL, Direction.SENT, UUID.randomUUID()));

        try (LogSource source = openSource()) {
            assertThat(source.commits(0, 10)).extracting(CommitMark::size).containsExactly(1L, 2L);
            assertThat(source.commits(1, 10)).singleElement().satisfies(mark -> assertThat(mark.root())
                    .isEqualTo(log.root()));
            assertThat(source.head().root()).isEqualTo(log.root());
            assertThat(source.head().size()).isEqualTo(2);
        }
    }

    @Test
    void storeAppend_whenOneEntryIsLoggedAlready_writesNone() throws Exception {
        log.close();
        try (LogStore store = openStore()) {
            LogEntry entry = Entries.request(PORTAL, Direction.SENT, UUID.randomUUID());
            CompactRange tree = CompactRange.empty();
            List<IndexedEntry> twice = List.of(indexed(tree, entry), indexed(tree, entry));

            assertThat(store.append(twice, TreeHead.of(tree))).isFalse();
            assertThat(store.head().size()).isZero();
            assertThat(store.messages(entry.messageId(), 10)).isEmpty();
        }
        log = open(openStore());
        assertThat(rows()).isEmpty();
    }

    @Test
    void storeAppend_whenIndicesLeaveAGap_isRefused() throws Exception {
        log.close();
        try (LogStore store = openStore()) {
            CompactRange tree = CompactRange.empty();
            indexed(tree, request(PORTAL));
            IndexedEntry second = indexed(tree, request(PORTAL));

            assertThatThrownBy(() -> store.append(List.of(second), TreeHead.of(tree)))
                    .isInstanceOf(LogStoreException.class);
            assertThat(store.head().size()).isZero();
        }
        log = open(openStore());
    }

    private static LogEntry request(MemberId member) {
        return Entries.request(member, Direction.SENT, UUID.randomUUID());
    }

    private static IndexedEntry indexed(CompactRange tree, LogEntry entry) {
        PreparedEntry prepared = PreparedEntry.prepare(entry, KEY);
        long index = tree.size();
        byte[] hash = prepared.leaf().hash(index);
        tree.append(hash);
        return new IndexedEntry(index, prepared, hash);
    }

    private static List<Long> indices(long count) {
        return LongStream.range(0, count).boxed().toList();
    }

    @Test
    void append_whenTheContainerHoldsADocument_givesBackTheWholeAndItsCard() throws Exception {
        DocumentEntries document = new DocumentEntries(3 * StoredChunks.CHUNK_BYTES + 17);
        append(Entries.request(CSPD, Direction.RECEIVED, UUID.randomUUID()));
        long index = append(document.entry());

        reopen();

        ContainerContent whole = log.whole(index).orElseThrow();
        assertThat(whole.length()).isEqualTo(document.whole().length);
        assertThat(whole.octets(0, (int) whole.length())).isEqualTo(document.whole());
        assertThat(whole.octets(StoredChunks.CHUNK_BYTES - 5, 10))
                .isEqualTo(Arrays.copyOfRange(
                        document.whole(), StoredChunks.CHUNK_BYTES - 5, StoredChunks.CHUNK_BYTES + 5));
        assertThat(log.messages(document.id()).get(0).container()).isEqualTo(document.card());
        assertThat(log.whole(0)).isEmpty();
        assertThat(verdict()).isInstanceOf(LogVerdict.Intact.class);
    }

    @Test
    void append_whenADocumentComesAgain_isADuplicateOfTheSameOctets() {
        DocumentEntries document = new DocumentEntries(StoredChunks.CHUNK_BYTES);
        append(document.entry());

        assertThat(log.append(document.entry()).join()).isEqualTo(new Duplicate(0, true));
    }

    @Test
    void verify_whenOneOctetOfADocumentWasAltered_namesItsLeaf() throws Exception {
        DocumentEntries document = new DocumentEntries(2 * StoredChunks.CHUNK_BYTES);
        long index = append(document.entry());
        byte[] altered = new byte[StoredChunks.CHUNK_BYTES];

        change("UPDATE log_chunk SET octets = ? WHERE part = 1", altered);

        LogVerdict.Damaged damaged = (LogVerdict.Damaged) verdict();
        assertThat(damaged.damages()).hasSize(1);
        assertThat(damaged.damages().get(0).kind()).isEqualTo(DamageKind.ALTERED_CONTAINER);
        assertThat(damaged.damages().get(0).index()).isEqualTo(index);
    }

    @Test
    void verify_whenADocumentsCardIsNotItsOwn_namesItsLeaf() throws Exception {
        append(new DocumentEntries(1_000).entry());

        change("UPDATE log_payload SET container = ?", new DocumentEntries(1_000).card());

        assertThat(((LogVerdict.Damaged) verdict()).damages().get(0).kind()).isEqualTo(DamageKind.ALTERED_CONTAINER);
    }

    @Test
    void erase_whenTheContainerHoldsADocument_erasesTheDocumentToo() throws Exception {
        long index = append(new DocumentEntries(2 * StoredChunks.CHUNK_BYTES).entry());

        assertThat(store().erase(List.of(index), Instant.now())).isOne();
        store().scrub();

        assertThat(log.whole(index)).isEmpty();
        assertThat(log.available()).isTrue();
    }

    @Test
    void append_whenTheDocumentCannotBeRead_failsAloneAndTheLogGoesOn() {
        LogEntry unreadable = new DocumentEntries(1_000).entry(new DocumentEntries.Unreadable());

        assertThatThrownBy(() -> log.append(unreadable).join()).hasCauseInstanceOf(LogUnavailableException.class);
        append(Entries.request(CSPD, Direction.RECEIVED, UUID.randomUUID()));
    }

    private LogVerdict verdict() throws Exception {
        try (LogSource source = openSource()) {
            return new LogVerifier(VerificationPlan.of(ContainerCheck.NONE)).verify(source);
        }
    }

    private void change(String sql, byte[] octets) throws Exception {
        Connection writer = ((JdbcLogStore) store()).writer();
        synchronized (writer) {
            try (PreparedStatement statement = writer.prepareStatement(sql)) {
                statement.setBytes(1, octets);
                statement.executeUpdate();
            }
        }
    }
}
