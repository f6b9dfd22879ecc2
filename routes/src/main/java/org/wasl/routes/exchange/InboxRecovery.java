package org.wasl.routes.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.MessageKind;

/**
 * Takes up what the last run of this node received and did not answer: the log is the inbox too. The request is served as
 * if it came now, by the same octets; when its time is up, that ends in the provider's signed fault. Whoever sent it may
 * have ended the exchange meanwhile, or may send it again: it gets one answer either way.
 */
final class InboxRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(InboxRecovery.class);
    private static final int PAGE = 256;

    /** How long after the start. */
    static final Duration AFTER = Duration.ofSeconds(3);

    /** How long a request may take to come into the log whose processing failed. */
    private static final Duration LATEST = Duration.ofSeconds(30);

    private final MessageLog log;
    private final Set<MemberId> members;
    private final Predicate<ServiceId> othersBusiness;
    private final Predicate<StoredMessage> anothers;
    private final Consumer<Arrival> serve;

    /**
     * @param members whose requests are taken up
     * @param othersBusiness services whose requests somebody else takes up, such as composite ones
     * @param anothers requests that another node of their provider has taken over
     * @param serve serves one request, and returns when it has ended
     */
    InboxRecovery(
            MessageLog log,
            Set<MemberId> members,
            Predicate<ServiceId> othersBusiness,
            Predicate<StoredMessage> anothers,
            Consumer<Arrival> serve) {
        this.anothers = anothers;
        this.log = log;
        this.members = Set.copyOf(members);
        this.othersBusiness = othersBusiness;
        this.serve = serve;
    }

    /**
     * Takes up all that is unanswered.
     *
     * @param size how many leaves the last run left: what came since is being served
     */
    void run(long size) {
        long from = 0;
        int served = 0;
        List<StoredMessage> page = log.unanswered(MessageKind.REQUEST, Direction.RECEIVED, from, PAGE);
        while (!page.isEmpty()) {
            for (StoredMessage stored : page) {
                if (stored.index() < size && takeUp(stored)) {
                    served++;
                }
                from = stored.index() + 1;
            }
            page = from < size ? log.unanswered(MessageKind.REQUEST, Direction.RECEIVED, from, PAGE) : List.of();
        }
        if (served > 0) {
            LOG.info("Requests that the last run received and did not answer: {} taken up", served);
        }
    }

    /**
     * Takes up a request of this run whose processing failed, once its time is up: the broker may have given it up.
     *
     * @return false when that is to be tried again
     */
    boolean end(Ledger ledger, Received received) {
        Optional<StoredMessage> stored = ledger.find(
                received.provider().member(), Direction.RECEIVED, received.consumer(), received.messageId());
        if (stored.isEmpty()) {
            // It never was accepted; or the log takes its time, and nobody waits for it.
            return !ledger.now().isBefore(received.until().plus(LATEST));
        }
        return !open(stored.get()) || !takeUp(stored.get()) || !open(stored.get());
    }

    private boolean open(StoredMessage stored) {
        return log.answer(stored.member(), Direction.SENT, stored.messageId())
                .filter(answer -> answer.sender().equals(stored.provider()))
                .isEmpty();
    }

    /**
     * A request that was received.
     *
     * @param until when its time is up
     */
    record Received(SubsystemId provider, SubsystemId consumer, UUID messageId, Instant until) {}

    private boolean takeUp(StoredMessage stored) {
        byte[] octets = stored.container();
        if (octets == null || !members.contains(stored.member()) || othersBusiness.test(stored.service())) {
            return false;
        }
        if (log.about(stored.member(), Direction.SENT, MessageKind.INTERIM, stored.messageId())
                .isPresent()) {
            // Announced for later: who keeps what is owed asks again.
            return false;
        }
        if (anothers.test(stored)) {
            return false;
        }
        // It was verified when it was received: the log vouches for whoever sent it.
        serve.accept(new Arrival(
                stored.member(),
                stored.provider(),
                octets,
                null,
                stored.sender().member().dotted(),
                null,
                null));
        return true;
    }
}
