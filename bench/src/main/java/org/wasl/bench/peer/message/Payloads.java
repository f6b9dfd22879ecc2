package org.wasl.bench.peer.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.w3c.dom.Element;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

/** What every peer is asked and answers: a short query, and one person's record of about 2 KB. */
public final class Payloads {

    /** The namespace of the query. */
    public static final String QUERY_NAMESPACE = "urn:wasl:bench:query:1";

    private static final String SAMPLE = "samples/civil-1.0/good/person.xml";
    private static final Pattern BETWEEN_ELEMENTS = Pattern.compile(">\\s+<");
    private static final byte[] RECORD = readRecord();
    private static final String RECORD_TEXT = parse(RECORD).getTextContent();

    private Payloads() {}

    private static byte[] readRecord() {
        try (InputStream in = SchemaCatalogue.class.getResourceAsStream(SAMPLE)) {
            if (in == null) {
                throw new IllegalStateException("the sample " + SAMPLE + " is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return BETWEEN_ELEMENTS.matcher(text.strip()).replaceAll("><").getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document element of these octets, which are the program's own. */
    public static Element parse(byte[] octets) {
        if (HardenedXml.parse(octets, XmlRules.WIRE) instanceof XmlVerdict.Parsed parsed) {
            return parsed.document().getDocumentElement();
        }
        throw new IllegalStateException("a payload does not parse");
    }

    /** The record that answers every request, as XML in UTF-8 without white space between elements. */
    public static byte[] record() {
        return RECORD.clone();
    }

    /** How many octets the record has. */
    public static int recordBytes() {
        return RECORD.length;
    }

    /** The request of the operation of this number, as XML in UTF-8. */
    public static byte[] request(long number) {
        return ("<q:query xmlns:q=\"" + QUERY_NAMESPACE + "\"><q:operation>" + number
                        + "</q:operation><q:nationalNumber>9901012345</q:nationalNumber><q:purpose>GENERAL_CLEARANCE"
                        + "</q:purpose></q:query>")
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Compares the text of all elements with the record's.
     *
     * @throws WrongAnswerException when they differ
     */
    public static void requireRecord(Element answer) {
        if (!"person".equals(answer.getLocalName()) || !RECORD_TEXT.equals(answer.getTextContent())) {
            throw new WrongAnswerException("the answer is not the record: " + answer.getNodeName());
        }
    }
}
