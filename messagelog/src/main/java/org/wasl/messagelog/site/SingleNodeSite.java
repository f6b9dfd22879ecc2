package org.wasl.messagelog.site;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.wasl.messagelog.store.LogReader;
import org.wasl.security.agreement.QuotaCounter;

/** Where there is no other node, each request is this node's, and its own log says all. */
final class SingleNodeSite implements Site {

    @Override
    public <T> ClaimResult<T> claim(Claim claim, EndSought<T> end) {
        return new ClaimResult.Granted<>(Optional.empty());
    }

    @Override
    public void extend(Claim claim, Instant until) {
        // Nothing was written down that could be forgotten too early.
    }

    @Override
    public void hand(String node, HandedMessage message) {
        throw new IllegalStateException("there is no other node");
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
        return List.of();
    }

    @Override
    public boolean isGone(String sibling) {
        return false;
    }

    @Override
    public Optional<LogReader> log(String sibling) {
        return Optional.empty();
    }

    @Override
    public QuotaCounter quotas() {
        return QuotaCounter.inProcess();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
