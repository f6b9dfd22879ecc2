package org.wasl.routes.exchange;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.site.Claim;
import org.wasl.messagelog.site.ClaimResult;
import org.wasl.messagelog.site.HandedMessage;
import org.wasl.messagelog.site.Site;
import org.wasl.messagelog.store.LogReader;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.routes.flow.Ended;
import org.wasl.routes.flow.MessageIds;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerContent;
import org.wasl.security.container.Header;
import org.wasl.security.container.InReplyTo;

/**
 * Sees to it that of a member's several nodes one alone ends a request: the one that claimed it. Whatever else comes about
 * the request at another node is answered from the claimant's log, handed to the claimant, or, when that has gone, taken
 * over. What one node does with what is its own, its {@link ReplayGuard} and its log decide.
 */
final class SharedRequests {

    private static final Logger LOG = LoggerFactory.getLogger(SharedRequests.class);
    private static final int HANDED_AT_ONCE = 64;

    /** How long after a request's time is up it is still known whose it was. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final Site site;
    private final Clock clock;

    SharedRequests(Site site, Clock clock) {
        this.site = site;
        this.clock = clock;
    }

    /** The final answer of a request in another node's log. */
    private record Recorded(StoredMessage answer, @Nullable ContainerContent whole) {}

    /** Goes on with a request that is this node's; ends it here when it is another's. */
    Object claim(Serving.Verified verified) {
        if (site == Site.SINGLE) {
            return verified;
        }
        Container request = verified.request();
        ClaimResult<Recorded> result =
                claim(verified.provider(), request.header().sender(), request.asInReplyTo(), request.header());
        if (result instanceof ClaimResult.Granted<Recorded> granted) {
            return granted.from().flatMap(from -> announced(verified, from)).isPresent()
                    ? adopted(verified, granted.from().get())
                    : verified;
        }
        if (result instanceof ClaimResult.Reused<Recorded>) {
            return refused(verified);
        }
        if (result instanceof ClaimResult.Ended<Recorded> ended) {
            return replayed(
                    verified, ended.recorded().answer(), ended.recorded().whole());
        }
        String holder = ((ClaimResult.Held<Recorded>) result).node();
        Optional<StoredMessage> interim = announced(verified, holder);
        return interim.isPresent()
                ? replayed(verified, interim.get(), null)
                : handed(verified.arrival(), verified.provider(), holder);
    }

    /** The same for the requester's word that it wants no answer any more: it goes where the request is. */
    Object claimCancelled(Serving.Cancelling cancelling) {
        if (site == Site.SINGLE) {
            return cancelling;
        }
        Serving.Verified verified = cancelling.verified();
        Header header = verified.request().header();
        InReplyTo cancelled = Objects.requireNonNull(header.inReplyTo());
        ClaimResult<Recorded> result = claim(verified.provider(), header.sender(), cancelled, header);
        if (result instanceof ClaimResult.Granted<Recorded>) {
            return cancelling;
        }
        if (result instanceof ClaimResult.Reused<Recorded>) {
            return refused(verified);
        }
        if (result instanceof ClaimResult.Ended<Recorded> ended) {
            return replayed(
                    verified, ended.recorded().answer(), ended.recorded().whole());
        }
        return handed(verified.arrival(), verified.provider(), ((ClaimResult.Held<Recorded>) result).node());
    }

    /** Whether a request that this node received in its last run is another's by now. */
    boolean isAnothers(Container request) {
        Header header = request.header();
        return site != Site.SINGLE
                && !(claim(header.provider(), header.sender(), request.asInReplyTo(), header)
                        instanceof ClaimResult.Granted<Recorded>);
    }

    /** Whether another node has answered a request, or announced its answer for later. */
    boolean hasEnd(SubsystemId provider, SubsystemId requester, InReplyTo request) {
        if (site == Site.SINGLE) {
            return false;
        }
        UUID answer = MessageIds.answer(provider, requester, request);
        UUID interim = MessageIds.interim(provider, requester, request);
        return site.siblings().stream().flatMap(node -> site.log(node).stream()).anyMatch(log -> {
            try {
                return log.message(provider.member(), Direction.SENT, answer).isPresent()
                        || log.message(provider.member(), Direction.SENT, interim)
                                .isPresent();
            } catch (LogStoreException e) {
                throw new LogUnavailableException("another node's log cannot be read", e);
            }
        });
    }

