package org.wasl.schemas.xml;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.FaultCode;
import org.xml.sax.Attributes;
import org.xml.sax.ContentHandler;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.DefaultHandler2;
import org.xml.sax.ext.Locator2;

/** Holds a document to the rules while it is read, and passes on to a handler what stands. */
final class BoundedHandler extends DefaultHandler2 {

    private final XmlRules rules;
    private final ContentHandler next;
    private final SilenceBound silence;
    private @Nullable Locator locator;
    private int depth;
    private int nodes;
    private int textCharacters;
    private int textRuns;

    BoundedHandler(XmlRules rules, ContentHandler next, SilenceBound silence) {
        this.rules = rules;
        this.next = next;
        this.silence = silence;
    }

    @Override
    public void setDocumentLocator(Locator locator) {
        this.locator = locator;
        next.setDocumentLocator(locator);
    }

    @Override
    public void startDocument() throws SAXException {
        next.startDocument();
    }

    @Override
    public void endDocument() throws SAXException {
        next.endDocument();
    }

    @Override
    public void startPrefixMapping(String prefix, String uri) throws SAXException {
        checkText(uri.length());
        countNodes(1);
        next.startPrefixMapping(prefix, uri);
    }

    @Override
    public void endPrefixMapping(String prefix) throws SAXException {
        next.endPrefixMapping(prefix);
    }

    @Override
    public void startElement(String uri, String localName, String qualifiedName, Attributes attributes)
            throws SAXException {
        if (depth == 0) {
            checkDeclaration();
        }
        silence.broken();
        textCharacters = 0;
        depth++;
        countNodes(1 + attributes.getLength());
        if (depth > XmlRules.MAX_DEPTH) {
            throw refuse(FaultCode.XML_LIMIT, "elements nest deeper than " + XmlRules.MAX_DEPTH);
        }
        if (attributes.getLength() > XmlRules.MAX_ATTRIBUTES) {
            throw refuse(FaultCode.XML_LIMIT, "an element has more than " + XmlRules.MAX_ATTRIBUTES + " attributes");
        }
        checkName(qualifiedName);
        for (int i = 0; i < attributes.getLength(); i++) {
            checkName(attributes.getQName(i));
            checkText(attributes.getValue(i).length());
        }
        next.startElement(uri, localName, qualifiedName, attributes);
    }

    @Override
    public void endElement(String uri, String localName, String qualifiedName) throws SAXException {
        silence.broken();
        textCharacters = 0;
        depth--;
        next.endElement(uri, localName, qualifiedName);
    }

    @Override
    public void characters(char[] text, int start, int length) throws SAXException {
        silence.broken();
        textRuns++;
        if (textRuns / XmlRules.MAX_RUNS_PER_NODE >= rules.maxNodes()) {
            throw refuse(FaultCode.XML_LIMIT, "the document has too many runs of text");
        }
        textCharacters += length;
        checkText(textCharacters);
        next.characters(text, start, length);
    }

    @Override
    public void comment(char[] text, int start, int length) throws SAXException {
        silence.broken();
        if (rules.plainOnly()) {
            throw refuse(FaultCode.XML_FORBIDDEN_NODE, "a comment is not allowed");
        }
    }

    @Override
    public void processingInstruction(String target, String data) throws SAXException {
        silence.broken();
        if (rules.plainOnly()) {
            throw refuse(FaultCode.XML_FORBIDDEN_NODE, "a processing instruction is not allowed");
        }
    }

    @Override
    public void startDTD(String name, @Nullable String publicId, @Nullable String systemId) throws SAXException {
        throw refuse(FaultCode.XML_DOCTYPE, "a DOCTYPE is not allowed");
    }

    @Override
    public void skippedEntity(String name) throws SAXException {
        throw refuse(FaultCode.XML_MALFORMED, "an entity is referenced that does not exist");
    }

    @Override
    public InputSource resolveEntity(
            @Nullable String name, @Nullable String publicId, @Nullable String baseUri, @Nullable String systemId)
            throws SAXException {
        throw refuse(FaultCode.XML_DOCTYPE, "nothing outside the document is read");
    }

    @Override
    public void error(SAXParseException e) throws SAXException {
        throw refuse(e);
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXException {
        throw refuse(e);
    }

    /** What the declaration said is known for certain only once the root has come. */
    private void checkDeclaration() throws RefusedXmlException {
        if (!(locator instanceof Locator2 declared)) {
            throw new IllegalStateException("the JDK's parser no longer tells a document's encoding");
        }
        @Nullable String version = declared.getXMLVersion();
        if (version != null && !version.equals("1.0")) {
            throw refuse(FaultCode.XML_MALFORMED, "only XML 1.0 is read");
        }
        @Nullable String encoding = declared.getEncoding();
        if (rules.utf8Only()
                && encoding != null
                && !encoding.toUpperCase(Locale.ROOT).equals("UTF-8")) {
            throw refuse(FaultCode.XML_ENCODING, "the document is not in UTF-8");
        }
    }

    private void countNodes(int more) throws RefusedXmlException {
        nodes += more;
        if (nodes > rules.maxNodes()) {
            throw refuse(
                    FaultCode.XML_LIMIT,
                    "the document has more than " + rules.maxNodes() + " elements and attributes together");
        }
    }

    private void checkName(String name) throws RefusedXmlException {
        if (name.length() > XmlRules.MAX_NAME_CHARACTERS) {
            throw refuse(FaultCode.XML_LIMIT, "a name is longer than " + XmlRules.MAX_NAME_CHARACTERS + " characters");
        }
    }

    private void checkText(int characters) throws RefusedXmlException {
        if (characters > XmlRules.MAX_TEXT_CHARACTERS) {
            throw refuse(FaultCode.XML_LIMIT, "a text is longer than " + XmlRules.MAX_TEXT_CHARACTERS + " characters");
        }
    }

    private RefusedXmlException refuse(FaultCode code, String reason) {
        return new RefusedXmlException(
                code,
                reason,
                locator == null ? -1 : locator.getLineNumber(),
                locator == null ? -1 : locator.getColumnNumber());
    }

    private static RefusedXmlException refuse(SAXParseException e) {
        return ParserMessage.refuse(e.getMessage(), e.getLineNumber(), e.getColumnNumber());
    }
}
