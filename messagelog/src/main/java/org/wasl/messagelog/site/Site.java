package org.wasl.messagelog.site;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.wasl.messagelog.store.LogReader;
import org.wasl.security.agreement.QuotaCounter;

/**
 * What the nodes of one agency share beside the queues that they compete for. A request is ended by the one node that
 * claimed it. Whether that node is there is the same question as whether it can still write its log: so one that is taken
 * for gone can end nothing any more. Safe for many threads. Every method fails with
 * {@link org.wasl.messagelog.LogUnavailableException} when the site cannot be reached: nothing is to be done then.
 */
public interface Site extends AutoCloseable {

    /** The site of an agency with one node. */
    Site SINGLE = new SingleNodeSite();

    /**
     * Claims a request, durably. A claim whose holder has gone is taken over, unless the holder's log has the
     * request's end.
     *
     * @param end looks for that end in the holder's log
     */
    <T> ClaimResult<T> claim(Claim claim, EndSought<T> end);

    /** Keeps a claim of this node longer: its request stays open until then. */
    void extend(Claim claim, Instant until);

    /** Hands a message to the node that holds its request; durable once it returns. */
    void hand(String node, HandedMessage message);

    /**
     * Gives what was handed to this node, or to one that has gone since, to a taker, oldest first, at most so many. What
     * the taker takes is given once, unless this node ends meanwhile; what it does not is given again.
     *
     * @return how many were taken
     */
    int handed(int limit, Predicate<HandedMessage> taker);

    /** Forgets claims and handed messages whose time was up before this instant; returns how many. */
    int forget(Instant before);

    /** The other nodes that ever belonged to the site, by name. */
    List<String> siblings();

    /** Whether another node can write its log no more; it may come back at any time. False when there is no such node. */
    boolean isGone(String sibling);

    /** The log of another node, for reading, whether that node runs or not; empty when there is no such node. */
    Optional<LogReader> log(String sibling);

    /** Counts quotas for all nodes together. */
    QuotaCounter quotas();

    @Override
    void close();
}
