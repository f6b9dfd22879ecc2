package org.wasl.routes.broker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.activemq.artemis.api.core.ActiveMQAddressFullException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;

/**
 * How much one member may send: so many messages a second over all its connections, with a burst of as many. More is
 * refused to the sender, who has them still; nothing is dropped. This process's own sending is bounded by what it has
 * in flight.
 */
final class MemberQuotas implements ActiveMQServerMessagePlugin {

    private static final long NANOS = 1_000_000_000L;

    private final BrokerSettings.Quotas quotas;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /** @param nanoTime a monotonic clock, in nanoseconds */
    MemberQuotas(BrokerSettings.Quotas quotas, LongSupplier nanoTime) {
        this.quotas = quotas;
        this.nanoTime = nanoTime;
    }

    @Override
    public void beforeSend(
            ServerSession session, Transaction tx, Message message, boolean direct, boolean noAutoCreateQueue)
            throws ActiveMQException {
        String user = session.getValidatedUser();
        if (user == null || RegistrySecurity.NODE_USER.equals(user)) {
            return;
        }
        // Users are the registry's members, so there are only as many buckets.
        if (!buckets.computeIfAbsent(user, u -> new Bucket(nanoTime.getAsLong()))
                .take(nanoTime.getAsLong())) {
            throw new ActiveMQAddressFullException(
                    user + " has sent its " + quotas.messagesPerSecond() + " messages of this second");
        }
    }

    /** Fills by the clock, empties by messages. */
    private final class Bucket {

        private double tokens = quotas.messagesPerSecond();
        private long filled;

        Bucket(long now) {
            filled = now;
        }

        synchronized boolean take(long now) {
            double refill = (double) (now - filled) / NANOS * quotas.messagesPerSecond();
            tokens = Math.min(quotas.messagesPerSecond(), tokens + Math.max(0, refill));
            filled = now;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }
}
