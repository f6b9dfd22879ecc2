package org.wasl.bench.peer.cxf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.wasl.bench.peer.message.Wire;

/** Keeps the octets of a message as they arrived, for whoever stores them. */
final class KeepArrived extends AbstractPhaseInterceptor<Message> {

    /** In the message: its octets. */
    static final String ARRIVED = "peer.arrived";

    private final Wire wire;

    KeepArrived(Wire wire) {
        super(Phase.RECEIVE);
        this.wire = wire;
    }

    @Override
    public void handleMessage(Message message) {
        try (InputStream in = Objects.requireNonNull(message.getContent(InputStream.class))) {
            byte[] octets = wire.carry(in.readAllBytes());
            message.put(ARRIVED, octets);
            message.setContent(InputStream.class, new ByteArrayInputStream(octets));
        } catch (IOException e) {
            throw new Fault(e);
        }
    }
}
