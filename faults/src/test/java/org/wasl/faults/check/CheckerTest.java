package org.wasl.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.wasl.faults.ledger.Disclosure;
import org.wasl.faults.ledger.LedgerEntry;
import org.wasl.faults.ledger.LedgerEntry.Intended;
import org.wasl.faults.ledger.LedgerEntry.Marked;
import org.wasl.faults.ledger.LedgerEntry.Sent;
import org.wasl.faults.ledger.LedgerEntry.Silent;
import org.wasl.faults.ledger.LedgerEntry.Told;

/** A checker that cannot fail shows nothing: each kind of broken promise is made up here, and found. */
class CheckerTest {

    private static final String SERVICE = "JO/GOV/CSPD/registry/person-record/v1";
    private static final String COURT = "JO/GOV/MOJ/case-system";
    private static final String REGISTRY = "JO/GOV/CSPD/registry";
    private static final String PERSON = "9990123456";

    private final List<LedgerEntry> ledger = new ArrayList<>();
    private final List<Disclosure> disclosures = new ArrayList<>();
    private final List<LoggedLeaf> leaves = new ArrayList<>();
    private String verdict = Evidence.INTACT;

    @Test
    void violations_whenEveryRequestIsAnsweredOnce_none() {
        exchange("r1", PERSON);

        assertThat(violations()).isEmpty();
    }

    @Test
    void violations_whenARequestHasNoEnd_lost() {
        ledger.add(new Intended(0, "r1", "person", PERSON));
        ledger.add(new Silent(5, "r1", 1, true, "cut off", 5_000));

        assertThat(violations())
                .singleElement()
                .matches(one -> one.promise() == Promise.P1 && one.detail().contains("no end"));
    }

    @Test
    void violations_whenNobodyListened_nothingIsOwed_butIsOnceSomebodyDid() {
        ledger.add(new Intended(0, "r1", "person", PERSON));
        assertThat(violations()).isEmpty();
        ledger.add(new Sent(1, "r1", 1));
        assertThat(violations()).as("it may be on its way").hasSize(1);
        ledger.add(new Silent(5, "r1", 1, false, "connection refused", 5_000));
        assertThat(violations()).isEmpty();

        ledger.add(new Sent(6, "r1", 2));
        ledger.add(new Silent(7, "r1", 2, true, "connection reset", 5_000));
        assertThat(violations())
                .singleElement()
                .matches(one -> one.promise() == Promise.P1 && one.detail().contains("no end"));
    }

    @Test
    void violations_whenALoggedRequestHasNoAnswer_lost() {
        exchange("r1", PERSON);
        leaves.removeIf(leaf -> "SENT".equals(leaf.direction()) && "REPLY".equals(leaf.kind()));

        assertThat(violations()).extracting(Violation::promise).contains(Promise.P1, Promise.P3);
    }

    @Test
    void violations_whenAnAnnouncedAnswerNeverComes_lost() {
        ledger.add(new Intended(0, "r1", "certificate", PERSON));
        ledger.add(told(2, "r1", 202, "", "", "i1"));
        assertThat(violations()).isEmpty();

        ledger.add(new Marked(10, "site", "all-said", ""));
        assertThat(violations()).singleElement().matches(one -> one.promise() == Promise.P1);
        ledger.add(told(12, "r1", 202, "", "", "i1"));
        assertThat(violations()).singleElement().matches(one -> one.promise() == Promise.P1);

        ledger.add(told(13, "r1", 200, "d", "", ""));
        assertThat(violations()).isEmpty();
    }

    @Test
    void violations_whenARequestIsAnsweredTwice_doubled() {
        exchange("r1", PERSON);
        leaves.add(leaf("SENT", "REPLY", "r1-other", "r1", "r1"));

        assertThat(violations())
                .singleElement()
                .matches(one -> one.promise() == Promise.P2 && one.detail().contains("2 times"));
    }

    @Test
    void violations_whenAskedAgainAndAnsweredOtherwise_doubled() {
        exchange("r1", PERSON);
        ledger.add(told(9, "r1", 200, "another digest", "r1-reply", ""));

        assertThat(violations())
                .singleElement()
                .matches(one -> one.promise() == Promise.P2 && one.detail().contains("different octets"));
    }

    @Test
    void violations_whenTheBackEndIsReadTwice_doubledUnlessInterrupted() {
        exchange("r1", PERSON);
        disclosures.add(new Disclosure(4, "CSPD", "V_QAYD " + PERSON));
        assertThat(violations())
                .singleElement()
                .matches(one -> one.promise() == Promise.P2 && one.detail().contains("disclosed 2 times"));

        ledger.add(new Marked(1, "node-killed", "injected", ""));
        ledger.add(new Marked(2, "node-killed", "recovered", ""));
        assertThat(violations()).isEmpty();
    }

    /** A caller's client sends once more by itself what was cut off, and then says that nobody listened. */
    @Test
    void violations_whenWhoHeardNothingIsInTheLog_explained() {
        exchange("r1", PERSON);
        exchange("r2", PERSON);
        ledger.removeIf(entry -> entry instanceof Told told && told.key().equals("r2"));
        ledger.add(new Silent(9, "r2", 1, false, "connection refused", 5_000));
        assertThat(violations()).isEmpty();

        disclosures.add(new Disclosure(4, "CSPD", "V_QAYD " + PERSON));
        assertThat(violations())
                .singleElement()
                .matches(one -> one.promise() == Promise.P2 && one.detail().contains("disclosed 3 times"));
    }

