package org.wasl.routes.exchange;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.container.Container;
import org.wasl.security.container.MessageKind;

/**
 * Takes up what the last run of this node left: the log is the outbox. A request that was sent and not answered goes
 * again, the same octets, while it has time; when its time is up it ends in a signed fault. Nothing is done twice, since
 * providers know a request again.
 */
final class OutboxRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRecovery.class);
    private static final int PAGE = 256;

    private final MessageLog log;
    private final Flights flights;
    private final SubmissionLog submissions;
    private final Answers answers;
    private final Predicate<ServiceId> othersBusiness;
    private final Consumer<Submission.Logged> send;

    /**
     * @param othersBusiness services whose requests somebody else takes up, such as composite ones
     * @param send sends a durable request
     */
    OutboxRecovery(
            MessageLog log,
            Flights flights,
            SubmissionLog submissions,
            Answers answers,
            Predicate<ServiceId> othersBusiness,
            Consumer<Submission.Logged> send) {
        this.log = log;
        this.flights = flights;
        this.submissions = submissions;
        this.answers = answers;
        this.othersBusiness = othersBusiness;
        this.send = send;
    }

    /** Takes up all that is unanswered. */
    ExchangeRecovery run() {
        long from = 0;
        int resent = 0;
        int ended = 0;
        int left = 0;
        List<StoredMessage> page = log.unanswered(MessageKind.REQUEST, Direction.SENT, from, PAGE);
        while (!page.isEmpty()) {
            for (StoredMessage stored : page) {
                switch (takeUp(stored)) {
                    case RESENT -> resent++;
                    case ENDED -> ended++;
                    case LEFT -> left++;
                    case NOT_OURS -> {}
                }
                from = stored.index() + 1;
            }
            page = log.unanswered(MessageKind.REQUEST, Direction.SENT, from, PAGE);
        }
        if (resent + ended + left > 0) {
            LOG.info("Unanswered requests of the last run: {} sent again, {} ended, {} left", resent, ended, left);
        }
        return new ExchangeRecovery(resent, ended, left);
    }

    /** Takes up a request of this run whose end could not be logged; false when that is to be tried again. */
    boolean end(Ledger ledger, FlightKey key) {
        Optional<StoredMessage> stored =
                ledger.find(key.consumer().member(), Direction.SENT, key.consumer(), key.messageId());
        if (stored.isEmpty() || stored.get().container() == null) {
            // What was erased cannot be ended.
            return true;
        }
        Fate fate = takeUp(stored.get());
        return fate == Fate.ENDED || fate == Fate.RESENT;
    }

    private enum Fate {
        RESENT,
        ENDED,
        LEFT,
        NOT_OURS
    }

    private Fate takeUp(StoredMessage stored) {
        if (othersBusiness.test(stored.service())) {
            return Fate.NOT_OURS;
        }
        Optional<Container> request = answers.open(stored);
        if (request.isEmpty()) {
            LOG.warn("Request {} cannot be taken up: its container was erased", stored.messageId());
            return Fate.LEFT;
        }
        FlightKey key = new FlightKey(stored.consumer(), stored.messageId());
        Flights.Opening opening = flights.open(key, null);
        if (!(opening instanceof Flights.Opening.Opened opened)) {
            return opening instanceof Flights.Opening.Known ? Fate.NOT_OURS : Fate.LEFT;
        }
        if (submissions.resume(opened.flight(), request.get()) instanceof Submission.Logged logged) {
            send.accept(logged);
            return Fate.RESENT;
        }
        return Fate.ENDED;
    }
}
