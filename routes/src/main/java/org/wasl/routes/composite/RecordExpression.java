package org.wasl.routes.composite;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.transform.dom.DOMSource;
import net.sf.saxon.s9api.ItemType;
import net.sf.saxon.s9api.OccurrenceIndicator;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.QName;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XPathCompiler;
import net.sf.saxon.s9api.XPathExecutable;
import net.sf.saxon.s9api.XPathSelector;
import net.sf.saxon.s9api.XdmAtomicValue;
import net.sf.saxon.s9api.XdmItem;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.XdmNodeKind;
import net.sf.saxon.s9api.XdmValue;
import org.w3c.dom.Element;

/**
 * An XPath 3.1 expression over a record, compiled once. The context item is the record's root element; the prefixes are
 * the schemas' names; each input of the composite service is a variable, and so is each earlier step's record that it
 * looks at. Besides XPath's own functions it has those of {@link FractionFunction}. It can reach nothing else. Safe for many
 * threads.
 */
public final class RecordExpression {

    private static final Processor PROCESSOR = processor();

    /** The shared schemas' own prefixes, for declarations that no catalogue is at hand for. */
    static final Map<String, String> PREFIXES = Map.of(
            "common", "urn:wasl:common:1",
            "civil", "urn:wasl:civil:1",
            "traffic", "urn:wasl:traffic:1",
            "property", "urn:wasl:property:1",
            "justice", "urn:wasl:justice:1");

    private static final int MAX_CHARACTERS = 1_000;

    private final String text;
    private final Set<String> variables;
    private final XPathExecutable executable;
    private final Set<String> looksAt;
    private final Map<String, XdmNode> records;

    private RecordExpression(
            String text,
            Set<String> variables,
            Set<String> looksAt,
            XPathExecutable executable,
            Map<String, XdmNode> records) {
        this.text = text;
        this.variables = variables;
        this.looksAt = looksAt;
        this.executable = executable;
        this.records = records;
    }

    /**
     * Compiles an expression.
     *
     * @param text the expression
     * @param variables the names of the inputs that it may use
     * @throws IllegalArgumentException when it is not XPath 3.1 over the known prefixes and variables
     */
    public static RecordExpression compile(String text, Set<String> variables) {
        return compile(text, PREFIXES, variables, Set.of());
    }

    /**
     * Compiles an expression that may look at other records too.
     *
     * @param text the expression
     * @param prefixes the namespaces by their prefixes
     * @param variables the names of the inputs that it may use
     * @param records the names by which it may use earlier steps' records: each a variable that holds the root element
     * @throws IllegalArgumentException when it is not XPath 3.1 over the known prefixes and variables
     */
    public static RecordExpression compile(
            String text, Map<String, String> prefixes, Set<String> variables, Set<String> records) {
        if (text.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("an expression may have at most " + MAX_CHARACTERS + " characters");
        }
        XPathCompiler compiler = PROCESSOR.newXPathCompiler();
        compiler.setLanguageVersion("3.1");
        compiler.setCaching(false);
        prefixes.forEach(compiler::declareNamespace);
        compiler.declareNamespace(FractionFunction.PREFIX, FractionFunction.NAMESPACE);
        variables.forEach(name -> compiler.declareVariable(new QName(name), ItemType.STRING, OccurrenceIndicator.ONE));
        records.forEach(
                name -> compiler.declareVariable(new QName(name), ItemType.ELEMENT_NODE, OccurrenceIndicator.ONE));
        try {
            compiler.setRequiredContextItemType(ItemType.ELEMENT_NODE);
            return new RecordExpression(
                    text, Set.copyOf(variables), Set.copyOf(records), compiler.compile(text), Map.of());
        } catch (SaxonApiException e) {
            throw new IllegalArgumentException("not an XPath 3.1 expression: " + e.getMessage(), e);
        }
    }