    @Test
    void violations_whenACompositeWasRefusedAndNothingTiesItToTheLogs_notJudged() {
        exchange("r1", PERSON);
        disclosures.add(new Disclosure(4, "CSPD", "V_HAYAT " + PERSON));
        assertThat(violations()).hasSize(1);

        ledger.add(new Intended(0, "c1", "clearance", PERSON));
        ledger.add(new Told(6, "c1", 1, 503, "wasl.log.unavailable", "d", "", "", "", "", "", Map.of(), 1_000));
        assertThat(violations()).isEmpty();
    }

    /** A clerk who takes a minute is asked some four times; not ten times. */
    @Test
    void violations_whenAnAnswerAnnouncedForLaterIsLookedForAgain_doubledOnlyBeyondItsTurns() {
        exchange("r1", PERSON);
        leaves.add(at(-60_000, leaf("SENT", "INTERIM", "r1-interim", "r1", "r1")));
        for (int again = 0; again < 4; again++) {
            disclosures.add(new Disclosure(4, "CSPD", "V_QAYD " + PERSON));
        }
        assertThat(violations()).isEmpty();

        for (int again = 0; again < 6; again++) {
            disclosures.add(new Disclosure(4, "CSPD", "V_QAYD " + PERSON));
        }
        assertThat(violations())
                .singleElement()
                .matches(one -> one.promise() == Promise.P2 && one.detail().contains("disclosed 11 times"));
    }

    @Test
    void violations_whenADisclosureHasNoRequestInTheLog_unlogged() {
        exchange("r1", PERSON);
        disclosures.add(new Disclosure(4, "CSPD", "V_QAYD 9990999999"));

        assertThat(violations())
                .singleElement()
                .matches(one -> one.promise() == Promise.P3 && one.subject().contains("9990999999"));
    }

    @Test
    void violations_whenAFileOfManyIsOpenedForNobody_unlogged() {
        exchange("r1", PERSON);
        disclosures.add(new Disclosure(4, "MOJ", "status-77.csv"));

        assertThat(violations()).singleElement().matches(one -> one.promise() == Promise.P3);
    }

    @Test
    void violations_whenAnAnswerIsInNoLog_unlogged() {
        exchange("r1", PERSON);
        leaves.removeIf(leaf -> "REPLY".equals(leaf.kind()) && "RECEIVED".equals(leaf.direction()));

        assertThat(violations())
                .anyMatch(one -> one.promise() == Promise.P3 && one.detail().contains("its consumer's log"));
    }

    @Test
    void violations_whenALogIsDamaged_namesItsFirstBadIndex() {
        exchange("r1", PERSON);
        verdict = "first bad index 3";

        assertThat(violations())
                .singleElement()
                .matches(one -> one.promise() == Promise.P5 && one.detail().contains("3"));
    }

    @Test
    void violations_whenAMissingSourceIsCalledCompleteOrClear_wrongLabel() {
        composite("COMPLETE", "UNDETERMINED", Map.of("life", "AVAILABLE", "attachments", "UNAVAILABLE"));
        composite("PARTIAL", "CLEAR", Map.of("life", "AVAILABLE", "attachments", "TIMED_OUT"));
        composite("PARTIAL", "UNDETERMINED", Map.of("life", "AVAILABLE"));
        composite("PARTIAL", "UNDETERMINED", Map.of("life", "AVAILABLE", "attachments", "TIMED_OUT"));

        assertThat(violations()).hasSize(3).allMatch(one -> one.promise() == Promise.P6);
    }

    private List<Violation> violations() {
        return Checker.violations(new Evidence(
                ledger,
                disclosures,
                leaves,
                Map.of("CSPD", verdict),
                Map.of(SERVICE, 1),
                Map.of("clearance", Set.of("life", "attachments"))));
    }

    /** A request, its answer and the four leaves and one disclosure that it makes. */
    private void exchange(String key, String person) {
        ledger.add(new Intended(0, key, "person", person));
        ledger.add(new LedgerEntry.Sent(1, key, 1));
        ledger.add(told(5, key, 200, "digest", key + "-reply", ""));
        leaves.add(leaf("SENT", "REQUEST", key, "", key));
        leaves.add(leaf("RECEIVED", "REQUEST", key, "", key));
        disclosures.add(new Disclosure(3, "CSPD", "V_QAYD " + person));
        leaves.add(leaf("SENT", "REPLY", key + "-reply", key, key));
        leaves.add(leaf("RECEIVED", "REPLY", key + "-reply", key, key));
    }

    private void composite(String overall, String decision, Map<String, String> sources) {
        String key = "c" + ledger.size();
        ledger.add(new Intended(0, key, "clearance", PERSON));
        ledger.add(new Told(1, key, 1, 200, "", "d" + key, "", "", "t" + key, overall, decision, sources, 1));
    }

    private static Told told(long at, String key, int status, String digest, String replyId, String interimId) {
        return new Told(at, key, 1, status, "", digest, replyId, interimId, key, "", "", Map.of(), 1_000);
    }

    private static LoggedLeaf at(long millis, LoggedLeaf leaf) {
        return new LoggedLeaf(
                leaf.log(),
                leaf.index(),
                millis,
                leaf.direction(),
                leaf.member(),
                leaf.messageId(),
                leaf.correlation(),
                leaf.kind(),
                leaf.sender(),
                leaf.consumer(),
                leaf.provider(),
                leaf.service(),
                leaf.inReplyTo(),
                leaf.fault());
    }

    private static LoggedLeaf leaf(String direction, String kind, String id, String inReplyTo, String correlation) {
        boolean provider = "RECEIVED".equals(direction) == "REQUEST".equals(kind);
        return new LoggedLeaf(
                "CSPD",
                0,
                2,
                direction,
                provider ? "JO/GOV/CSPD" : "JO/GOV/MOJ",
                id,
                correlation,
                kind,
                "REQUEST".equals(kind) ? COURT : REGISTRY,
                COURT,
                REGISTRY,
                SERVICE,
                inReplyTo,
                "");
    }
}
