package org.wasl.bench.peer.cxf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.cxf.interceptor.StaxOutInterceptor;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.wasl.bench.peer.message.MessageTable;
import org.wasl.bench.peer.message.StoredMessage;

/** Holds a message back until it is stored. */
final class StoreSent extends AbstractPhaseInterceptor<Message> {

    private static final int USUAL_BYTES = 8 * 1024;

    private final MessageTable table;
    private final String partner;

    StoreSent(MessageTable table, String partner) {
        super(Phase.PRE_STREAM);
        this.table = table;
        this.partner = partner;
        addBefore(StaxOutInterceptor.class.getName());
    }

    @Override
    public void handleMessage(Message message) {
        OutputStream wire = Objects.requireNonNull(message.getContent(OutputStream.class));
        message.setContent(OutputStream.class, new HeldBack(wire, message));
    }

    private final class HeldBack extends ByteArrayOutputStream {

        private final OutputStream wire;
        private final Message message;
        private boolean closed;

        HeldBack(OutputStream wire, Message message) {
            super(USUAL_BYTES);
            this.wire = wire;
            this.message = message;
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            byte[] octets = toByteArray();
            CompletableFuture<Void> sent =
                    table.store(new StoredMessage(StoredMessage.SENT, partner, RowIds.next(), octets));
            if (message.getExchange().get(StoreVerified.STORING) instanceof CompletableFuture<?> received) {
                received.join();
            }
            sent.join();
            wire.write(octets);
            wire.close();
        }
    }
}
