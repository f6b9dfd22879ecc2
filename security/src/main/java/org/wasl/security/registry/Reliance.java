package org.wasl.security.registry;

import java.util.List;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.certificate.RevocationEvidence;

/** Whether a certificate may be relied on. */
public sealed interface Reliance {

    /**
     * It may.
     *
     * @param evidence what showed that nothing on its path was revoked; empty when no authority of the path gives status
     */
    record Relied(List<RevocationEvidence> evidence) implements Reliance {

        public Relied {
            evidence = List.copyOf(evidence);
        }
    }

    /** It may not, and why. */
    record Refused(Fault fault) implements Reliance {}
}
