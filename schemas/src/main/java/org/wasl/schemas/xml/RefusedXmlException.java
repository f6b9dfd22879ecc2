package org.wasl.schemas.xml;

import org.wasl.schemas.fault.FaultCode;
import org.xml.sax.SAXException;

/** Carries a refusal out of the parser's callbacks; never leaves this package. */
final class RefusedXmlException extends SAXException {

    private static final long serialVersionUID = 1L;

    private final FaultCode code;
    private final String reason;
    private final int line;
    private final int column;

    RefusedXmlException(FaultCode code, String reason, int line, int column) {
        super(reason);
        this.code = code;
        this.reason = reason;
        this.line = line;
        this.column = column;
    }

    XmlVerdict.Refused verdict() {
        return new XmlVerdict.Refused(code, reason, line, column);
    }
}
