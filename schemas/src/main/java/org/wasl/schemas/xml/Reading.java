package org.wasl.schemas.xml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wasl.schemas.fault.FaultCode;
import org.xml.sax.ContentHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/** Reads octets once, within the rules, into a handler. */
final class Reading {

    private static final Pool<XMLReader> READERS = new Pool<>(ParserFactory::reader);
    private static final Pattern ENCODING = Pattern.compile("<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([^\"'>]*)[\"']");
    private static final int MAX_DECLARATION_OCTETS = 200;
    private static final byte[] EBCDIC = {0x4C, 0x6F, (byte) 0xA7, (byte) 0x94};
    private static final String LEXICAL_HANDLER = "http://xml.org/sax/properties/lexical-handler";

    private Reading() {}

    /** Reads; empty when the document is well-formed and within the rules. */
    static Optional<XmlVerdict.Refused> read(byte[] octets, XmlRules rules, ContentHandler handler) {
        Optional<XmlVerdict.Refused> refused = checkOctets(octets, rules);
        if (refused.isPresent()) {
            return refused;
        }
        Pool.Lease<XMLReader> lease = READERS.take();
        SilenceBound stream = new SilenceBound(new ByteArrayInputStream(octets));
        refused = read(lease.value(), stream, new BoundedHandler(rules, handler, stream));
        READERS.give(lease, octets.length);
        return refused;
    }

    private static Optional<XmlVerdict.Refused> read(XMLReader reader, InputStream octets, BoundedHandler bounded) {
        try {
            reader.setContentHandler(bounded);
            reader.setErrorHandler(bounded);
            reader.setEntityResolver(bounded);
            reader.setProperty(LEXICAL_HANDLER, bounded);
            reader.parse(new InputSource(octets));
            return Optional.empty();
        } catch (RefusedXmlException e) {
            return Optional.of(e.verdict());
        } catch (SAXException e) {
            return Optional.of(ParserMessage.refuse(e.getMessage(), -1, -1).verdict());
        } catch (SilenceBound.TooSilentException e) {
            return Optional.of(refusal(FaultCode.XML_LIMIT, String.valueOf(e.getMessage())));
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
        if (rules.utf8Only() && (looksWide(octets) || declaresAnother(octets))) {
            return Optional.of(refusal(FaultCode.XML_ENCODING, "the document is not in UTF-8"));
        }
        return Optional.empty();
    }

    /** Whether the XML declaration names another encoding than UTF-8, known to the platform or not. */
    private static boolean declaresAnother(byte[] octets) {
        if (octets.length < 2 || octets[0] != '<' || octets[1] != '?') {
            return false;
        }
        int length = Math.min(octets.length, MAX_DECLARATION_OCTETS);
        Matcher declared = ENCODING.matcher(new String(octets, 0, length, StandardCharsets.ISO_8859_1));
        return declared.lookingAt() && !declared.group(1).equalsIgnoreCase("UTF-8");
    }

    /** UTF-16 and UTF-32 show in the first four octets: a byte order mark or a zero; EBCDIC as its {@code <?xm}. */
    private static boolean looksWide(byte[] octets) {
        if ((octets[0] & 0xFF) >= 0xFE) {
            return true;
        }
        if (Arrays.equals(octets, 0, Math.min(4, octets.length), EBCDIC, 0, 4)) {
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
