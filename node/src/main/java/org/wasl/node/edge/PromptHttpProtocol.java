package org.wasl.node.edge;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/1.1 whose callers must be prompt: the TLS handshake, the request line and the headers together get a bounded time.
 * Tomcat's own timeout begins anew with every octet, so that a caller who sends one now and then keeps a connection for
 * hours, and some hundreds of them keep everybody else out.
 */
public final class PromptHttpProtocol extends Http11NioProtocol {

    private static final Logger LOG = LoggerFactory.getLogger(PromptHttpProtocol.class);
    private static final long LOOK_MILLIS = 250;

    private final Map<SocketWrapperBase<?>, Long> waitingSince = Collections.synchronizedMap(new WeakHashMap<>());
    private long headerMillis = 15_000;
    private @Nullable ScheduledFuture<?> looking;

    /** @param millis how long a request's head may take, from the first octet that is awaited; more than 0 */
    public void setHeaderMillis(long millis) {
        headerMillis = millis;
    }

    @Override
    public void start() throws Exception {
        super.start();
        ScheduledExecutorService timer = getUtilityExecutor();
        looking = timer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (looking != null) {
            looking.cancel(false);
        }
        super.stop();
    }

    /** Closes connections that have been at the head of a request for too long. */
    private void look() {
        long now = System.nanoTime();
        Set<SocketWrapperBase<NioChannel>> connections = getEndpoint().getConnections();
        for (SocketWrapperBase<NioChannel> connection : connections) {
            if (!readsHead(connection)) {
                waitingSince.remove(connection);
                continue;
            }
            Long since = waitingSince.putIfAbsent(connection, now);
            if (since != null && now - since > TimeUnit.MILLISECONDS.toNanos(headerMillis)) {
                waitingSince.remove(connection);
                LOG.debug("closed a connection whose request took too long to arrive");
                connection.close();
            }
        }
    }

    /** Whether the handshake, or the head of a request, has begun and not ended; what is being served has no such wait. */
    private static boolean readsHead(SocketWrapperBase<NioChannel> connection) {
        if (connection.getCurrentProcessor() instanceof Processor incomplete) {
            return !incomplete.isAsync() && !incomplete.isUpgrade();
        }
        NioChannel channel = connection.getSocket();
        return channel != null && !channel.isHandshakeComplete();
    }
}
