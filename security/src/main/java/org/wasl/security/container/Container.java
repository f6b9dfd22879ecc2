package org.wasl.security.container;

/**
 * One message: the same octets on the wire, in the log and in the auditor's hand. Holding one says that its structure
 * was read, not that it is genuine: only {@link ContainerVerdict.Genuine} says that.
 *
 * <p>The arrays are shared, not copied: nobody writes to them.
 *
 * @param octets the whole ASiC-E file
 * @param header the parsed header
 * @param headerOctets {@code header.xml} as digested
 * @param payload {@code payload.xml} or {@code payload.bin} as digested
 * @param headerDigest SHA-256 of {@code headerOctets}, lower-case hexadecimal
 * @param payloadDigest SHA-256 of {@code payload}, lower-case hexadecimal
 */
@SuppressWarnings("ArrayRecordComponent") // compared by message identity, never by equals
public record Container(
        byte[] octets, Header header, byte[] headerOctets, byte[] payload, String headerDigest, String payloadDigest) {

    /** The fields by which a reply to this request is bound to it. */
    public InReplyTo asInReplyTo() {
        return new InReplyTo(header.messageId(), headerDigest, payloadDigest);
    }

    @Override
    public String toString() {
        return header.kind() + " " + header.messageId() + " from " + header.sender();
    }
}
