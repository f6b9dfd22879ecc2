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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Broker, provider, consumer and composer in a process each, of which each is killed at each step of a deferred answer.
 * An exchange and a composite request always run beside each other; both end, once, and both sides by the same message.
 */
class KilledParticipantTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
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
        ANSWERED
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

    static Stream<Arguments> kills() {
        return Arrays.stream(Moment.values())
                .flatMap(moment -> Arrays.stream(Role.values()).map(role -> Arguments.of(role, moment)));
    }

    @ParameterizedTest(name = "{0} when {1}")
    @MethodSource("kills")
    void deferredAnswer_whenSomebodyIsKilled_endsOnceWithTheSameAnswerOnBothSides(Role killed, Moment moment)
            throws Exception {
        Case asked = Case.next();
        asked.ask();
        if (moment == Moment.ASKED) {
            kill(killed);
            // Who asked and heard nothing asks again: the same request, by its id.
            asked.ask();
        }
        await("announced").atMost(PATIENCE).until(() -> asked.states().equals(List.of("DEFERRED", "DEFERRED")));
        if (moment == Moment.ANNOUNCED) {
            kill(killed);
        }
        reviews.decide(asked.number);
        if (moment == Moment.DECIDED) {
            kill(killed);
        }
        if (moment == Moment.RELEASED) {
            await("released")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> reviews.released(asked.number));
            kill(killed);
        }
        await("answered").atMost(PATIENCE).until(() -> asked.states().stream()
                .allMatch(state -> state.startsWith("ANSWERED")));
        List<String> ended = asked.states();
        if (moment == Moment.ANSWERED) {
            kill(killed);
        }

        assertThat(asked.states()).isEqualTo(ended);
        asked.assertEndedOnce();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Role.class)
    void cancellation_whenSomebodyIsKilledAtOnce_endsCancelledOnBothSides(Role killed) throws Exception {
        Case asked = Case.next();
        asked.ask();
        await("announced").atMost(PATIENCE).until(() -> asked.states().equals(List.of("DEFERRED", "DEFERRED")));

        asked.cancel();
        kill(killed);
        asked.cancel();
        await("cancelled").atMost(PATIENCE).until(() -> asked.states().stream()
                .allMatch(state -> state.startsWith("FAULTED wasl.exchange.cancelled")));
        List<String> ended = asked.states();
        // The composer's own end is signed before its source's, which follows.
        await("its sources too").atMost(PATIENCE).until(asked::sourceHasEnded);
        reviews.decide(asked.number);

        assertThat(asked.states()).isEqualTo(ended);
        asked.assertEndedOnce();
        assertThat(reviews.released(asked.number)).isFalse();
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

        List<String> states() throws InterruptedException {
            return List.of(
                    participant(Role.CONSUMER).call("state " + exchange),
                    participant(Role.COMPOSER).call("state " + composite));
        }

        boolean sourceHasEnded() throws InterruptedException {
            return ends(Role.COMPOSER, composite, "RECEIVED").size() == 1;
        }

        void assertEndedOnce() throws InterruptedException {
            List<String> consumers = ends(Role.CONSUMER, exchange, "RECEIVED");
            List<String> providers = ends(Role.PROVIDER, exchange, "SENT");
            assertThat(consumers).hasSize(1).isEqualTo(providers);
            assertThat(ends(Role.CONSUMER, exchange, "SENT")).isEmpty();

            List<String> composers = ends(Role.COMPOSER, composite, "RECEIVED");
            assertThat(composers).hasSize(1).isEqualTo(ends(Role.PROVIDER, composite, "SENT"));
            assertThat(ends(Role.COMPOSER, composite, "SENT")).hasSize(1);

            assertThat(announcements(Role.PROVIDER, exchange)).isEqualTo(1);
            assertThat(announcements(Role.PROVIDER, composite)).isEqualTo(1);
        }

        /** The replies and faults in this direction, each with its id and its request's. */
        private static List<String> ends(Role role, UUID correlation, String direction) throws InterruptedException {
            return trace(role, correlation)
                    .filter(word -> word.startsWith(direction + ":REPLY:") || word.startsWith(direction + ":FAULT:"))
                    .map(word -> word.substring(direction.length()))
                    .toList();
        }

        private static long announcements(Role role, UUID correlation) throws InterruptedException {
            return trace(role, correlation)
                    .filter(word -> word.startsWith("SENT:INTERIM:"))
                    .count();
        }

        private static Stream<String> trace(Role role, UUID correlation) throws InterruptedException {
            String words = participant(role).call("trace " + correlation);
            return Set.copyOf(List.of(words.split(" ", -1))).stream().sorted();
        }
    }
}
