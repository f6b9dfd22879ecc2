package org.wasl.security.container;

import org.wasl.schemas.fault.Fault;

/** What opening a container's payload found: its plain octets, whether they travelled encrypted or not. */
public sealed interface PlainPayload {

    /**
     * The payload in plain.
     *
     * @param octets {@code payload.xml} as its sender wrote it; shared, not copied: nobody writes to them
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Opened(byte[] octets) implements PlainPayload {}

    /**
     * The payload cannot be read.
     *
     * @param fault why
     */
    record Refused(Fault fault) implements PlainPayload {}
}
