package org.wasl.node.statistics;

import java.util.Optional;
import org.wasl.schemas.fault.FaultCategory;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.registry.Label;

/** What became of a request for a service. */
public enum Outcome {
    COMPLETE(new Label("مكتمل", "complete")),
    PARTIAL(new Label("جزئي", "partial")),
    FAILED(new Label("متعذّر", "failed")),
    REFUSED(new Label("مرفوض", "refused")),
    CANCELLED(new Label("ملغى", "cancelled")),
    EXPIRED(new Label("انتهت المهلة", "expired")),
    OPEN(new Label("مفتوح", "open"));

    private final Label label;

    Outcome(Label label) {
        this.label = label;
    }

    public Label label() {
        return label;
    }

    /** The outcome of a consolidated answer that says this of how much has come. */
    static Outcome answered(String overall) {
        return switch (overall) {
            case "COMPLETE" -> COMPLETE;
            case "PARTIAL" -> PARTIAL;
            default -> FAILED;
        };
    }

    /** The outcome of a request that a fault of this wire code ended. */
    static Outcome faulted(String wireCode) {
        Optional<FaultCode> code = FaultCode.byWireCode(wireCode);
        if (code.isEmpty()) {
            return FAILED;
        }
        return switch (code.get()) {
            case EXCHANGE_CANCELLED -> CANCELLED;
            case EXCHANGE_DEFERRAL_EXPIRED, EXCHANGE_TIMED_OUT -> EXPIRED;
            default -> code.get().category() == FaultCategory.SENDER ? REFUSED : FAILED;
        };
    }
}
