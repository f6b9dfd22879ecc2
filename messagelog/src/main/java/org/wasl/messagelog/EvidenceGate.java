package org.wasl.messagelog;

import java.util.List;
import java.util.Optional;
import org.wasl.schemas.fault.FaultCode;

/**
 * Whether what this node discloses can still be proven by others. Asked right before anything is disclosed, so it must
 * answer at once, from what is known; safe for many threads.
 */
@FunctionalInterface
public interface EvidenceGate {

    /** Never closed: for a log that nobody witnesses. */
    EvidenceGate OPEN = Optional::empty;

    /** Why nothing may be disclosed now; empty when it may. */
    Optional<FaultCode> closed();

    /** Closed when one of these is; the first one says why. */
    static EvidenceGate all(List<EvidenceGate> gates) {
        List<EvidenceGate> asked = List.copyOf(gates);
        return () -> asked.stream().flatMap(gate -> gate.closed().stream()).findFirst();
    }
}
