package org.wasl.security.container;

import org.jspecify.annotations.Nullable;

/**
 * One message: the same octets on the wire, in the log and in the auditor's hand. Holding one says that its structure
 * was read, not that it is genuine: only {@link ContainerVerdict.Genuine} says that.
 *
 * <p>The arrays are shared, not copied: nobody writes to them.
 *
 * <p>Of a container whose payload is a document that was not read into memory, {@code whole} gives the file, and
 * {@code octets} are a card: all of it but the document. A card never leaves, and is no evidence by itself.
 *
 * @param octets the whole ASiC-E file; of a document's container, its card
 * @param header the parsed header
 * @param headerOctets {@code header.xml} as digested
 * @param payload {@code payload.xml} or {@code payload.bin} as digested; empty when {@code whole} holds it
 * @param headerDigest SHA-256 of {@code headerOctets}, lower-case hexadecimal
 * @param payloadDigest SHA-256 of {@code payload} (or of the document), lower-case hexadecimal
 * @param whole the whole file of a document's container; null when {@code octets} is the file
 */
@SuppressWarnings("ArrayRecordComponent") // compared by message identity, never by equals
public record Container(
        byte[] octets,
        Header header,
        byte[] headerOctets,
        byte[] payload,
        String headerDigest,
        String payloadDigest,
        @Nullable ContainerContent whole) {

    /** A container in memory. */
    public Container(
            byte[] octets,
            Header header,
            byte[] headerOctets,
            byte[] payload,
            String headerDigest,
            String payloadDigest) {
        this(octets, header, headerOctets, payload, headerDigest, payloadDigest, null);
    }

    /** The same container, with its whole file elsewhere. */
    public Container kept(ContainerContent elsewhere) {
        return new Container(octets, header, headerOctets, payload, headerDigest, payloadDigest, elsewhere);
    }

    /** The fields by which a reply to this request is bound to it. */
    public InReplyTo asInReplyTo() {
        return new InReplyTo(header.messageId(), headerDigest, payloadDigest);
    }

    @Override
    public String toString() {
        return header.kind() + " " + header.messageId() + " from " + header.sender();
    }
}
