package org.wasl.connectors.xml;

import java.util.Map;
import net.sf.saxon.s9api.BuildingContentHandler;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XdmNode;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;

/** Writes one XML document from data: text can never become markup, and what XML cannot hold is refused. */
public final class DocumentWriter {

    private final BuildingContentHandler handler;
    private final String namespace;

    /** Begins a document whose elements are all of that namespace; empty for none. */
    public DocumentWriter(Processor processor, String namespace) {
        this.namespace = namespace;
        try {
            handler = processor.newDocumentBuilder().newBuildingContentHandler();
            handler.startDocument();
        } catch (SaxonApiException | SAXException e) {
            throw new IllegalStateException("a document in memory could not be begun", e);
        }
    }

    private DocumentWriter(BuildingContentHandler handler, String namespace) {
        this.handler = handler;
        this.namespace = namespace;
    }

    /** The same document at the same place, with elements of another namespace. */
    public DocumentWriter in(String other) {
        return new DocumentWriter(handler, other);
    }

    public DocumentWriter start(String element, Map<String, String> attributes) throws UnreadableException {
        AttributesImpl list = new AttributesImpl();
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            String name = attribute.getKey();
            list.addAttribute("", name, name, "CDATA", checked(attribute.getValue(), name));
        }
        try {
            handler.startPrefixMapping("", namespace);
            handler.startElement(namespace, element, element, list);
        } catch (SAXException e) {
            throw new IllegalStateException("a document in memory could not be written", e);
        }
        return this;
    }

    public DocumentWriter start(String element) throws UnreadableException {
        return start(element, Map.of());
    }

    public DocumentWriter end(String element) {
        try {
            handler.endElement(namespace, element, element);
            handler.endPrefixMapping("");
        } catch (SAXException e) {
            throw new IllegalStateException("a document in memory could not be written", e);
        }
        return this;
    }

    /** One element that holds text only. */
    public DocumentWriter element(String element, String text) throws UnreadableException {
        return start(element).text(element, text).end(element);
    }

    /**
     * Text.
     *
     * @param where names the place in a refusal
     */
    public DocumentWriter text(String where, String text) throws UnreadableException {
        char[] characters = checked(text, where).toCharArray();
        try {
            handler.characters(characters, 0, characters.length);
        } catch (SAXException e) {
            throw new IllegalStateException("a document in memory could not be written", e);
        }
        return this;
    }

    public XdmNode finish() {
        try {
            handler.endDocument();
            return handler.getDocumentNode();
        } catch (SaxonApiException | SAXException e) {
            throw new IllegalStateException("a document in memory could not be finished", e);
        }
    }

    private static String checked(String text, String where) throws UnreadableException {
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            boolean allowed = c == '\t'
                    || c == '\n'
                    || c == '\r'
                    || (c >= 0x20 && c <= 0xD7FF)
                    || (c >= 0xE000 && c <= 0xFFFD)
                    || c >= 0x10000;
            if (!allowed) {
                throw new UnreadableException("'" + where + "' holds the character U+" + String.format("%04X", c)
                        + ", which XML cannot hold");
            }
            at += Character.charCount(c);
        }
        return text;
    }
}
