package org.wasl.connectors.mapping;

import net.sf.saxon.s9api.Processor;
import org.wasl.connectors.backend.Answer;
import org.wasl.connectors.backend.BackEndFailure;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.declaration.ConnectorDeclaration.Documents;
import org.wasl.connectors.declaration.ConnectorDeclaration.Mapping;
import org.wasl.connectors.declaration.InvalidDeclarationsException;

/** What a declaration makes of its back-end's answers, compiled once. Safe for many threads. */
public sealed interface AnswerMapping permits RecordMapping, DocumentMapping {

    /**
     * Turns an answer into a record or a document, or into the certainty that there is none.
     *
     * @throws BackEndFailure when the answer is a refusal or cannot be mapped
     */
    Mapped map(Answer answer);

    /**
     * Whether an answer tells that what was asked for has been done: neither is there no such record, nor does anything
     * stand against it.
     *
     * @throws BackEndFailure when that cannot be told
     */
    boolean changed(Answer answer);

    /**
     * Compiles a declaration's stylesheet and expressions.
     *
     * @throws InvalidDeclarationsException naming file, line and reason of everything that does not compile
     */
    static AnswerMapping compile(Processor processor, ConnectorDeclaration declaration)
            throws InvalidDeclarationsException {
        return declaration.content() instanceof Documents documents
                ? DocumentMapping.compile(processor, declaration, documents)
                : RecordMapping.compile(processor, declaration, (Mapping) declaration.content());
    }
}
