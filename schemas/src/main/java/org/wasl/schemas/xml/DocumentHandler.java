package org.wasl.schemas.xml;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import org.w3c.dom.DOMException;
import org.w3c.dom.DOMImplementation;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.Text;
import org.wasl.schemas.fault.FaultCode;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** Builds a DOM of elements, attributes, namespace declarations and text: nothing else gets in. */
final class DocumentHandler extends DefaultHandler {

    private final Document document;
    private final Map<String, String> declarations = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private Node current;

    DocumentHandler(DOMImplementation dom) {
        document = dom.createDocument(null, null, null);
        current = document;
    }

    Document document() {
        return document;
    }

    @Override
    public void startPrefixMapping(String prefix, String uri) {
        declarations.put(prefix, uri);
    }

    @Override
    public void startElement(String uri, String localName, String qualifiedName, Attributes attributes)
            throws RefusedXmlException {
        flushText();
        try {
            append(uri, qualifiedName, attributes);
        } catch (DOMException e) {
            // The JDK's parser lets names pass that its DOM does not take, such as an element with the prefix xmlns.
            throw new RefusedXmlException(FaultCode.XML_MALFORMED, "a name breaks the rules of namespaces", -1, -1);
        }
    }

    private void append(String uri, String qualifiedName, Attributes attributes) {
        Element element = document.createElementNS(uri.isEmpty() ? null : uri, qualifiedName);
        declarations.forEach((prefix, namespace) -> element.setAttributeNS(
                XMLConstants.XMLNS_ATTRIBUTE_NS_URI, prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix, namespace));
        declarations.clear();
        for (int i = 0; i < attributes.getLength(); i++) {
            String namespace = attributes.getURI(i);
            element.setAttributeNS(
                    namespace.isEmpty() ? null : namespace, attributes.getQName(i), attributes.getValue(i));
        }
        current.appendChild(element);
        current = element;
    }

    @Override
    public void endElement(String uri, String localName, String qualifiedName) {
        flushText();
        Node parent = current.getParentNode();
        current = parent == null ? document : parent;
    }

    /** Whether the element that is open stands right below the root. */
    boolean inSection() {
        return document.getDocumentElement() != null && current.getParentNode() == document.getDocumentElement();
    }

    /** Offers the element that ended last, right below the root. */
    void offerSection(SectionTaker sections) {
        if (current.getLastChild() instanceof Element section && sections.take(section)) {
            Node before = section.getPreviousSibling();
            current.removeChild(section);
            if (before instanceof Text text && text.getData().isBlank()) {
                current.removeChild(before);
            }
        }
    }

    @Override
    public void characters(char[] characters, int start, int length) {
        text.append(characters, start, length);
    }

    /** One text node between two tags, whatever the parser's buffers, comments and CDATA sections made of it. */
    private void flushText() {
        if (text.length() > 0) {
            current.appendChild(document.createTextNode(text.toString()));
            text.setLength(0);
        }
    }
}
