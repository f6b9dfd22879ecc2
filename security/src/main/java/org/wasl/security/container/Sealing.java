package org.wasl.security.container;

import org.wasl.schemas.fault.Fault;

/** What sealing a payload came to. */
public sealed interface Sealing {

    /**
     * The payload is encrypted.
     *
     * @param header the header that goes with it, to be signed
     * @param payload the encrypted payload, as it will be digested
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sealed(Header header, byte[] payload) implements Sealing {}

    /**
     * The payload cannot be encrypted, and must not leave.
     *
     * @param fault why
     */
    record Refused(Fault fault) implements Sealing {}
}
