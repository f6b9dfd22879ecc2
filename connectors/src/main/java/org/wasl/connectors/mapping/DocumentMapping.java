package org.wasl.connectors.mapping;

import java.util.ArrayList;
import java.util.List;
import net.sf.saxon.s9api.Processor;
import org.jspecify.annotations.Nullable;
import org.wasl.connectors.ConnectorResult;
import org.wasl.connectors.backend.Answer;
import org.wasl.connectors.backend.BackEndFailure;
import org.wasl.connectors.backend.Step;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.declaration.ConnectorDeclaration.Documents;
import org.wasl.connectors.declaration.DeclarationProblem;
import org.wasl.connectors.declaration.InvalidDeclarationsException;
import org.wasl.schemas.fault.FaultCode;

/** Passes documents on as they are, and reads what a back-end says when it gives none. */
final class DocumentMapping implements AnswerMapping {

    private final @Nullable Expression notFound;

    private DocumentMapping(@Nullable Expression notFound) {
        this.notFound = notFound;
    }

    static DocumentMapping compile(Processor processor, ConnectorDeclaration declaration, Documents documents)
            throws InvalidDeclarationsException {
        if (documents.notFound().isEmpty()) {
            return new DocumentMapping(null);
        }
        List<DeclarationProblem> problems = new ArrayList<>();
        Expression notFound =
                Expression.compile(processor, declaration, "document.not-found", documents.notFound(), problems);
        if (notFound == null) {
            throw new InvalidDeclarationsException(problems);
        }
        return new DocumentMapping(notFound);
    }

    /** A document changes nothing. */
    @Override
    public boolean changed(Answer given) {
        return true;
    }

    @Override
    public Mapped map(Answer answer) {
        if (answer instanceof Answer.Spooled document) {
            return mapped(
                    new ConnectorResult.Document(document.mediaType(), document.place(), document.asOf()),
                    document.receivedNanos());
        }
        if (answer instanceof Answer.Absent absent) {
            return mapped(new ConnectorResult.NotFound(absent.asOf()), absent.receivedNanos());
        }
        Answer.Data data = (Answer.Data) answer;
        if (notFound != null && notFound.isTrueOf(data.document())) {
            return mapped(new ConnectorResult.NotFound(data.asOf()), data.receivedNanos());
        }
        throw data.refusal().isEmpty()
                ? new BackEndFailure(FaultCode.DOCUMENT_MEDIA_TYPE, Step.VALIDATE, "data came, and not a document")
                : new BackEndFailure(FaultCode.BACKEND_REFUSED, Step.FETCH, data.refusal());
    }

    private static Mapped mapped(ConnectorResult result, long receivedNanos) {
        return new Mapped(result, receivedNanos, System.nanoTime());
    }
}
