package org.wasl.bench.peer.as4;

import com.helger.phase4.attachment.IAS4IncomingAttachmentFactory;
import com.helger.phase4.client.AS4ClientUserMessage;
import com.helger.phase4.incoming.AS4IncomingProfileSelectorConstant;
import com.helger.phase4.incoming.AS4IncomingReceiverConfiguration;
import com.helger.phase4.model.pmode.PMode;
import com.helger.phase4.model.pmode.resolve.AS4DefaultPModeResolver;
import com.helger.phase4.sender.AS4BidirectionalClientHelper;
import com.helger.phase4.util.AS4ResourceHelper;
import com.helger.phase4.util.Phase4Exception;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.wasl.bench.load.Workload;
import org.wasl.bench.peer.message.FreePort;
import org.wasl.bench.peer.message.MessageTable;
import org.wasl.bench.peer.message.Party;
import org.wasl.bench.peer.message.Payloads;
import org.wasl.bench.peer.message.PlatformXml;
import org.wasl.bench.peer.message.StoredMessage;
import org.wasl.bench.peer.message.Variant;
import org.wasl.bench.peer.message.Wire;

/**
 * A signed AS4 message with the record, answered by a signed receipt that repeats its digests, over HTTP on loopback.
 * Its unit is one payload one way and its receipt, not two payloads.
 */
public final class As4 implements Workload {

    private static final int THREADS_MIN = 16;
    private static final int THREADS_MAX = 80;

    private record Running(
            Server server,
            String address,
            PMode agreed,
            HeldKeys keys,
            StoringPoster poster,
            MessageTable sent,
            MessageTable received) {}

    private final Variant variant;
    private final Wire messages;
    private final Wire receipts;
    private @Nullable Running running;

    public As4(Variant variant) {
        this(variant, Wire.CLEAN, Wire.CLEAN);
    }

    /**
     * @param messages what happens to messages on their way
     * @param receipts what happens to receipts on their way
     */
    As4(Variant variant, Wire messages, Wire receipts) {
        this.variant = variant;
        this.messages = messages;
        this.receipts = receipts;
    }

    @Override
    public String name() {
        return variant.name("phase4");
    }

    @Override
    public void start(Path directory) throws Exception {
        PlatformXml.prefer();
        // First, so that what it adds to the JVM's providers comes after the preferred one.
        WSSConfig.init();
        variant.cryptography().prefer();
        Party consumer = Party.make("consumer", variant.cryptography().provider());
        Party provider = Party.make("provider", variant.cryptography().provider());
        MessageTable sent = variant.table(directory.resolve("consumer.db"));
        MessageTable received = variant.table(directory.resolve("provider.db"));
        int port = FreePort.find();
        String address = "http://127.0.0.1:" + port + "/as4";
        PMode agreed = Agreed.register(address);
        Server server = serve(
                port,
                new ReceivingServlet(
                        new HeldKeys(provider, consumer), received, messages, receipts, new DeliveredRecords()));
        running = new Running(
                server,
                address,
                agreed,
                new HeldKeys(consumer, provider),
                new StoringPoster(sent, variant == Variant.TUNED),
                sent,
                received);
    }

    private Server serve(int port, ReceivingServlet servlet) throws Exception {
        Server server =
                variant == Variant.TUNED ? new Server(new QueuedThreadPool(THREADS_MAX, THREADS_MIN)) : new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(servlet), "/as4");
        server.setHandler(context);
        server.start();
        return server;
    }

    @Override
    public CompletionStage<?> call(long number) {
        Running current = Objects.requireNonNull(running);
        ReceiptCheck check = new ReceiptCheck();
        try (AS4ResourceHelper resources = new AS4ResourceHelper()) {
            AS4BidirectionalClientHelper.sendAS4UserMessageAndReceiveAS4SignalMessage(
                    current.keys(),
                    current.keys(),
                    new AS4DefaultPModeResolver(Agreed.PROFILE),
                    IAS4IncomingAttachmentFactory.DEFAULT_INSTANCE,
                    new AS4IncomingProfileSelectorConstant(Agreed.PROFILE, true),
                    message(current, resources, number),
                    Locale.ROOT,
                    current.address(),
                    null,
                    null,
                    null,
                    Agreed.verifying(),
                    new AS4IncomingReceiverConfiguration(),
                    null,
                    answer -> check.arrived(Objects.requireNonNull(answer.getResponseContent())),
                    check,
                    check);
            byte[] receipt = check.receipt();
            current.sent()
                    .store(new StoredMessage(StoredMessage.RECEIVED, "provider", Receipts.nextRowId(), receipt))
                    .join();
            return CompletableFuture.completedFuture(null);
        } catch (IOException | Phase4Exception | WSSecurityException | MessagingException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private AS4ClientUserMessage message(Running current, AS4ResourceHelper resources, long number) {
        AS4ClientUserMessage message = new AS4ClientUserMessage(resources);
        message.setPMode(current.agreed(), true);
        message.signingParams().setFromPMode(current.agreed().getLeg1().getSecurity());
        message.setCryptoFactory(current.keys());
        message.setHttpPoster(current.poster());
        message.setConversationID("conversation-" + number);
        message.setFromPartyID("consumer");
        message.setToPartyID("provider");
        message.setPayload(Payloads.parse(Payloads.record()));
        return message;
    }

    /** What the sender stored. */
    MessageTable senderTable() {
        return Objects.requireNonNull(running).sent();
    }

    /** What the receiver stored. */
    MessageTable receiverTable() {
        return Objects.requireNonNull(running).received();
    }

    @Override
    public Map<String, String> settings() {
        boolean tuned = variant == Variant.TUNED;
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("unit", "one message one way and its signed receipt, not two payloads");
        settings.put("signature", "AS4 by WSS4J, header and Body; ECDSA P-256, SHA-256; certificate in the message");
        settings.put("provider", variant.cryptography().description());
        settings.put("keys", "one crypto factory a side, key in memory, no default key store configured");
        settings.put("payload", "in the SOAP Body: phase4 puts attachments into temporary files");
        settings.put("message", Payloads.recordBytes() + " octets");
        settings.put("storage", "message and receipt by both sides (four rows), each before it goes on");
        settings.put(
                "storage kind", running == null ? "not started" : running.sent().description());
        settings.put("duplicates", "phase4's own elimination, in memory");
        settings.put(
                "transport", tuned ? "HTTP kept alive, 80 connections" : "phase4's own: a client for each message");
        settings.put(
                "server", tuned ? "Jetty, " + THREADS_MIN + " to " + THREADS_MAX + " threads" : "Jetty, its defaults");
        return settings;
    }

    @Override
    public void close() throws Exception {
        Running current = running;
        if (current == null) {
            return;
        }
        current.server().stop();
        current.poster().close();
        current.sent().close();
        current.received().close();
    }
}
