package org.wasl.schemas.xml;

import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.FaultCode;

/** Reads from the JDK parser's message which of our codes it stands for. */
final class ParserMessage {

    private static final int MAX_CHARACTERS = 200;

    private ParserMessage() {}

    static RefusedXmlException refuse(@Nullable String message, int line, int column) {
        String text = message == null ? "" : message;
        if (text.contains("disallow-doctype-decl")) {
            return new RefusedXmlException(FaultCode.XML_DOCTYPE, "a DOCTYPE is not allowed", line, column);
        }
        // The JDK numbers the messages of its limits in every language.
        if (text.contains("JAXP000100")) {
            return new RefusedXmlException(
                    FaultCode.XML_LIMIT, "a bound on depth, attributes or names is passed", line, column);
        }
        String reason = text.isEmpty() ? "the document is not well-formed" : "not well-formed: " + cut(text);
        return new RefusedXmlException(FaultCode.XML_MALFORMED, reason, line, column);
    }

    private static String cut(String text) {
        return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "…";
    }
}
