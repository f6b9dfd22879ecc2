package org.wasl.connectors.mapping;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.stax.StAXSource;
import net.sf.saxon.lib.ErrorReporter;
import net.sf.saxon.s9api.DOMDestination;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.QName;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XdmAtomicValue;
import net.sf.saxon.s9api.XdmValue;
import net.sf.saxon.s9api.XmlProcessingError;
import net.sf.saxon.s9api.Xslt30Transformer;
import net.sf.saxon.s9api.XsltCompiler;
import net.sf.saxon.s9api.XsltExecutable;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.wasl.connectors.ConnectorResult;
import org.wasl.connectors.backend.Answer;
import org.wasl.connectors.backend.BackEndFailure;
import org.wasl.connectors.backend.Step;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.declaration.ConnectorDeclaration.Mapping;
import org.wasl.connectors.declaration.DeclarationProblem;
import org.wasl.connectors.declaration.InvalidDeclarationsException;
import org.wasl.schemas.deferral.Deferral;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;

/** One agency's mapping of data to a record. */
final class RecordMapping implements AnswerMapping {

    private final Mapping mapping;
    private final XsltExecutable stylesheet;
    private final Expression notFound;
    private final Expression completeWhen;
    private final Optional<Expression> asOf;
    private final Optional<Expression> conflict;
    private final Optional<Expression> expired;
    private final @Nullable LaterMapping later;

    private RecordMapping(
            Mapping mapping,
            XsltExecutable stylesheet,
            Expression notFound,
            Expression completeWhen,
            Optional<Expression> asOf,
            Optional<Expression> conflict,
            Optional<Expression> expired,
            @Nullable LaterMapping later) {
        this.conflict = conflict;
        this.expired = expired;
        this.later = later;
        this.mapping = mapping;
        this.stylesheet = stylesheet;
        this.notFound = notFound;
        this.completeWhen = completeWhen;
        this.asOf = asOf;
    }

    /**
     * Compiles a declaration's stylesheet and expressions.
     *
     * @throws InvalidDeclarationsException naming file, line and reason of everything that does not compile
     */
    static RecordMapping compile(Processor processor, ConnectorDeclaration declaration, Mapping mapping)
            throws InvalidDeclarationsException {
        List<DeclarationProblem> problems = new ArrayList<>();
        XsltExecutable stylesheet = stylesheet(processor, mapping, problems);
        Expression notFound =
                Expression.compile(processor, declaration, "mapping.not-found", mapping.notFound(), problems);
        Expression complete =
                Expression.compile(processor, declaration, "mapping.complete-when", mapping.completeWhen(), problems);
        Expression asOf = mapping.asOf().isEmpty()
                ? null
                : Expression.compile(processor, declaration, "mapping.as-of", mapping.asOf(), problems);
        Expression conflict = mapping.conflict().isEmpty()
                ? null
                : Expression.compile(processor, declaration, "mapping.conflict", mapping.conflict(), problems);
        Expression expired = mapping.expired().isEmpty()
                ? null
                : Expression.compile(processor, declaration, "mapping.expired", mapping.expired(), problems);
        LaterMapping later = LaterMapping.compile(processor, declaration, problems);
        if (!problems.isEmpty() || stylesheet == null || notFound == null || complete == null) {
            throw new InvalidDeclarationsException(problems);
        }
        return new RecordMapping(
                mapping,
                stylesheet,
                notFound,
                complete,
                Optional.ofNullable(asOf),
                Optional.ofNullable(conflict),
                Optional.ofNullable(expired),
                later);
    }

    private static @Nullable XsltExecutable stylesheet(
            Processor processor, Mapping mapping, List<DeclarationProblem> problems) {
        XsltCompiler compiler = processor.newXsltCompiler();
        List<XmlProcessingError> errors = new ArrayList<>();
        compiler.setErrorReporter(errors::add);
        byte[] octets = mapping.stylesheet().getBytes(StandardCharsets.UTF_8);
        try {
            return compiler.compile(new StAXSource(HardenedXml.streamReader(octets, XmlRules.FOREIGN)));
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNumber();
            problems.add(new DeclarationProblem(mapping.file(), Math.max(1, line), "is not XML: " + e.getMessage()));
        } catch (SaxonApiException e) {
            for (XmlProcessingError error : errors) {
                if (!error.isWarning()) {
                    problems.add(new DeclarationProblem(
                            mapping.file(),
                            Math.max(1, error.getLocation().getLineNumber()),
                            String.valueOf(error.getMessage())));
                }
            }
            if (problems.isEmpty()) {
                problems.add(new DeclarationProblem(
                        mapping.file(), Math.max(1, e.getLineNumber()), String.valueOf(e.getMessage())));
            }
        }
        return null;
    }

