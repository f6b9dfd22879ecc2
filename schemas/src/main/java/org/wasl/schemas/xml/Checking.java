package org.wasl.schemas.xml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.xml.XMLConstants;
import javax.xml.validation.ValidatorHandler;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.ErrorHandler;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * One document on its way through parser, validator and DOM. The DOM is built from what was parsed, not from what the
 * validator hands on: no default or normalised value may differ from the octets that are signed.
 */
final class Checking extends DefaultHandler {

    /** The validator tells of some violations many times over: how often it is listened to. */
    private static final int MAX_TOLD = 10 * GrammarVerdict.MAX_VIOLATIONS;

    /** How many more elements are looked at once there is a violation: people mend several at a time, not thousands. */
    private static final int MAX_ELEMENTS_SINCE = 2_000;

    private final Function<String, GrammarChoice> grammars;
    private final SectionTaker sections;
    private final DocumentHandler document;
    private final ElementPath path = new ElementPath();
    private final Map<String, String> rootPrefixes = new LinkedHashMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private @Nullable Locator locator;
    private @Nullable Grammar grammar;
    private Pool.@Nullable Lease<ValidatorHandler> validator;
    private @Nullable Violation noGrammar;
    private int told;
    private int elementsSince;
    private boolean enough;

    private Checking(Function<String, GrammarChoice> grammars, SectionTaker sections) {
        this.grammars = grammars;
        this.sections = sections;
        this.document = new DocumentHandler(HardenedXml.newDocument().getImplementation());
    }

    static GrammarVerdict check(
            byte[] octets, XmlRules rules, Function<String, GrammarChoice> grammars, SectionTaker sections) {
        Checking checking = new Checking(grammars, sections);
        Optional<XmlVerdict.Refused> refused = Reading.read(octets, rules, checking);
        checking.release(octets.length);
        Violation noGrammar = checking.noGrammar;
        if (noGrammar != null) {
            return new GrammarVerdict.NoGrammar(noGrammar);
        }
        if (checking.enough) {
            return new GrammarVerdict.Invalid(checking.violations);
        }
        if (refused.isPresent()) {
            return new GrammarVerdict.Refused(refused.get());
        }
        return checking.violations.isEmpty()
                ? new GrammarVerdict.Valid(checking.document.document())
                : new GrammarVerdict.Invalid(checking.violations);
    }

    @Override
    public void setDocumentLocator(Locator locator) {
        this.locator = locator;
    }

    @Override
    public void startPrefixMapping(String prefix, String uri) throws SAXException {
        if (violations.isEmpty()) {
            document.startPrefixMapping(prefix, uri);
        }
        if (validator == null) {
            rootPrefixes.put(prefix, uri);
        } else {
            validator.value().startPrefixMapping(prefix, uri);
        }
    }

    @Override
    public void endPrefixMapping(String prefix) throws SAXException {
        if (validator != null) {
            validator.value().endPrefixMapping(prefix);
        }
    }

    @Override
    public void startElement(String uri, String localName, String qualifiedName, Attributes attributes)
            throws SAXException {
        path.enter(uri, localName);
        if (!violations.isEmpty() && ++elementsSince > MAX_ELEMENTS_SINCE) {
            stop();
        }
        if (validator == null) {
            begin(uri);
        }
        checkInstanceAttributes(attributes);
        if (violations.isEmpty()) {
            // Nobody gets to see the document once it has a violation.
            document.startElement(uri, localName, qualifiedName, attributes);
        }
        handler().startElement(uri, localName, qualifiedName, attributes);
    }

    @Override
    public void endElement(String uri, String localName, String qualifiedName) throws SAXException {
        boolean section = violations.isEmpty() && document.inSection();
        if (violations.isEmpty()) {
            document.endElement(uri, localName, qualifiedName);
        }
        handler().endElement(uri, localName, qualifiedName);
        path.leave();
        if (section && violations.isEmpty()) {
            document.offerSection(sections);
        }
    }

    @Override
    public void characters(char[] text, int start, int length) throws SAXException {
        if (violations.isEmpty()) {
            document.characters(text, start, length);
        }
        handler().characters(text, start, length);
    }

    @Override
    public void endDocument() throws SAXException {
        handler().endDocument();
    }

