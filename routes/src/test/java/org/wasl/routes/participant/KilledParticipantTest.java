package org.wasl.routes.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasl.routes.flow.MessageIds;

/**
 * Broker, provider, consumer and composer in a process each, of which each is killed at each step of a deferred answer.
 * An exchange and a composite request always run beside each other; both end, once, and both sides by the same message.
 */
class KilledParticipantTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String DEFERRED = "DEFERRED";
    private static final Pattern SIGNED = Pattern.compile("ANSWERED .*|FAULTED .*");
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    @TempDir
    static Path directory;

    private static final Map<Role, Participant> PARTICIPANTS = new EnumMap<>(Role.class);
    private static Reviews reviews;

    /** When somebody is killed. */
    enum Moment {
        /** The request has just been handed in. */
        ASKED,
        /** The provider's announcement is there. */
        ANNOUNCED,
        /** The clerk has just decided. */
        DECIDED,
        /** The back-end has just given the record. */
        RELEASED,
        /** The answer is there. */
        ANSWERED,
        /** The requester has just cancelled. */
        CANCELLED
    }

    @BeforeAll
    static void start() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Federation federation = new Federation(directory, port);
        federation.establish();
        reviews = new Reviews(directory);
        // One after the other: what each accepted of the registry stands in the directory that they share.
        for (Role role : Role.values()) {
            PARTICIPANTS.put(role, new Participant(role, federation));
            participant(role).awaitReady();
        }
    }

    @AfterAll
    static void stop() {
        PARTICIPANTS.values().forEach(Participant::close);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Role.class)
    void deferredAnswers_whenSomebodyIsKilledAtEachStep_endOnceAndOnBothSidesAlike(Role killed) throws Exception {
        // One fall for what stands at several steps: each start of a process costs seconds.
        Map<Moment, Case> cases = new EnumMap<>(Moment.class);
        for (Moment moment : Moment.values()) {
            cases.put(moment, Case.next());
            if (moment != Moment.ASKED) {
                cases.get(moment).ask();
            }
        }
        for (Moment moment : Moment.values()) {
            if (moment != Moment.ASKED) {
                await("announced").atMost(PATIENCE).until(() -> cases.get(moment)
                        .isAnnounced());
            }
        }
        reviews.decide(cases.get(Moment.ANSWERED).number);
        List<String> answered = cases.get(Moment.ANSWERED).awaitEnd();

        cases.get(Moment.CANCELLED).cancel();
        reviews.decide(cases.get(Moment.DECIDED).number);
        cases.get(Moment.ASKED).ask();
        kill(killed);
        // Who asked and heard nothing asks again: the same request, by its id. So does who cancelled.
        cases.get(Moment.ASKED).ask();
        cases.get(Moment.CANCELLED).cancel();

        Case asked = cases.get(Moment.ASKED);
        await("announced or refused").atMost(PATIENCE).until(() -> asked.states().stream()
                .allMatch(
                        state -> state.equals(DEFERRED) || SIGNED.matcher(state).matches()));
        List<String> begun = asked.states();
        reviews.decide(cases.get(Moment.RELEASED).number);
        await("released")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> reviews.released(cases.get(Moment.RELEASED).number));
        kill(killed);
        reviews.decide(cases.get(Moment.ANNOUNCED).number);
        reviews.decide(asked.number);

        assertAnsweredWhereAnnounced(begun, asked.awaitEnd());
        for (Moment moment : List.of(Moment.ANNOUNCED, Moment.DECIDED, Moment.RELEASED)) {
            assertThat(cases.get(moment).awaitEnd()).as("%s", moment).allMatch(end -> end.startsWith("ANSWERED "));
        }
        assertThat(cases.get(Moment.ANSWERED).states()).isEqualTo(answered);
        assertThat(cases.get(Moment.CANCELLED).awaitEnd())
                .allMatch(end -> end.startsWith("FAULTED wasl.exchange.cancelled "));
        // A source's own end follows its composer's where that was cancelled.
        for (Case each : cases.values()) {
            await("every log has one end of each").atMost(PATIENCE).untilAsserted(each::assertEndedOnce);
        }
        reviews.decide(cases.get(Moment.CANCELLED).number);
        assertThat(reviews.released(cases.get(Moment.CANCELLED).number)).isFalse();
    }

    /** What the broker did not take has ended at once, by its requester's signed fault; all else is answered. */
    private static void assertAnsweredWhereAnnounced(List<String> begun, List<String> ended) {
        for (int i = 0; i < begun.size(); i++) {
            if (begun.get(i).equals(DEFERRED)) {
                assertThat(ended.get(i)).startsWith("ANSWERED ");
            } else {
                assertThat(ended.get(i)).isEqualTo(begun.get(i));
            }
        }
    }

    private static Participant participant(Role role) {
        return PARTICIPANTS.get(role);
    }

    private static void kill(Role role) throws Exception {
        participant(role).killAndStart();
        participant(role).awaitReady();
    }

    /** An exchange and a composite request about one person. */
    private record Case(UUID exchange, UUID composite, String number) {

        static Case next() {
            return new Case(
                    UUID.randomUUID(), UUID.randomUUID(), Long.toString(9_990_000_000L + PEOPLE.incrementAndGet()));
        }

        void ask() throws InterruptedException {
            participant(Role.CONSUMER).call("ask " + exchange + " " + number);
            participant(Role.COMPOSER).call("ask " + composite + " " + number);
        }

        void cancel() throws InterruptedException {
            participant(Role.CONSUMER).call("cancel " + exchange);
            participant(Role.COMPOSER).call("cancel " + composite);
        }

        boolean isAnnounced() throws InterruptedException {
            return states().equals(List.of(DEFERRED, DEFERRED));
        }

        List<String> awaitEnd() throws InterruptedException {
            await("ended").atMost(PATIENCE).until(() -> states().stream()
                    .allMatch(state -> SIGNED.matcher(state).matches()));
            return states();
        }

        List<String> states() throws InterruptedException {
            return List.of(
                    participant(Role.CONSUMER).call("state " + exchange),
                    participant(Role.COMPOSER).call("state " + composite));
        }

        void assertEndedOnce() throws InterruptedException {
            assertOneEnd(Role.CONSUMER, exchange, exchange);
            assertOneEnd(Role.COMPOSER, composite, MessageIds.step(composite, "status"));
            assertThat(ends(Role.COMPOSER, composite, composite))
                    .filteredOn(entry -> entry.direction.equals("SENT"))
                    .hasSize(1);
        }

        /** The requester has one end, received or its own; the provider too, if the request ever came to it. */
        private static void assertOneEnd(Role requester, UUID correlation, UUID request) throws InterruptedException {
            boolean sent = trace(requester, correlation).contains(new Entry("SENT", "REQUEST", request, request));
            boolean received =
                    trace(Role.PROVIDER, correlation).contains(new Entry("RECEIVED", "REQUEST", request, request));
            List<Entry> requesters = ends(requester, correlation, request);
            List<Entry> providers = ends(Role.PROVIDER, correlation, request);
            assertThat(requesters).hasSize(sent ? 1 : 0);
            assertThat(providers).hasSize(received ? 1 : 0);
            if (sent && requesters.get(0).direction.equals("RECEIVED")) {
                assertThat(requesters.get(0).id).isEqualTo(providers.get(0).id);
            }
            assertThat(trace(Role.PROVIDER, correlation).stream()
                            .filter(entry -> entry.kind.equals("INTERIM") && entry.direction.equals("SENT"))
                            .count())
                    .isLessThanOrEqualTo(1);
        }

        private static List<Entry> ends(Role role, UUID correlation, UUID request) throws InterruptedException {
            return trace(role, correlation).stream()
                    .filter(entry -> entry.isEnd() && entry.about.equals(request))
                    .toList();
        }

        private static List<Entry> trace(Role role, UUID correlation) throws InterruptedException {
            String words = participant(role).call("trace " + correlation);
            return words.isEmpty()
                    ? List.of()
                    : Arrays.stream(words.split(" ", -1)).map(Entry::of).toList();
        }
    }

    /** A leaf: the message, and the request that it is about. */
    private record Entry(String direction, String kind, UUID id, UUID about) {

        static Entry of(String word) {
            String[] parts = word.split(":", -1);
            return new Entry(parts[0], parts[1], UUID.fromString(parts[2]), UUID.fromString(parts[3]));
        }

        boolean isEnd() {
            return !direction.equals("REFUSED") && (kind.equals("REPLY") || kind.equals("FAULT"));
        }
    }
}
