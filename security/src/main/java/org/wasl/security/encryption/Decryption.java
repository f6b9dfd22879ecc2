package org.wasl.security.encryption;

import org.wasl.schemas.fault.FaultCode;

/** What decrypting found. */
public sealed interface Decryption {

    /**
     * What was encrypted.
     *
     * @param octets the plain octets, shared, not copied: nobody writes to them
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Plain(byte[] octets) implements Decryption {}

    /**
     * The document is refused; nothing of it was decrypted.
     *
     * @param code why
     * @param detail one sentence in English; never a value of the document
     */
    record Refused(FaultCode code, String detail) implements Decryption {}
}