    /** Only the root tells which grammar to take; what came before it is then handed over. */
    private void begin(String rootNamespace) throws SAXException {
        GrammarChoice choice = grammars.apply(rootNamespace);
        if (choice instanceof GrammarChoice.None none) {
            noGrammar = violation(path.text(namespace -> "{" + namespace + "}"), none.rule(), none.reason());
            throw new SAXException("no grammar");
        }
        Grammar found = ((GrammarChoice.Found) choice).grammar();
        grammar = found;
        Pool.Lease<ValidatorHandler> lease = found.validators().take();
        validator = lease;
        ValidatorHandler handler = lease.value();
        handler.setErrorHandler(new Violations(new SchemaMessage(found::prefix)));
        if (locator != null) {
            handler.setDocumentLocator(locator);
        }
        handler.startDocument();
        for (Map.Entry<String, String> mapping : rootPrefixes.entrySet()) {
            handler.startPrefixMapping(mapping.getKey(), mapping.getValue());
        }
    }

    private ValidatorHandler handler() {
        if (validator == null) {
            throw new IllegalStateException("the parser told of content before the root");
        }
        return validator.value();
    }

    private void checkInstanceAttributes(Attributes attributes) throws SAXException {
        for (int i = 0; i < attributes.getLength(); i++) {
            if (XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(attributes.getURI(i))) {
                add(violation(
                        pathText() + "/@" + attributes.getQName(i),
                        SchemaRule.SCHEMA_INSTANCE,
                        "attributes of XMLSchema-instance are not allowed"));
            }
        }
    }

    private void add(Violation violation) throws SAXException {
        violations.add(violation);
        if (violations.size() >= GrammarVerdict.MAX_VIOLATIONS) {
            stop();
        }
    }

    private void stop() throws SAXException {
        enough = true;
        throw new SAXException("enough violations");
    }

    private String pathText() {
        Grammar found = grammar;
        return path.text(namespace -> found == null ? "{" + namespace + "}" : found.prefix(namespace));
    }

    private Violation violation(String at, SchemaRule rule, String message) {
        return new Violation(
                at,
                rule.wireName(),
                message,
                locator == null ? -1 : locator.getLineNumber(),
                locator == null ? -1 : locator.getColumnNumber());
    }

    private void release(int octets) {
        if (grammar != null && validator != null) {
            validator.value().setErrorHandler(DiscardingHandler.INSTANCE);
            grammar.validators().give(validator, octets);
            validator = null;
        }
    }

    /** Gathers what the validator finds. */
    private final class Violations implements ErrorHandler {
        private final SchemaMessage messages;

        Violations(SchemaMessage messages) {
            this.messages = messages;
        }

        @Override
        public void warning(SAXParseException e) {
            // Warnings tell of schema documents that cannot be found; ours are all compiled beforehand.
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            if (++told > MAX_TOLD && !violations.isEmpty()) {
                stop();
            }
            String text = e.getMessage() == null ? "" : e.getMessage();
            String attribute = SchemaMessage.attribute(text);
            String at = attribute.isEmpty() ? pathText() : pathText() + "/@" + attribute;
            Optional<SchemaRule> rule = SchemaRule.of(SchemaMessage.key(text));
            if (rule.isPresent() && !repeats(rule.get())) {
                add(violation(at, rule.get(), messages.explain(rule.get(), text)));
            } else if (!attribute.isEmpty() && !violations.isEmpty()) {
                relocateLast(at);
            }
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            error(e);
        }

        /** A value with an element in it, or a bad value of an element with attributes, is told of twice. */
        private boolean repeats(SchemaRule rule) {
            if (violations.isEmpty()) {
                return false;
            }
            Violation last = violations.get(violations.size() - 1);
            boolean notAllowed = rule == SchemaRule.ELEMENT_NOT_ALLOWED
                    || last.rule().equals(SchemaRule.ELEMENT_NOT_ALLOWED.wireName());
            return notAllowed && last.path().equals(pathText());
        }

        /** The facet's message knew the element only; the echo after it names the attribute. */
        private void relocateLast(String at) {
            Violation last = violations.remove(violations.size() - 1);
            violations.add(new Violation(at, last.rule(), last.message(), last.line(), last.column()));
        }
    }
}