    /** Whether an answer that was announced for later is still this node's to give. */
    boolean owes(DeferralDesk.Open open) {
        if (site == Site.SINGLE) {
            return true;
        }
        Claim claim = new Claim(
                Claim.Side.ANSWERS,
                open.provider().member(),
                open.consumer(),
                open.requestId(),
                open.answerId(),
                open.openUntil());
        return site.claim(claim, log -> answer(log, open.provider(), open.answerId()))
                instanceof ClaimResult.Granted<Recorded>;
    }

    /** The request stays open for longer than it was meant to: so does its claim. */
    void staysOpen(Container interim) {
        if (site == Site.SINGLE) {
            return;
        }
        Header header = interim.header();
        InReplyTo request = Objects.requireNonNull(header.inReplyTo());
        site.extend(claimOf(header.provider(), header.consumer(), request, header), header.expires());
    }

    /**
     * Takes what other nodes handed over.
     *
     * @param serve serves one message, and says whether that could be done
     */
    void takeHanded(Predicate<Arrival> serve) {
        if (site == Site.SINGLE) {
            return;
        }
        try {
            site.handed(
                    HANDED_AT_ONCE,
                    handed -> serve.test(new Arrival(
                            handed.provider().member(),
                            handed.provider(),
                            handed.octets(),
                            null,
                            handed.brokerUser(),
                            handed.replyNode(),
                            null)));
        } catch (LogUnavailableException e) { // the next turn finds the database there again, or the node halts
            LOG.warn("What other nodes handed over could not be taken", e);
        }
    }

    /** Forgets what was over long ago. */
    void forget() {
        try {
            int forgotten = site.forget(clock.instant().minus(KEPT));
            LOG.debug("{} claims and handed messages forgotten", forgotten);
        } catch (LogUnavailableException e) { // there is another turn
            LOG.warn("What is over could not be forgotten", e);
        }
    }

    private ClaimResult<Recorded> claim(SubsystemId provider, SubsystemId requester, InReplyTo request, Header header) {
        UUID answerId = MessageIds.answer(provider, requester, request);
        return site.claim(claimOf(provider, requester, request, header), log -> answer(log, provider, answerId));
    }

    private static Claim claimOf(SubsystemId provider, SubsystemId requester, InReplyTo request, Header header) {
        return new Claim(
                Claim.Side.ANSWERS,
                provider.member(),
                requester,
                request.messageId(),
                MessageIds.answer(provider, requester, request),
                header.expires());
    }

    private static Optional<Recorded> answer(LogReader log, SubsystemId provider, UUID answerId)
            throws LogStoreException {
        Optional<StoredMessage> answer = log.message(provider.member(), Direction.SENT, answerId);
        return answer.isEmpty()
                ? Optional.empty()
                : Optional.of(new Recorded(
                        answer.get(), log.whole(answer.get().index()).orElse(null)));
    }

    /** That the answer comes later, as another node said it. */
    private Optional<StoredMessage> announced(Serving.Verified verified, String node) {
        SubsystemId provider = verified.provider();
        Container request = verified.request();
        UUID id = MessageIds.interim(provider, request.header().sender(), request.asInReplyTo());
        return site.log(node).flatMap(log -> {
            try {
                return log.message(provider.member(), Direction.SENT, id);
            } catch (LogStoreException e) {
                throw new LogUnavailableException("another node's log cannot be read", e);
            }
        });
    }

    private Object adopted(Serving.Verified verified, String from) {
        StoredMessage interim = announced(verified, from).orElseThrow();
        byte[] octets = interim.container();
        return octets == null ? refused(verified) : new Serving.Adopted(verified, octets);
    }

    private static Object replayed(
            Serving.Verified verified, StoredMessage recorded, @Nullable ContainerContent whole) {
        byte[] octets = recorded.container();
        return octets == null
                ? Ended.Done.DONE
                : new Serving.Replayed(verified.arrival(), verified.request(), octets, whole);
    }

    private Object handed(Arrival arrival, SubsystemId provider, String holder) {
        site.hand(holder, new HandedMessage(provider, arrival.octets(), arrival.brokerUser(), arrival.replyNode()));
        return Ended.Done.DONE;
    }

    private static Serving refused(Serving.Verified verified) {
        Fault fault = new Fault(
                FaultCode.EXCHANGE_ID_REUSED,
                Stage.REPLAY,
                verified.arrival().member().toString(),
                "the message id was used for another message");
        Container request = verified.request();
        return new Serving.Refused(
                verified.arrival(), Optional.of(request.header()), Optional.of(request), fault, true);
    }
}