    /** Doc(), unparsed-text() and the like would let a declaration read files; a record's conditions need none. */
    private static Processor processor() {
        Processor processor = new Processor(false);
        processor.setConfigurationProperty(net.sf.saxon.lib.Feature.ALLOWED_PROTOCOLS, "");
        processor.setConfigurationProperty(net.sf.saxon.lib.Feature.ALLOW_EXTERNAL_FUNCTIONS, false);
        FractionFunction.all().forEach(processor::registerExtensionFunction);
        return processor;
    }

    /** This expression with these records as the values of their variables. */
    RecordExpression seeing(Map<String, XdmNode> earlier) {
        return new RecordExpression(text, variables, looksAt, executable, Map.copyOf(earlier));
    }

    /**
     * A record's root element, for the other methods: a copy that any number of threads may read.
     *
     * @param record the root of a document of its own
     * @throws IllegalStateException when the copy cannot be made, which a parsed document gives no reason for
     */
    static XdmNode root(Element record) {
        try {
            XdmNode document = PROCESSOR.newDocumentBuilder().build(new DOMSource(record.getOwnerDocument()));
            return document.children().iterator().next();
        } catch (SaxonApiException e) {
            throw new IllegalStateException("a parsed record cannot be copied", e);
        }
    }

    /**
     * The effective boolean value.
     *
     * @throws ExpressionFailedException when the record is not of a form that the expression can be evaluated on
     */
    boolean holds(XdmNode root, Map<String, String> inputs) {
        try {
            return selector(root, inputs).effectiveBooleanValue();
        } catch (SaxonApiException e) {
            throw failed(e);
        }
    }

    /**
     * The first item's string value; empty when there is none, or an empty string.
     *
     * @throws ExpressionFailedException when the expression cannot be evaluated on this record
     */
    Optional<String> value(XdmNode root, Map<String, String> inputs) {
        try {
            XdmItem item = selector(root, inputs).evaluateSingle();
            return Optional.ofNullable(item).map(XdmItem::getStringValue).filter(value -> !value.isBlank());
        } catch (SaxonApiException e) {
            throw failed(e);
        }
    }

    /**
     * The elements that it yields, in their order.
     *
     * @throws ExpressionFailedException when an item is no element, or the expression cannot be evaluated
     */
    List<XdmNode> elements(XdmNode root, Map<String, String> inputs) {
        try {
            List<XdmNode> elements = new ArrayList<>();
            for (XdmItem item : selector(root, inputs).evaluate()) {
                if (!(item instanceof XdmNode node) || node.getNodeKind() != XdmNodeKind.ELEMENT) {
                    throw new ExpressionFailedException(text, "NotAnElement");
                }
                elements.add(node);
            }
            return elements;
        } catch (SaxonApiException e) {
            throw failed(e);
        }
    }

    /**
     * The sum of the items as exact decimals; zero when there are none.
     *
     * @throws ExpressionFailedException when an item is not a decimal number
     */
    BigDecimal sum(XdmNode root, Map<String, String> inputs) {
        try {
            XdmValue items = selector(root, inputs).evaluate();
            BigDecimal sum = BigDecimal.ZERO;
            for (XdmItem item : items) {
                sum = sum.add(new BigDecimal(item.getStringValue().strip()));
            }
            return sum;
        } catch (SaxonApiException | NumberFormatException e) {
            throw failed(e);
        }
    }

    /** Without the cause: its message may quote the record. */
    private ExpressionFailedException failed(Exception cause) {
        QName code = cause instanceof SaxonApiException saxon ? saxon.getErrorCode() : null;
        String kind = code == null ? cause.getClass().getSimpleName() : code.getLocalName();
        return new ExpressionFailedException(text, kind);
    }

    private XPathSelector selector(XdmNode root, Map<String, String> inputs) throws SaxonApiException {
        XPathSelector selector = executable.load();
        for (String name : variables) {
            // An input that was not given is the empty string: it equals nothing that a record holds.
            selector.setVariable(new QName(name), new XdmAtomicValue(inputs.getOrDefault(name, "")));
        }
        for (String name : looksAt) {
            XdmNode record = records.get(name);
            if (record != null) {
                selector.setVariable(new QName(name), record);
            }
        }
        selector.setContextItem(root);
        return selector;
    }

    @Override
    public String toString() {
        return text;
    }
}
