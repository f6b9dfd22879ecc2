package org.wasl.routes.exchange;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.site.Site;
import org.wasl.messagelog.store.LogReader;
import org.wasl.messagelog.store.LogStoreException;

/**
 * Sees to it that what a node announced for later is given though that node has gone, and nobody reminds anybody of it:
 * the request is served here by the octets in that node's log, as if it came again. Whose it is the claim alone decides.
 */
final class OrphanedAnswers implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanedAnswers.class);
    private static final int PAGE = 64;

    /** How often it is looked whether another node has gone. */
    static final Duration PERIOD = Duration.ofSeconds(5);

    private final Site site;
    private final Predicate<StoredMessage> wanted;
    private final Predicate<Arrival> serve;
    /** By each node that has gone: the leaf from which on its announcements were not looked at yet. */
    private final Map<String, Long> looked = new HashMap<>();

    /**
     * @param wanted whether an announcement of another node concerns this one, and is not its own already
     * @param serve serves one request, and says whether that could be done
     */
    OrphanedAnswers(Site site, Predicate<StoredMessage> wanted, Predicate<Arrival> serve) {
        this.site = site;
        this.wanted = wanted;
        this.serve = serve;
    }

    @Override
    public synchronized void run() {
        try {
            for (String sibling : site.siblings()) {
                Optional<LogReader> log = site.isGone(sibling) ? site.log(sibling) : Optional.empty();
                if (log.isPresent()) {
                    takeUp(sibling, log.get());
                } else {
                    looked.remove(sibling);
                }
            }
        } catch (LogUnavailableException | LogStoreException e) { // the next turn finds the database there again
            LOG.warn("What other nodes announced for later could not be looked at", e);
        }
    }

    private void takeUp(String sibling, LogReader log) throws LogStoreException {
        long from = looked.getOrDefault(sibling, 0L);
        int served = 0;
        List<StoredMessage> page = log.deferred(Direction.SENT, from, PAGE);
        while (!page.isEmpty()) {
            for (StoredMessage interim : page) {
                if (wanted.test(interim)) {
                    if (!serve(log, interim)) {
                        return;
                    }
                    served++;
                }
                from = interim.index() + 1;
                looked.put(sibling, from);
            }
            page = log.deferred(Direction.SENT, from, PAGE);
        }
        if (served > 0) {
            LOG.info("{} has gone: {} answers that it announced for later are given here", sibling, served);
        }
    }

    /** Whether there is no more to be done about it in this turn. */
    private boolean serve(LogReader log, StoredMessage interim) throws LogStoreException {
        UUID requestId = Objects.requireNonNull(interim.inReplyTo());
        Optional<StoredMessage> request = log.message(interim.member(), Direction.RECEIVED, requestId);
        byte[] octets = request.map(StoredMessage::container).orElse(null);
        if (request.isEmpty() || octets == null) {
            LOG.warn("The deferred answer to {} cannot be taken up: the request was erased", requestId);
            return true;
        }
        // It was verified when that node received it: its log vouches for whoever sent it.
        return serve.test(new Arrival(
                interim.member(),
                request.get().provider(),
                octets,
                null,
                request.get().sender().member().dotted(),
                null,
                null));
    }
}
