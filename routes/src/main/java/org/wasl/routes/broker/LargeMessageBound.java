package org.wasl.routes.broker;

import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.core.protocol.core.Packet;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionSendContinuationMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionSendMessage;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnection;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the connection of a member that sends a message larger than any container may be. A large message comes in
 * chunks and is written to disk as it comes, so it is counted on its way, not at its end.
 */
final class LargeMessageBound implements Interceptor {

    private static final Logger LOG = LoggerFactory.getLogger(LargeMessageBound.class);

    private final long maxBytes;
    private final Map<RemotingConnection, Map<Long, Long>> underWay = new WeakHashMap<>();

    LargeMessageBound(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public boolean intercept(Packet packet, RemotingConnection connection) throws ActiveMQException {
        if (connection.getTransportConnection() instanceof InVMConnection) {
            return true;
        }
        long bytes = 0;
        if (packet instanceof SessionSendContinuationMessage chunk) {
            bytes = count(connection, chunk);
        } else if (packet instanceof SessionSendMessage message) {
            bytes = message.getPacketSize();
        }
        if (bytes <= maxBytes) {
            return true;
        }
        LOG.warn("Closed a connection that sent a message of more than {} octets", maxBytes);
        connection.fail(new ActiveMQSecurityException("a message may have at most " + maxBytes + " octets"));
        return false;
    }

    private synchronized long count(RemotingConnection connection, SessionSendContinuationMessage chunk) {
        Map<Long, Long> channels = underWay.computeIfAbsent(connection, c -> new HashMap<>());
        long bytes = channels.merge(chunk.getChannelID(), (long) chunk.getPacketSize(), Long::sum);
        if (!chunk.isContinues()) {
            channels.remove(chunk.getChannelID());
        }
        return bytes;
    }
}
