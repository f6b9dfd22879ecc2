package org.wasl.security.assertion;

import org.wasl.schemas.fault.FaultCode;

/** Ends the checking of one assertion; never leaves this package. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final FaultCode code;
    private final String detail;

    /** @param detail names a rule or a claim, never a value */
    Refusal(FaultCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
        this.detail = detail;
    }

    FaultCode code() {
        return code;
    }

    String detail() {
        return detail;
    }
}
