package org.wasl.bench.peer.raw;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.jspecify.annotations.Nullable;
import org.wasl.bench.load.Workload;
import org.wasl.bench.peer.broker.PeerBroker;
import org.wasl.bench.peer.message.Payloads;
import org.wasl.bench.peer.message.WrongAnswerException;

/** One message of 2 KB through one Artemis queue, by its core client in memory: what one hop costs at least. */
public final class RawQueue implements Workload {

    private static final String QUEUE = "peer.hop";
    private static final String NUMBER = "number";
    private static final int SENDERS = 32;
    private static final int RECEIVERS = 4;

    private record Sender(ClientSession session, ClientProducer producer) {}

    private record Running(PeerBroker broker, ServerLocator locator, ClientSessionFactory factory) {}

    private final boolean durable;
    private final byte[] record = Payloads.record();
    private final BlockingQueue<Sender> senders = new ArrayBlockingQueue<>(SENDERS);
    private final Map<Long, CompletableFuture<Long>> waiting = new ConcurrentHashMap<>();
    private final List<ClientSession> sessions = new ArrayList<>();
    private @Nullable Running running;

    /**
     * @param durable whether a message is on disk before its sender goes on
     */
    public RawQueue(boolean durable) {
        this.durable = durable;
    }

    @Override
    public String name() {
        return durable ? "raw-queue" : "raw-queue-transient";
    }

    @Override
    public void start(Path directory) throws Exception {
        PeerBroker broker = PeerBroker.start(directory, PeerBroker.TUNED_BUFFER_NANOS, List.of(QUEUE));
        ServerLocator locator = broker.connections().getServerLocator();
        ClientSessionFactory factory = locator.createSessionFactory();
        running = new Running(broker, locator, factory);
        for (int i = 0; i < SENDERS; i++) {
            ClientSession session = factory.createSession(true, true);
            sessions.add(session);
            senders.add(new Sender(session, session.createProducer(QUEUE)));
        }
        for (int i = 0; i < RECEIVERS; i++) {
            ClientSession session = factory.createSession(true, true);
            sessions.add(session);
            ClientConsumer consumer = session.createConsumer(QUEUE);
            consumer.setMessageHandler(this::received);
            session.start();
        }
    }

    private void received(ClientMessage message) {
        long number = message.getLongProperty(NUMBER);
        int octets = message.getBodySize();
        CompletableFuture<Long> sent = waiting.remove(number);
        if (sent == null) {
            return; // its sender failed
        }
        try {
            message.acknowledge();
        } catch (ActiveMQException e) {
            sent.completeExceptionally(e);
            return;
        }
        if (octets == record.length) {
            sent.complete(number);
        } else {
            sent.completeExceptionally(new WrongAnswerException("a message of " + octets + " octets"));
        }
    }

    @Override
    public CompletionStage<?> call(long number) {
        CompletableFuture<Long> arrived = new CompletableFuture<>();
        waiting.put(number, arrived);
        try {
            Sender sender = senders.take();
            try {
                ClientMessage message = sender.session().createMessage(durable);
                message.putLongProperty(NUMBER, number);
                message.getBodyBuffer().writeBytes(record);
                sender.producer().send(message);
            } finally {
                senders.add(sender);
            }
        } catch (ActiveMQException e) {
            waiting.remove(number);
            arrived.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            waiting.remove(number);
            arrived.completeExceptionally(e);
        }
        return arrived;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "broker",
                "Artemis in the same process, NIO journal, flushed every 200 µs",
                "message",
                Payloads.recordBytes() + " octets, " + (durable ? "durable" : "not durable"),
                "sessions",
                SENDERS + " senders, " + RECEIVERS + " receivers",
                "acknowledged",
                "each; sent to the broker in batches, Artemis's default");
    }

    @Override
    public void close() throws Exception {
        Running current = running;
        if (current == null) {
            return;
        }
        for (ClientSession session : sessions) {
            session.close();
        }
        current.factory().close();
        current.locator().close();
        current.broker().close();
    }
}
