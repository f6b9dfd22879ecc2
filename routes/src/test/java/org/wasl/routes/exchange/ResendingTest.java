package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;

class ResendingTest {

    private static final Instant ISSUED = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration LIFE = Duration.ofSeconds(20);

    private final TestFederation federation = new TestFederation();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Flights flights = new Flights(10, scheduler);
    private final List<Submission.Logged> sent = new ArrayList<>();
    private Duration elapsed = Duration.ZERO;
    private final Resending resending = new Resending(
            flights,
            logged -> {
                logged.flight().sent(nanos());
                sent.add(logged);
            },
            this::nanos,
            () -> ISSUED.plus(elapsed));

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void run_whenNothingIsAmiss_sendsOnceMoreWhenHalfOfTheTimeIsOver() {
        Flight flight = underWay();

        runAt(Duration.ofSeconds(10));
        assertThat(sent).isEmpty();
        runAt(Duration.ofSeconds(11));
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).flight()).isSameAs(flight);
        assertThat(sent.get(0).container()).isSameAs(flight.container().orElseThrow());
        runAt(Duration.ofSeconds(19));
        assertThat(sent).hasSize(1);
    }

    @Test
    void run_whenTheConnectionFailed_sendsWhatWasSentBeforeAndNothingElse() {
        underWay();
        elapsed = Duration.ofSeconds(1);
        resending.onException(new JMSException("gone"));
        elapsed = Duration.ofSeconds(2);
        underWay();

        runAt(Duration.ofSeconds(3));
        assertThat(sent).hasSize(1);
        runAt(Duration.ofSeconds(4));
        assertThat(sent).hasSize(1);
    }

    @Test
    void run_whenSendingAgainFailed_triesAgain() {
        Flight flight = underWay();
        elapsed = Duration.ofSeconds(1);
        resending.onException(new JMSException("gone"));

        runAt(Duration.ofSeconds(2));
        flight.notSent();
        runAt(Duration.ofSeconds(3));

        assertThat(sent).hasSize(2);
    }

    @Test
    void run_whenTheExchangeHasEndedOrWasNeverSent_sendsNothing() {
        underWay().claim();
        flights.open(new FlightKey(TestFederation.WEB, UUID.randomUUID()), null);
        resending.onException(new JMSException("gone"));

        runAt(Duration.ofSeconds(1));

        assertThat(sent).isEmpty();
    }

    private void runAt(Duration time) {
        elapsed = time;
        resending.run();
    }

    private long nanos() {
        return elapsed.toNanos();
    }

    private Flight underWay() {
        UUID id = UUID.randomUUID();
        Flights.Opening opening = flights.open(new FlightKey(TestFederation.WEB, id), null);
        Flight flight = ((Flights.Opening.Opened) opening).flight();
        flight.accepted(request(id));
        flight.sent(nanos());
        return flight;
    }

    private Container request(UUID id) {
        Header header = new Header(
                id,
                "case-" + id,
                MessageKind.REQUEST,
                TestFederation.WEB,
                TestFederation.WEB,
                TestFederation.REGISTRY,
                TestFederation.LIFE_STATUS,
                "1.0",
                "application/xml",
                new Actor(ActorKind.CITIZEN, AssuranceLevel.HIGH, "citizen-1", null),
                null,
                "GENERAL_CLEARANCE",
                "JO-BYLAW-CLEARANCE",
                "WEB",
                "ar",
                Priority.NORMAL,
                ISSUED,
                ISSUED.plus(LIFE),
                null,
                null);
        return new AsicContainerSigner()
                .sign(
                        header,
                        PayloadXml.query(Map.of("nationalNumber", TestNode.NUMBER)),
                        federation.key(TestFederation.PORTAL));
    }
}
