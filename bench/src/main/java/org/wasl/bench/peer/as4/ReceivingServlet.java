package org.wasl.bench.peer.as4;

import com.helger.base.io.iface.IHasInputStream;
import com.helger.collection.commons.CommonsArrayList;
import com.helger.http.header.HttpHeaderMap;
import com.helger.mime.IMimeType;
import com.helger.phase4.attachment.IAS4IncomingAttachmentFactory;
import com.helger.phase4.incoming.AS4IncomingMessageMetadata;
import com.helger.phase4.incoming.AS4IncomingProfileSelectorConstant;
import com.helger.phase4.incoming.AS4IncomingReceiverConfiguration;
import com.helger.phase4.incoming.AS4RequestHandler;
import com.helger.phase4.incoming.IAS4ResponseAbstraction;
import com.helger.phase4.model.pmode.resolve.AS4DefaultPModeResolver;
import com.helger.phase4.util.Phase4Exception;
import jakarta.mail.MessagingException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.wasl.bench.peer.message.MessageTable;
import org.wasl.bench.peer.message.StoredMessage;
import org.wasl.bench.peer.message.Wire;

/** The receiving side: hands each request to phase4, and stores it and the receipt before the receipt leaves. */
final class ReceivingServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient HeldKeys keys;
    private final transient MessageTable table;
    private final transient Wire messages;
    private final transient Wire receipts;
    private final transient DeliveredRecords delivered;

    /**
     * @param messages what happens to messages on their way here
     * @param receipts what happens to receipts on their way back
     */
    ReceivingServlet(HeldKeys keys, MessageTable table, Wire messages, Wire receipts, DeliveredRecords delivered) {
        this.keys = keys;
        this.table = table;
        this.messages = messages;
        this.receipts = receipts;
        this.delivered = delivered;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] octets = messages.carry(request.getInputStream().readAllBytes());
        Answer answer = new Answer();
        try (AS4RequestHandler handler = new AS4RequestHandler(
                AS4IncomingMessageMetadata.createForRequest().setRemoteAddr(request.getRemoteAddr()))) {
            handler.setCryptoFactory(keys);
            handler.setPModeResolver(new AS4DefaultPModeResolver(Agreed.PROFILE));
            handler.setIncomingProfileSelector(new AS4IncomingProfileSelectorConstant(Agreed.PROFILE, true));
            handler.setIncomingAttachmentFactory(IAS4IncomingAttachmentFactory.DEFAULT_INSTANCE);
            handler.setIncomingSecurityConfiguration(Agreed.verifying());
            handler.setIncomingReceiverConfiguration(new AS4IncomingReceiverConfiguration());
            handler.setProcessorSupplier(() -> new CommonsArrayList<>(delivered));
            handler.handleRequest(new ByteArrayInputStream(octets), headers(request), answer);
        } catch (Phase4Exception | MessagingException | WSSecurityException e) {
            throw new IOException("the message cannot be handled", e);
        }
        if (answer.isReceipt()) {
            CompletableFuture<Void> received =
                    table.store(new StoredMessage(StoredMessage.RECEIVED, "consumer", answer.id(), octets));
            CompletableFuture<Void> sent =
                    table.store(new StoredMessage(StoredMessage.SENT, "consumer", answer.id(), answer.octets));
            received.join();
            sent.join();
        }
        response.setStatus(answer.status);
        response.setContentType(answer.mediaType);
        byte[] leaving = receipts.carry(answer.octets);
        response.setContentLength(leaving.length);
        response.getOutputStream().write(leaving);
    }

    private static HttpHeaderMap headers(HttpServletRequest request) {
        HttpHeaderMap headers = new HttpHeaderMap();
        for (String name : Collections.list(request.getHeaderNames())) {
            Collections.list(request.getHeaders(name)).forEach(value -> headers.addHeader(name, value));
        }
        return headers;
    }

    /** What phase4 answers. */
    private static final class Answer implements IAS4ResponseAbstraction {

        private byte[] octets = {};
        private String mediaType = "application/soap+xml";
        private int status = HttpServletResponse.SC_OK;

        @Override
        public void setContent(byte[] content, Charset charset) {
            octets = content;
        }

        @Override
        public void setContent(HttpHeaderMap headers, IHasInputStream content) {
            throw new IllegalStateException("a receipt has no attachments");
        }

        @Override
        public void setMimeType(IMimeType type) {
            mediaType = type.getAsString();
        }

        @Override
        public void setStatus(int code) {
            status = code;
        }

        boolean isReceipt() {
            return Receipts.isReceipt(octets);
        }

        String id() {
            return Receipts.nextRowId();
        }
    }
}
