package org.wasl.schemas.xml;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.w3c.dom.DOMImplementation;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * The one way in and out of XML. The JDK's own parser, whatever is on the class path; DOCTYPE refused; nothing outside
 * the document is ever read; every dimension bounded (see {@link XmlRules}). Safe for any number of threads.
 */
public final class HardenedXml {

    private static final DOMImplementation DOM = ParserFactory.dom();

    private HardenedXml() {}

    /** Parses a whole document. */
    public static XmlVerdict parse(byte[] octets, XmlRules rules) {
        DocumentHandler handler = new DocumentHandler(DOM);
        Optional<XmlVerdict.Refused> refused = Reading.read(octets, rules, handler);
        return refused.isPresent() ? refused.get() : new XmlVerdict.Parsed(handler.document());
    }

    /** A new, empty document to build in. */
    public static Document newDocument() {
        return DOM.createDocument(null, null, null);
    }

    /**
     * Writes an element with all below it as exclusive canonical XML without comments: UTF-8, no XML declaration, the
     * namespace declarations that the element and those below it use and no others. What it returns parses to the same
     * names and text wherever the element hung before.
     *
     * @throws IllegalArgumentException when a text holds a character that XML cannot carry
     */
    public static byte[] serialise(Element element) {
        return new CanonicalWriter().write(element);
    }

    /**
     * A streaming reader over octets, within the same rules. What breaks a rule is an {@link XMLStreamException} from
     * the call that meets it.
     */
    public static XMLStreamReader streamReader(byte[] octets, XmlRules rules) throws XMLStreamException {
        return streamReader(new ByteArrayInputStream(octets), rules);
    }

    /**
     * A streaming reader over a stream, within the same rules; the caller closes the stream.
     *
     * @throws XMLStreamException when the beginning breaks a rule
     */
    public static XMLStreamReader streamReader(InputStream octets, XmlRules rules) throws XMLStreamException {
        return StreamReaders.open(octets, rules);
    }
}