    /** Warnings speak of style; what matters fails. */
    private static final ErrorReporter IGNORE = error -> {};

    @Override
    public Mapped map(Answer given) {
        if (!(given instanceof Answer.Data answer)) {
            throw new IllegalStateException("a back-end of records gave a document");
        }
        Instant asOf = asOf(answer);
        if (later != null) {
            Optional<ConnectorResult> deferred = later.map(answer);
            if (deferred.isPresent()) {
                return mapped(answer, deferred.get());
            }
        }
        if (notFound.isTrueOf(answer.document())) {
            return mapped(answer, new ConnectorResult.NotFound(asOf));
        }
        refuse(conflict, FaultCode.RECORD_CONFLICT, answer);
        refuse(expired, FaultCode.RECORD_EXPIRED, answer);
        if (!answer.refusal().isEmpty()) {
            throw new BackEndFailure(FaultCode.BACKEND_REFUSED, Step.FETCH, answer.refusal());
        }
        boolean complete = completeWhen.isTrueOf(answer.document());
        return mapped(answer, new ConnectorResult.Found(transform(answer), asOf, complete));
    }

    @Override
    public boolean changed(Answer given) {
        return given instanceof Answer.Data answer
                && !notFound.isTrueOf(answer.document())
                && reason(conflict, answer).isEmpty()
                && reason(expired, answer).isEmpty();
    }

    private static String reason(Optional<Expression> declared, Answer.Data answer) {
        return declared.flatMap(expression -> expression.textOf(answer.document()))
                .orElse("");
    }

    /** The back-end's own code of what stands against the change goes into the fault, and nothing else of its answer. */
    private static void refuse(Optional<Expression> declared, FaultCode code, Answer.Data answer) {
        String reason = reason(declared, answer);
        if (reason.isEmpty()) {
            return;
        }
        String told = Deferral.isReason(reason) ? reason : "a reason that is no code";
        throw new BackEndFailure(code, Step.FETCH, "the back-end changed nothing: " + told);
    }

    private static Mapped mapped(Answer.Data answer, ConnectorResult result) {
        return new Mapped(result, answer.receivedNanos(), System.nanoTime());
    }

    private byte[] transform(Answer.Data answer) {
        Document result = HardenedXml.newDocument();
        try {
            Xslt30Transformer transformer = stylesheet.load30();
            transformer.setErrorReporter(IGNORE);
            transformer.setMessageHandler(message -> {});
            transformer.setStylesheetParameters(parameters(answer));
            transformer.setGlobalContextItem(answer.document());
            transformer.applyTemplates(answer.document(), new DOMDestination(result));
        } catch (SaxonApiException e) {
            throw failed(e);
        }
        Element root = result.getDocumentElement();
        if (root == null
                || !mapping.element().equals(root.getLocalName())
                || !mapping.namespace().equals(root.getNamespaceURI())) {
            throw new BackEndFailure(
                    FaultCode.MAPPING_FAILED,
                    Step.MAP,
                    mapping.file() + " did not make the record {" + mapping.namespace() + "}" + mapping.element());
        }
        return HardenedXml.serialise(root);
    }

    private Map<QName, XdmValue> parameters(Answer.Data answer) {
        Map<QName, XdmValue> parameters = new HashMap<>();
        answer.query().values().forEach((name, value) -> parameters.put(new QName(name), new XdmAtomicValue(value)));
        return parameters;
    }

    /** Saxon's messages quote the data at hand: only the error's code and place are told. */
    private BackEndFailure failed(SaxonApiException e) {
        QName code = e.getErrorCode();
        String what = code == null ? "an error" : code.getLocalName();
        String place = e.getLineNumber() > 0 ? " line " + e.getLineNumber() : "";
        return new BackEndFailure(FaultCode.MAPPING_FAILED, Step.MAP, mapping.file() + place + ": " + what, e);
    }

    private Instant asOf(Answer.Data answer) {
        Optional<String> told = asOf.flatMap(expression -> expression.textOf(answer.document()));
        if (told.isEmpty()) {
            return answer.asOf();
        }
        try {
            Instant at = OffsetDateTime.parse(told.get()).toInstant();
            // A source whose clock runs ahead must not make a record look fresher than its reading.
            return at.isAfter(answer.asOf()) ? answer.asOf() : at;
        } catch (DateTimeException e) {
            throw new BackEndFailure(FaultCode.MAPPING_FAILED, Step.MAP, "'as-of' is not a time with an offset", e);
        }
    }
}
