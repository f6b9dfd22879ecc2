package org.wasl.security.container;

import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;

/**
 * Leaves the steps of opening and verifying at the first thing that is wrong. It never leaves this package: the opener
 * and the verifier turn it into their sealed answers.
 */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final FaultCode code;
    private final Stage stage;

    private Refusal(FaultCode code, Stage stage, String detail) {
        // No stack trace: refusing must stay as cheap as accepting.
        super(detail, null, false, false);
        this.code = code;
        this.stage = stage;
    }

    static Refusal opening(FaultCode code, String detail) {
        return new Refusal(code, Stage.OPEN, detail);
    }

    static Refusal verifying(FaultCode code, String detail) {
        return new Refusal(code, Stage.VERIFY, detail);
    }

    FaultCode code() {
        return code;
    }

    Stage stage() {
        return stage;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
