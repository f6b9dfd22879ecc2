package org.wasl.security.container;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.wasl.schemas.fault.Fault;

/** What verifying a container found. */
public sealed interface ContainerVerdict {

    /**
     * The container is whole, and signed by the member that its header names as sender.
     *
     * @param container the container, parsed from the digested octets
     * @param certificate the registered certificate that signed it
     */
    record Genuine(Container container, X509Certificate certificate) implements ContainerVerdict {}

    /**
     * The container is refused.
     *
     * @param fault why
     * @param claimed the header it carries, when it could be read: a claim, not a fact
     */
    record Refused(Fault fault, Optional<Header> claimed) implements ContainerVerdict {}
}
