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
import net.sf.saxon.s9api.XPathCompiler;
import net.sf.saxon.s9api.XPathExecutable;
import net.sf.saxon.s9api.XPathSelector;
import net.sf.saxon.s9api.XdmAtomicValue;
import net.sf.saxon.s9api.XdmItem;
import net.sf.saxon.s9api.XdmNode;
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
import org.wasl.connectors.xml.JsonWriter;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;

/** One agency's mapping, compiled once. Safe for many threads. */
public final class RecordMapping {

    private final Mapping mapping;
    private final XsltExecutable stylesheet;
    private final XPathExecutable notFound;
    private final XPathExecutable completeWhen;
    private final Optional<XPathExecutable> asOf;

    private RecordMapping(
            Mapping mapping,
            XsltExecutable stylesheet,
            XPathExecutable notFound,
            XPathExecutable completeWhen,
            Optional<XPathExecutable> asOf) {
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
    public static RecordMapping compile(Processor processor, ConnectorDeclaration declaration)
            throws InvalidDeclarationsException {
        Mapping mapping = declaration.mapping();
        List<DeclarationProblem> problems = new ArrayList<>();
        XsltExecutable stylesheet = stylesheet(processor, mapping, problems);
        XPathExecutable notFound = xpath(processor, declaration, "not-found", mapping.notFound(), problems);
        XPathExecutable complete = xpath(processor, declaration, "complete-when", mapping.completeWhen(), problems);
        XPathExecutable asOf =
                mapping.asOf().isEmpty() ? null : xpath(processor, declaration, "as-of", mapping.asOf(), problems);
        if (!problems.isEmpty() || stylesheet == null || notFound == null || complete == null) {
            throw new InvalidDeclarationsException(problems);
        }
        return new RecordMapping(mapping, stylesheet, notFound, complete, Optional.ofNullable(asOf));
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

    private static @Nullable XPathExecutable xpath(
            Processor processor,
            ConnectorDeclaration declaration,
            String key,
            String expression,
            List<DeclarationProblem> problems) {
        XPathCompiler compiler = processor.newXPathCompiler();
        compiler.declareNamespace("j", JsonWriter.NAMESPACE);
        compiler.setWarningHandler(IGNORE);
        try {
            return compiler.compile(expression);
        } catch (SaxonApiException e) {
            problems.add(new DeclarationProblem(
                    declaration.file(), 1, "'mapping." + key + "' is not an XPath: " + e.getMessage()));
            return null;
        }
    }

    /** Warnings speak of style; what matters fails. */
    private static final ErrorReporter IGNORE = error -> {};

    /**
     * Turns an answer into a record, or into the certainty that there is none.
     *
     * @throws BackEndFailure when the answer is a refusal or cannot be mapped
     */
    public Mapped map(Answer answer) {
        Instant asOf = asOf(answer);
        if (isTrue(notFound, answer.document(), "not-found")) {
            return mapped(answer, new ConnectorResult.NotFound(asOf));
        }
        if (!answer.refusal().isEmpty()) {
            throw new BackEndFailure(FaultCode.BACKEND_REFUSED, Step.FETCH, answer.refusal());
        }
        boolean complete = isTrue(completeWhen, answer.document(), "complete-when");
        return mapped(answer, new ConnectorResult.Found(transform(answer), asOf, complete));
    }

    private static Mapped mapped(Answer answer, ConnectorResult result) {
        return new Mapped(result, answer.receivedNanos(), System.nanoTime());
    }

    private byte[] transform(Answer answer) {
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

    private Map<QName, XdmValue> parameters(Answer answer) {
        Map<QName, XdmValue> parameters = new HashMap<>();
        answer.query()
                .parameters()
                .forEach((name, value) -> parameters.put(new QName(name), new XdmAtomicValue(value)));
        return parameters;
    }

    /** Saxon's messages quote the data at hand: only the error's code and place are told. */
    private BackEndFailure failed(SaxonApiException e) {
        QName code = e.getErrorCode();
        String what = code == null ? "an error" : code.getLocalName();
        String place = e.getLineNumber() > 0 ? " line " + e.getLineNumber() : "";
        return new BackEndFailure(FaultCode.MAPPING_FAILED, Step.MAP, mapping.file() + place + ": " + what, e);
    }

    private boolean isTrue(XPathExecutable expression, XdmNode document, String key) {
        try {
            XPathSelector selector = expression.load();
            selector.setContextItem(document);
            return selector.effectiveBooleanValue();
        } catch (SaxonApiException e) {
            throw new BackEndFailure(FaultCode.MAPPING_FAILED, Step.MAP, "'" + key + "' cannot be told", e);
        }
    }

    private Instant asOf(Answer answer) {
        if (asOf.isEmpty()) {
            return answer.asOf();
        }
        try {
            XPathSelector selector = asOf.get().load();
            selector.setContextItem(answer.document());
            XdmItem item = selector.evaluateSingle();
            if (item == null) {
                return answer.asOf();
            }
            Instant told = OffsetDateTime.parse(item.getStringValue().strip()).toInstant();
            // A source whose clock runs ahead must not make a record look fresher than its reading.
            return told.isAfter(answer.asOf()) ? answer.asOf() : told;
        } catch (SaxonApiException | DateTimeException e) {
            throw new BackEndFailure(FaultCode.MAPPING_FAILED, Step.MAP, "'as-of' is not a time with an offset", e);
        }
    }
}
