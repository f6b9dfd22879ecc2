package org.wasl.routes.composite;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.wasl.messagelog.site.Claim;
import org.wasl.messagelog.site.ClaimResult;
import org.wasl.messagelog.site.EndSought;
import org.wasl.messagelog.site.HandedMessage;
import org.wasl.messagelog.site.Site;
import org.wasl.messagelog.store.LogReader;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.security.agreement.QuotaCounter;

/** A site in which every request that another node has in its log is that node's, and all others are this one's. */
final class OneOtherLog implements Site {

    private final LogReader log;

    OneOtherLog(LogReader log) {
        this.log = log;
    }

    @Override
    public <T> ClaimResult<T> claim(Claim claim, EndSought<T> end) {
        try {
            return end.in(log)
                    .<ClaimResult<T>>map(ended -> new ClaimResult.Ended<>("other", ended))
                    .orElseGet(() -> new ClaimResult.Granted<>(Optional.empty()));
        } catch (LogStoreException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void extend(Claim claim, Instant until) {
        // nothing is written down
    }

    @Override
    public void hand(String node, HandedMessage message) {
        throw new AssertionError("nothing is handed over here");
    }

    @Override
    public int handed(int limit, Predicate<HandedMessage> taker) {
        return 0;
    }

    @Override
    public int forget(Instant before) {
        return 0;
    }

    @Override
    public List<String> siblings() {
        return List.of("other");
    }

    @Override
    public boolean isGone(String sibling) {
        return false;
    }

    @Override
    public Optional<LogReader> log(String sibling) {
        return Optional.of(log);
    }

    @Override
    public QuotaCounter quotas() {
        return QuotaCounter.inProcess();
    }

    @Override
    public void close() {
        // the other node closes its log
    }
}
