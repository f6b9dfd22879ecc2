package org.wasl.security.container;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.certificate.RevocationEvidence;

/** What verifying a container found. */
public sealed interface ContainerVerdict {

    /**
     * The container is whole, and signed by the member that its header names as sender.
     *
     * @param container the container, parsed from the digested octets
     * @param certificate the registered certificate that signed it
     * @param evidence what showed that the certificate, and the authorities above it, were not revoked; empty when none
     *     of them gives status
     */
    record Genuine(Container container, X509Certificate certificate, List<RevocationEvidence> evidence)
            implements ContainerVerdict {

        public Genuine {
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * The container is refused.
     *
     * @param fault why
     * @param claimed the header it carries, when it could be read: a claim, not a fact
     */
    record Refused(Fault fault, Optional<Header> claimed) implements ContainerVerdict {}
}
