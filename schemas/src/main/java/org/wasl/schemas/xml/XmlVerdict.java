package org.wasl.schemas.xml;

import org.w3c.dom.Document;
import org.wasl.schemas.fault.FaultCode;

/** What parsing found. */
public sealed interface XmlVerdict {

    /**
     * The document is well-formed and within every bound.
     *
     * @param document namespace-aware, without comments, instructions, CDATA sections or entity references; not safe
     *     for several threads at once, not even for reading
     */
    record Parsed(Document document) implements XmlVerdict {}

    /**
     * The document is refused.
     *
     * @param code {@code XML_MALFORMED}, {@code XML_DOCTYPE}, {@code XML_LIMIT}, {@code XML_FORBIDDEN_NODE} or
     *     {@code XML_ENCODING}
     * @param reason one sentence in English; names elements and bounds, never text of the document
     * @param line the line, from 1; -1 when unknown
     * @param column the column, from 1; -1 when unknown
     */
    record Refused(FaultCode code, String reason, int line, int column) implements XmlVerdict {}
}
