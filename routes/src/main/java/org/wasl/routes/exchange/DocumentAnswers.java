package org.wasl.routes.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.connectors.ConnectorResult;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerLimits;
import org.wasl.security.container.DocumentSigner;
import org.wasl.security.container.DocumentSigning;
import org.wasl.security.container.Header;
import org.wasl.security.container.Spool;
import org.wasl.security.container.SpoolFile;
import org.wasl.security.registry.Service;

/** Signs replies whose payload is a document, from the back-end into a spool file, through a small buffer. */
final class DocumentAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(DocumentAnswers.class);

    private final AnswerSigner signer;
    private final @Nullable Spool spool;
    private final ContainerLimits limits;
    private final DocumentSigner documents;

    /**
     * @param spool where containers are while they are made; null when this node sends no documents
     */
    DocumentAnswers(AnswerSigner signer, @Nullable Spool spool, ContainerLimits limits) {
        this.signer = signer;
        this.spool = spool;
        this.limits = limits;
        this.documents = new DocumentSigner(limits);
    }

    /** What came of signing. */
    sealed interface Result {

        /**
         * Signed.
         *
         * @param answer the reply, in a spool file that {@link DocumentAnswers#drop} gives back
         */
        record Signed(Container answer) implements Result {}

        /** Not signed, and why. */
        record Refused(Fault fault) implements Result {}
    }

    /** Signs the document as the one reply to the request. */
    Result sign(Serving.Authorized authorized, ConnectorResult.Document document) {
        Container request = authorized.verified().request();
        if (request.header().isEncrypted()) {
            return refused(
                    authorized, FaultCode.DOCUMENT_CONFIDENTIAL, "the request is encrypted, so its answer has to be");
        }
        if (!authorized.agreement().released().contains(Service.DOCUMENT_PATH)) {
            return refused(authorized, FaultCode.ACCESS_DENIED, "the agreement does not release the document");
        }
        Header header = signer.documentHeader(
                request, authorized.verified().registry(), authorized.service().schemaVersion(), document.mediaType());
        if (!header.hasDocument()) {
            return refused(authorized, FaultCode.DOCUMENT_MEDIA_TYPE, "a document is no XML");
        }
        try {
            Optional<SpoolFile> file = spool == null ? Optional.empty() : spool.take(limits.maxContainerBytes());
            return file.isPresent()
                    ? sign(authorized, header, document, file.get())
                    : refused(authorized, FaultCode.DOCUMENT_NO_SPACE, "the spool is full");
        } catch (DocumentSourceException e) {
            LOG.warn("A document of {} could not be read", header.service(), e);
            return refused(authorized, FaultCode.BACKEND_UNAVAILABLE, "the document could not be read to its end");
        } catch (IOException e) {
            LOG.warn("A document of {} could not be written to the spool", header.service(), e);
            return refused(authorized, FaultCode.DOCUMENT_NO_SPACE, "the spool cannot be written");
        }
    }

    private Result sign(Serving.Authorized authorized, Header header, ConnectorResult.Document document, SpoolFile file)
            throws IOException {
        boolean signed = false;
        try (InputStream octets = DocumentSourceException.telling(document.source())) {
            DocumentSigning signing = documents.sign(header, octets, signer.key(header), file);
            signed = signing instanceof DocumentSigning.Signed;
            return signing instanceof DocumentSigning.Signed made
                    ? new Result.Signed(made.container())
                    : new Result.Refused(((DocumentSigning.Refused) signing).fault());
        } finally {
            if (!signed) {
                file.close();
            }
        }
    }

    /** Gives back the spool file of an answer that is durable, or that will not be sent. */
    static void drop(Container answer) {
        if (answer.whole() instanceof SpoolFile file) {
            file.close();
        }
    }

    private static Result refused(Serving.Authorized authorized, FaultCode code, String detail) {
        String leg = authorized.arrival().member().toString();
        return new Result.Refused(new Fault(code, Stage.CONNECTOR, leg, detail));
    }
}
