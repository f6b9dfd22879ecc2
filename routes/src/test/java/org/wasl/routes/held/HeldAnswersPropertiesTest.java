package org.wasl.routes.held;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;

/** In whatever order people are asked about, answered about and changed: no answer of before a change is found after it. */
class HeldAnswersPropertiesTest {

    private static final MemberId PORTAL = MemberId.parse("JO/GOV/PORTAL");
    private static final SubsystemId COMPOSER = SubsystemId.parse("JO/GOV/PORTAL/composer");
    private static final ServiceId FINES = ServiceId.parse("JO/GOV/DVLD/fines/fines-of-person/v1");
    private static final int PEOPLE = 3;

    private enum Act {
        ASK,
        ANSWER,
        EVENT,
        FORGET
    }

    @Property(tries = 300)
    void find_afterAnyHistory_givesTheNewestAnswerOfTheTimeOrNone(
            @ForAll @Size(max = 40) List<Act> acts,
            @ForAll @Size(value = 40) List<@IntRange(max = PEOPLE - 1) Integer> people) {
        MemoryAnswerCache cache = new MemoryAnswerCache();
        HeldAnswers held = new HeldAnswers(cache, SiteKey.of(new byte[32]), HeldSettings.defaults(), System::nanoTime);
        Map<Integer, HeldAnswers.Ticket> asked = new HashMap<>();
        Map<Integer, Integer> knownWhenAsked = new HashMap<>();
        Map<Integer, Integer> truth = new HashMap<>();
        for (int i = 0; i < acts.size(); i++) {
            int person = people.get(i);
            switch (acts.get(i)) {
                case ASK -> {
                    asked.put(person, held.asking(question(person)).join().orElseThrow());
                    // A source reads its record after it was asked; the worst that it can say is what was so then.
                    knownWhenAsked.put(person, truth.getOrDefault(person, 0));
                }
                case ANSWER -> {
                    if (asked.containsKey(person)) {
                        byte[] answer = knownWhenAsked.get(person).toString().getBytes(StandardCharsets.US_ASCII);
                        held.hold(asked.get(person), answer, Duration.ofDays(1)).join();
                    }
                }
                case EVENT -> {
                    truth.merge(person, 1, Integer::sum);
                    held.evict(PORTAL, Integer.toString(person)).join();
                }
                case FORGET -> cache.clear();
            }
            for (int one = 0; one < PEOPLE; one++) {
                Optional<String> found =
                        held.find(question(one)).join().map(octets -> new String(octets, StandardCharsets.US_ASCII));
                int now = truth.getOrDefault(one, 0);
                assertThat(found).satisfiesAnyOf(none -> assertThat(none).isEmpty(), some -> assertThat(some)
                        .contains(Integer.toString(now)));
            }
        }
    }

    private static HeldQuestion question(int person) {
        String number = Integer.toString(person);
        return new HeldQuestion(COMPOSER, FINES, Map.of("nationalNumber", number), "GENERAL_CLEARANCE", number);
    }

    @Property(tries = 500)
    void seal_whateverIsSealed_opensUnderItsNameOnly(
            @ForAll byte[] octets, @ForAll @Size(32) byte[] name, @ForAll @Size(32) byte[] other) {
        HeldCipher cipher = new HeldCipher(SiteKey.of(new byte[32]), PORTAL);
        byte[] sealedOctets = cipher.seal(name, octets);

        assertThat(cipher.open(name, sealedOctets))
                .hasValueSatisfying(open -> assertThat(open).isEqualTo(octets));
        if (!java.util.Arrays.equals(name, other)) {
            assertThat(cipher.open(other, sealedOctets)).isEmpty();
        }
        assertThat(new HeldCipher(SiteKey.of(new byte[32]), MemberId.parse("JO/GOV/MOJ")).open(name, sealedOctets))
                .isEmpty();
    }

    @Property(tries = 500)
    void answer_whenTwoQuestionsDiffer_haveOtherNames(
            @ForAll Map<String, String> one, @ForAll Map<String, String> other) {
        HeldCipher cipher = new HeldCipher(SiteKey.of(new byte[32]), PORTAL);
        byte[] name = cipher.answer(new HeldQuestion(COMPOSER, FINES, one, "GENERAL_CLEARANCE", null));
        byte[] another = cipher.answer(new HeldQuestion(COMPOSER, FINES, other, "GENERAL_CLEARANCE", null));

        assertThat(java.util.Arrays.equals(name, another)).isEqualTo(one.equals(other));
    }
}
