package org.wasl.bench.peer.message;

import java.nio.charset.StandardCharsets;
import org.w3c.dom.Element;
import org.wasl.bench.exchange.ExchangeWorkload;
import org.wasl.bench.exchange.FixedRecords;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

/** What every peer is asked and answers: a short query, and the record of about 2 KB that Wasl is measured with. */
public final class Payloads {

    /** The namespace of the query. */
    public static final String QUERY_NAMESPACE = "urn:wasl:bench:query:1";

    /** The namespace of the record. */
    public static final String RECORD_NAMESPACE = "urn:wasl:traffic:1";

    private static final byte[] RECORD = FixedRecords.fines(ExchangeWorkload.USUAL_OCTETS);
    private static final String RECORD_TEXT = parse(RECORD).getTextContent();

    private Payloads() {}

    /** The document element of these octets, which are the program's own. */
    public static Element parse(byte[] octets) {
        if (HardenedXml.parse(octets, XmlRules.WIRE) instanceof XmlVerdict.Parsed parsed) {
            return parsed.document().getDocumentElement();
        }
        throw new IllegalStateException("a payload does not parse");
    }

    /** The record that answers every request. */
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
        if (!"fines".equals(answer.getLocalName()) || !RECORD_TEXT.equals(answer.getTextContent())) {
            throw new WrongAnswerException("the answer is not the record: " + answer.getNodeName());
        }
    }
}
