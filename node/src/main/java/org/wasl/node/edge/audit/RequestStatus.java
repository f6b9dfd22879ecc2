package org.wasl.node.edge.audit;

import java.util.Optional;
import org.wasl.schemas.fault.FaultCategory;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.registry.Label;

/** What became of a request. */
public enum RequestStatus {
    /** The provider told what it holds, if only that it holds nothing. */
    ANSWERED(new Label("أُجيب", "answered")),
    /** Somebody decided against it. */
    REFUSED(new Label("رُفض", "refused")),
    /** It went wrong, and nobody decided that. */
    FAILED(new Label("تعذّر", "failed")),
    /** There is no answer yet. */
    OPEN(new Label("لم يُجب بعد", "not answered yet"));

    private final Label label;

    RequestStatus(Label label) {
        this.label = label;
    }

    public Label label() {
        return label;
    }

    /** The status of a request that this fault ended. */
    static RequestStatus ended(FaultCode fault) {
        if (fault == FaultCode.RECORD_NOT_FOUND) {
            return ANSWERED;
        }
        return fault.category() == FaultCategory.SENDER ? REFUSED : FAILED;
    }

    /** The status of a request that a fault of this wire code ended; failed when the code is none of ours. */
    static RequestStatus ended(String wireCode) {
        Optional<FaultCode> code = FaultCode.byWireCode(wireCode);
        return code.map(RequestStatus::ended).orElse(FAILED);
    }
}
