package org.wasl.schemas.xml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.wasl.schemas.fault.FaultCode;
import org.xml.sax.ContentHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/** Reads octets once, within the rules, into a handler. */
final class Reading {

    private static final Pool<XMLReader> READERS = new Pool<>(ParserFactory::reader);
    private static final String LEXICAL_HANDLER = "http://xml.org/sax/properties/lexical-handler";

    private Reading() {}

    /** Reads; empty when the document is well-formed and within the rules. */
    static Optional<XmlVerdict.Refused> read(byte[] octets, XmlRules rules, ContentHandler handler) {
        Optional<XmlVerdict.Refused> refused = checkOctets(octets, rules);
        if (refused.isPresent()) {
            return refused;
        }
        Pool.Lease<XMLReader> lease = READERS.take();
        refused = read(lease.value(), octets, new BoundedHandler(rules, handler));
        READERS.give(lease, octets.length);
        return refused;
    }

    private static Optional<XmlVerdict.Refused> read(XMLReader reader, byte[] octets, BoundedHandler bounded) {
        try {
            reader.setContentHandler(bounded);
            reader.setErrorHandler(bounded);
            reader.setEntityResolver(bounded);
            reader.setProperty(LEXICAL_HANDLER, bounded);
            reader.parse(new InputSource(new ByteArrayInputStream(octets)));
            return Optional.empty();
        } catch (RefusedXmlException e) {
            return Optional.of(e.verdict());
        } catch (SAXException e) {
            return Optional.of(ParserMessage.refuse(e.getMessage(), -1, -1).verdict());
        } catch (IOException e) {
            // From memory only octets that are no characters of the encoding can fail to be read.
            return Optional.of(refusal(FaultCode.XML_MALFORMED, "the octets are not characters of the encoding"));
        } finally {
            release(reader);
        }
    }

    /** A parser that waits in the pool must not hold on to the last document. */
    private static void release(XMLReader reader) {
        DiscardingHandler nothing = DiscardingHandler.INSTANCE;
        reader.setContentHandler(nothing);
        reader.setErrorHandler(nothing);
        reader.setEntityResolver(nothing);
        try {
            reader.setProperty(LEXICAL_HANDLER, nothing);
        } catch (SAXException e) {
            throw new IllegalStateException("the JDK's parser no longer takes a lexical handler", e);
        }
    }

    private static Optional<XmlVerdict.Refused> checkOctets(byte[] octets, XmlRules rules) {
        if (octets.length > rules.maxOctets()) {
            return Optional.of(
                    refusal(FaultCode.XML_LIMIT, "the document has more than " + rules.maxOctets() + " octets"));
        }
        if (octets.length == 0) {
            return Optional.of(refusal(FaultCode.XML_MALFORMED, "the document is empty"));
        }
        if (rules.utf8Only() && looksWide(octets)) {
            return Optional.of(refusal(FaultCode.XML_ENCODING, "the document is not in UTF-8"));
        }
        return Optional.empty();
    }

    /** UTF-16 and UTF-32 show in the first four octets: a byte order mark or a zero. */
    private static boolean looksWide(byte[] octets) {
        if ((octets[0] & 0xFF) >= 0xFE) {
            return true;
        }
        for (int i = 0; i < Math.min(4, octets.length); i++) {
            if (octets[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static XmlVerdict.Refused refusal(FaultCode code, String reason) {
        return new XmlVerdict.Refused(code, reason, -1, -1);
    }
}
