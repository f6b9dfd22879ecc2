package org.wasl.schemas.xml;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
import org.jspecify.annotations.Nullable;

/** Opens the JDK's streaming reader, held to the same rules as the parser. */
final class StreamReaders {

    private StreamReaders() {}

    static XMLStreamReader open(InputStream octets, XmlRules rules) throws XMLStreamException {
        // A factory of its own for each reader: the JDK's keeps state between calls.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setProperty("jdk.xml.maxElementDepth", Integer.toString(XmlRules.MAX_DEPTH));
        factory.setProperty("jdk.xml.elementAttributeLimit", Integer.toString(XmlRules.MAX_ATTRIBUTES));
        factory.setProperty("jdk.xml.maxXMLNameLimit", Integer.toString(XmlRules.MAX_NAME_CHARACTERS));
        factory.setProperty("jdk.xml.entityExpansionLimit", "1");
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
            throw new XMLStreamException("nothing outside the document is read");
        });
        return new Bounded(factory.createXMLStreamReader(new BoundedStream(octets, rules.maxOctets())), rules);
    }

    /** Checks each event before its user sees it. */
    private static final class Bounded extends StreamReaderDelegate {
        private final XmlRules rules;
        private int depth;

        Bounded(XMLStreamReader reader, XmlRules rules) throws XMLStreamException {
            super(reader);
            this.rules = rules;
            @Nullable String version = reader.getVersion();
            if (version != null && !version.equals("1.0")) {
                throw new XMLStreamException("only XML 1.0 is read");
            }
            if (rules.utf8Only() && !(isUtf8(reader.getEncoding()) && isUtf8(reader.getCharacterEncodingScheme()))) {
                throw new XMLStreamException("the document is not in UTF-8");
            }
        }

        @Override
        public int next() throws XMLStreamException {
            int event = super.next();
            while (!stands(event)) {
                event = super.next();
            }
            return event;
        }

        @Override
        public int nextTag() throws XMLStreamException {
            int event = next();
            while (event == CHARACTERS && isWhiteSpace() || event == SPACE) {
                event = next();
            }
            if (event != START_ELEMENT && event != END_ELEMENT) {
                throw new XMLStreamException("a tag is expected", getLocation());
            }
            return event;
        }

        @Override
        public String getElementText() throws XMLStreamException {
            if (getEventType() != START_ELEMENT) {
                throw new XMLStreamException("an element is expected", getLocation());
            }
            StringBuilder text = new StringBuilder();
            int event = next();
            while (event != END_ELEMENT) {
                if (event != CHARACTERS && event != CDATA && event != SPACE) {
                    throw new XMLStreamException("only text is expected", getLocation());
                }
                text.append(getText());
                checkText(text.length());
                event = next();
            }
            return text.toString();
        }

        private boolean stands(int event) throws XMLStreamException {
            switch (event) {
                case START_ELEMENT -> {
                    depth++;
                    checkElement();
                }
                case END_ELEMENT -> depth--;
                case CHARACTERS, CDATA, SPACE -> checkText(getTextLength());
                case DTD -> throw new XMLStreamException("a DOCTYPE is not allowed", getLocation());
                case ENTITY_REFERENCE -> throw new XMLStreamException("an entity is not allowed", getLocation());
                case COMMENT, PROCESSING_INSTRUCTION -> {
                    if (rules.plainOnly()) {
                        throw new XMLStreamException("a comment or instruction is not allowed", getLocation());
                    }
                    return false;
                }
                default -> {
                    // the document's start and end
                }
            }
            return true;
        }

        private void checkElement() throws XMLStreamException {
            if (depth > XmlRules.MAX_DEPTH || getAttributeCount() + getNamespaceCount() > XmlRules.MAX_ATTRIBUTES) {
                throw new XMLStreamException("a bound on depth or attributes is passed", getLocation());
            }
            for (int i = 0; i < getAttributeCount(); i++) {
                checkText(getAttributeValue(i).length());
            }
        }

        private void checkText(int characters) throws XMLStreamException {
            if (characters > XmlRules.MAX_TEXT_CHARACTERS) {
                throw new XMLStreamException("a text is too long", getLocation());
            }
        }

        private static boolean isUtf8(@Nullable String encoding) {
            return encoding == null || encoding.equalsIgnoreCase("UTF-8");
        }
    }

    /** Fails once more octets come than allowed. */
    private static final class BoundedStream extends FilterInputStream {
        private final long max;
        private long read;

        BoundedStream(InputStream in, long max) {
            super(in);
            this.max = max;
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            count(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int got = super.read(buffer, offset, length);
            count(Math.max(got, 0));
            return got;
        }

        private void count(int octets) throws IOException {
            read += octets;
            if (read > max) {
                throw new IOException("the document has more than " + max + " octets");
            }
        }
    }
}
