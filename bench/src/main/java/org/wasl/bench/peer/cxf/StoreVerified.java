package org.wasl.bench.peer.cxf;

import java.util.Objects;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.wasl.bench.peer.message.MessageTable;
import org.wasl.bench.peer.message.StoredMessage;

/** Stores what arrived once it was verified. */
final class StoreVerified extends AbstractPhaseInterceptor<Message> {

    /** In the exchange: what the answer waits for. */
    static final String STORING = "peer.storing";

    private final MessageTable table;
    private final String partner;
    private final boolean wait;

    /**
     * @param wait whether to wait here until it is durable; otherwise whoever sends the answer waits for both rows
     */
    StoreVerified(MessageTable table, String partner, boolean wait) {
        super(Phase.PRE_LOGICAL);
        this.table = table;
        this.partner = partner;
        this.wait = wait;
    }

    @Override
    public void handleMessage(Message message) {
        byte[] octets = (byte[]) Objects.requireNonNull(message.get(KeepArrived.ARRIVED));
        var storing = table.store(new StoredMessage(StoredMessage.RECEIVED, partner, RowIds.next(), octets));
        if (wait) {
            storing.join();
        } else {
            message.getExchange().put(STORING, storing);
        }
    }
}
