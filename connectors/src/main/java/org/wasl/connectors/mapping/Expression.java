package org.wasl.connectors.mapping;

import java.util.List;
import java.util.Optional;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XPathCompiler;
import net.sf.saxon.s9api.XPathExecutable;
import net.sf.saxon.s9api.XPathSelector;
import net.sf.saxon.s9api.XdmItem;
import net.sf.saxon.s9api.XdmNode;
import org.jspecify.annotations.Nullable;
import org.wasl.connectors.backend.BackEndFailure;
import org.wasl.connectors.backend.Step;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.declaration.DeclarationProblem;
import org.wasl.connectors.xml.JsonWriter;
import org.wasl.schemas.fault.FaultCode;

/** A declared XPath, compiled once. Safe for many threads. */
final class Expression {

    private final String key;
    private final XPathExecutable executable;

    private Expression(String key, XPathExecutable executable) {
        this.key = key;
        this.executable = executable;
    }

    /** The expression of that key; null, and a problem more, when it does not compile. */
    static @Nullable Expression compile(
            Processor processor,
            ConnectorDeclaration declaration,
            String key,
            String text,
            List<DeclarationProblem> problems) {
        XPathCompiler compiler = processor.newXPathCompiler();
        compiler.declareNamespace("j", JsonWriter.NAMESPACE);
        compiler.setWarningHandler(error -> {});
        try {
            return new Expression(key, compiler.compile(text));
        } catch (SaxonApiException e) {
            problems.add(
                    new DeclarationProblem(declaration.file(), 1, "'" + key + "' is not an XPath: " + e.getMessage()));
            return null;
        }
    }

    /**
     * Whether it is true of that document.
     *
     * @throws BackEndFailure when that cannot be told
     */
    boolean isTrueOf(XdmNode document) {
        try {
            return on(document).effectiveBooleanValue();
        } catch (SaxonApiException e) {
            throw untold(e);
        }
    }

    /**
     * The text of what it yields of that document; empty when it yields nothing.
     *
     * @throws BackEndFailure when that cannot be told
     */
    Optional<String> textOf(XdmNode document) {
        try {
            XdmItem item = on(document).evaluateSingle();
            return item == null
                    ? Optional.empty()
                    : Optional.of(item.getStringValue().strip());
        } catch (SaxonApiException e) {
            throw untold(e);
        }
    }

    private XPathSelector on(XdmNode document) throws SaxonApiException {
        XPathSelector selector = executable.load();
        selector.setContextItem(document);
        return selector;
    }

    private BackEndFailure untold(SaxonApiException e) {
        return new BackEndFailure(FaultCode.MAPPING_FAILED, Step.MAP, "'" + key + "' cannot be told", e);
    }
}
