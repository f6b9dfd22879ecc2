package org.wasl.routes.held;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;

/** What is held, for whom, and until when, whatever becomes of the cache. */
class HeldAnswersTest {

    private static final String PERSON = "9990045842";
    private static final MemberId PORTAL = MemberId.parse("JO/GOV/PORTAL");
    private static final SubsystemId COMPOSER = SubsystemId.parse("JO/GOV/PORTAL/composer");
    private static final ServiceId FINES = ServiceId.parse("JO/GOV/DVLD/fines/fines-of-person/v1");
    private static final Duration DAY = Duration.ofDays(1);
    private static final byte[] ANSWER = ("the answer about " + PERSON).getBytes(StandardCharsets.UTF_8);

    private final MemoryAnswerCache cache = new MemoryAnswerCache();
    private final AtomicLong nanos = new AtomicLong();
    private final HeldSettings settings =
            new HeldSettings(Duration.ofMillis(50), Duration.ofSeconds(5), Duration.ofDays(7), 4_096, 16);
    private final HeldAnswers held = answers(1);

    private HeldAnswers answers(int site) {
        byte[] key = new byte[32];
        key[0] = (byte) site;
        return new HeldAnswers(cache, SiteKey.of(key), settings, nanos::get);
    }

    static HeldQuestion question(String person) {
        return new HeldQuestion(COMPOSER, FINES, Map.of("nationalNumber", person), "GENERAL_CLEARANCE", person);
    }

    private void hold(HeldQuestion question) {
        HeldAnswers.Ticket ticket = held.asking(question).join().orElseThrow();
        assertThat(held.hold(ticket, ANSWER, DAY).join()).isTrue();
    }

    @Test
    void find_whenTheSameIsAsked_givesTheAnswerAndOnlyThen() {
        HeldQuestion question = question(PERSON);
        hold(question);

        assertThat(held.find(question).join()).contains(ANSWER);
        assertThat(held.find(question("9990045843")).join()).isEmpty();
        assertThat(held.find(new HeldQuestion(
                                SubsystemId.parse("JO/GOV/PORTAL/web"),
                                FINES,
                                question.parameters(),
                                "GENERAL_CLEARANCE",
                                PERSON))
                        .join())
                .isEmpty();
        assertThat(held.find(new HeldQuestion(
                                SubsystemId.parse("JO/GOV/MOJ/composer"),
                                FINES,
                                question.parameters(),
                                "GENERAL_CLEARANCE",
                                PERSON))
                        .join())
                .isEmpty();
        assertThat(held.find(new HeldQuestion(COMPOSER, FINES, question.parameters(), "COURT_CASE", PERSON))
                        .join())
                .isEmpty();
    }

    @Test
    void hold_whateverItIs_showsWhoeverHoldsTheCacheNothing() {
        hold(question(PERSON));

        assertThat(cache.seen()).hasSize(4).allSatisfy(octets -> assertThat(
                        new String(octets, StandardCharsets.ISO_8859_1))
                .doesNotContain(PERSON)
                .doesNotContain("fines-of-person"));
    }

    @Test
    void find_whenTheCacheWasAlteredOrIsOfAnotherSite_givesNothing() {
        HeldQuestion question = question(PERSON);
        hold(question);

        assertThat(answers(2).find(question).join()).isEmpty();
        cache.alter();
        assertThat(held.find(question).join()).isEmpty();
    }

    @Test
    void evict_whenDone_leavesNothingThatWasAskedBeforeAndNothingOnItsWay() {
        HeldQuestion question = question(PERSON);
        hold(question);
        HeldAnswers.Ticket onItsWay = held.asking(question).join().orElseThrow();

        held.evict(PORTAL, PERSON).join();

        assertThat(held.find(question).join()).isEmpty();
        held.hold(onItsWay, ANSWER, DAY).join();
        assertThat(held.find(question).join()).isEmpty();
        hold(question);
        assertThat(held.find(question).join()).contains(ANSWER);
    }

    @Test
    void find_whenTheCacheForgotSome_givesNothingRatherThanWhatWasEvicted() {
        HeldQuestion question = question(PERSON);
        hold(question);
        cache.clear();
        held.asking(question).join();

        assertThat(held.find(question).join()).isEmpty();
    }

    @Test
    void everything_whenTheCacheIsKilled_goesOnWithoutAndEvictionSaysSo() {
        HeldQuestion question = question(PERSON);
        hold(question);
        cache.kill();

        assertThat(held.find(question).join()).isEmpty();
        assertThat(held.asking(question).join()).isEmpty();
        assertThat(held.failures()).isEqualTo(1);
        assertThatThrownBy(() -> held.evict(PORTAL, PERSON).join()).hasMessageContaining("killed");
    }

    @Test
    void everything_whenTheCacheIsSilent_waitsOnceAndThenLeavesItAlone() {
        HeldQuestion question = question(PERSON);
        hold(question);
        cache.silent(true);

        assertThat(held.find(question).join()).isEmpty();
        // No further wait: it would not end, since the cache says nothing.
        assertThat(held.find(question)).isCompletedWithValueMatching(java.util.Optional::isEmpty);
        assertThat(held.failures()).isEqualTo(1);

        cache.silent(false);
        assertThat(held.find(question).join()).isEmpty();
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(held.find(question).join()).contains(ANSWER);
    }

    @Test
    void hold_whenTooLargeTooOldOrAboutNobody_holdsNothing() {
        HeldQuestion question = question(PERSON);
        HeldAnswers.Ticket ticket = held.asking(question).join().orElseThrow();

        assertThat(held.hold(ticket, new byte[4_097], DAY).join()).isFalse();
        assertThat(held.hold(ticket, ANSWER, Duration.ofSeconds(-1)).join()).isFalse();
        assertThat(held.asking(new HeldQuestion(COMPOSER, FINES, Map.of(), "GENERAL_CLEARANCE", null))
                        .join())
                .isEmpty();
        assertThat(held.hold(ticket, ANSWER, Duration.ofDays(400)).join()).isTrue();
        assertThat(cache.longest()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void none_holdsNothingAndEvictsAtOnce() {
        HeldAnswers none = HeldAnswers.none();

        assertThat(none.holds()).isFalse();
        assertThat(none.asking(question(PERSON)).join()).isEmpty();
        assertThat(none.find(question(PERSON)).join()).isEmpty();
        assertThat(none.evict(PORTAL, PERSON)).isCompleted();
    }

    @Test
    void siteKey_whenMade_isItsOwnersOnlyAndReadAgain(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("held-answers.key");
        SiteKey made = SiteKey.loadOrCreate(file);

        assertThat(SiteKey.loadOrCreate(file).clusterSuffix()).isEqualTo(made.clusterSuffix());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> SiteKey.loadOrCreate(file)).hasMessageContaining("600");
    }
}
