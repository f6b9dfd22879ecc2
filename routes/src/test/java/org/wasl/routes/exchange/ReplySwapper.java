package org.wasl.routes.exchange;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.wasl.routes.broker.Queues;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.certificate.RevocationLists;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.OpenResult;
import org.wasl.security.registry.CertificatePath;

/**
 * An attacker with the broker's own rights, and with the key of one member. Of the replies that it gets hold of it gives
 * the first's octets the second's headers and the other way round, and now and then adds an altered copy and one that it
 * signed itself.
 */
final class ReplySwapper implements AutoCloseable {

    private static final SchemaCatalogue SCHEMAS = SchemaCatalogue.load();
    private static final String OWN = "swapped";
    private static final long PATIENCE_MILLIS = 100;

    private final TestNode node;
    private final Connection connection;
    private final AtomicInteger swapped = new AtomicInteger();
    private final CompletableFuture<Void> work;
    private volatile boolean ended;

    ReplySwapper(TestNode node) throws JMSException {
        this.node = node;
        this.connection = node.broker.connections().receivers().createConnection();
        connection.start();
        this.work = CompletableFuture.runAsync(this::work);
    }

    /** How many replies came out of order. */
    int swapped() {
        return swapped.get();
    }

    private void work() {
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            Queue queue = session.createQueue(Queues.reply(TestFederation.PORTAL, TestFederation.NODE));
            try (MessageConsumer consumer = session.createConsumer(queue, OWN + " IS NULL");
                    MessageProducer producer = session.createProducer(queue)) {
                while (!ended) {
                    BytesMessage first = (BytesMessage) consumer.receive(PATIENCE_MILLIS);
                    if (first != null) {
                        deal(session, producer, first, (BytesMessage) consumer.receive(PATIENCE_MILLIS));
                    }
                }
            }
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    private void deal(Session session, MessageProducer producer, BytesMessage first, BytesMessage second)
            throws JMSException {
        byte[] octets = octets(first);
        if (second == null) {
            send(session, producer, octets, first);
            return;
        }
        byte[] other = octets(second);
        int count = swapped.addAndGet(2);
        if (count % 20 == 0) {
            send(session, producer, altered(octets), second);
            send(session, producer, signedByAnother(octets), first);
        }
        send(session, producer, other, first);
        send(session, producer, octets, second);
    }

    private static byte[] altered(byte[] octets) {
        return Rezip.change(octets, "payload.xml", text -> text.replace(">ALIVE<", ">DECEASED<"));
    }

    private byte[] signedByAnother(byte[] octets) {
        Container genuine = open(octets);
        return new AsicContainerSigner()
                .sign(
                        genuine.header(),
                        genuine.payload(),
                        node.federation.key(TestFederation.DVLD).as(TestFederation.CSPD))
                .octets();
    }

    private static Container open(byte[] octets) {
        OpenResult opened = new AsicContainerVerifier(SCHEMAS, new CertificatePath(RevocationLists.NONE)).open(octets);
        return ((OpenResult.Opened) opened).container();
    }

    private static void send(Session session, MessageProducer producer, byte[] octets, BytesMessage headers)
            throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(octets);
        message.setJMSCorrelationID(headers.getJMSCorrelationID());
        message.setJMSReplyTo(headers.getJMSReplyTo());
        message.setBooleanProperty(OWN, true);
        producer.send(message);
    }

    private static byte[] octets(BytesMessage message) throws JMSException {
        byte[] octets = new byte[(int) message.getBodyLength()];
        message.readBytes(octets);
        return octets;
    }

    @Override
    public void close() throws Exception {
        ended = true;
        work.get(30, TimeUnit.SECONDS);
        connection.close();
    }
}
