package org.wasl.security.container;

import java.util.List;
import org.wasl.schemas.fault.FaultCode;

/**
 * A container whose structure was read.
 *
 * @param container its parts
 * @param signature its signature, as read
 * @param payloadName the payload's entry
 * @param damaged the entries whose CRC is wrong
 */
record OpenContainer(Container container, SignatureStructure.Read signature, String payloadName, List<String> damaged) {

    void checkDamage() throws Refusal {
        if (!damaged.isEmpty()) {
            throw Refusal.opening(FaultCode.CONTAINER_ZIP_MISMATCH, "the CRC of " + damaged + " is wrong");
        }
    }
}
