package org.wasl.security.encryption;

import org.wasl.schemas.fault.FaultCode;

/** Leaves the steps of decrypting at the first thing that is wrong; it never leaves this package. */
final class EncryptionRefusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final FaultCode code;

    EncryptionRefusal(FaultCode code, String detail) {
        // No stack trace: refusing must stay as cheap as accepting.
        super(detail, null, false, false);
        this.code = code;
    }

    Decryption.Refused asResult() {
        return new Decryption.Refused(code, String.valueOf(getMessage()));
    }
}
