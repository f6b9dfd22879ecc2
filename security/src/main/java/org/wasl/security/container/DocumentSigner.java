package org.wasl.security.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.keys.SigningKey;

/**
 * Writes containers whose payload is a document: the same file that {@link AsicContainerSigner} would write, octet for
 * octet, but into a spool file, and with one pass over the document through a small buffer. Stateless, safe for many
 * threads.
 */
public final class DocumentSigner {

    private final AsicContainerSigner signer;
    private final ContainerLimits limits;
    private final CryptoProvider crypto = CryptoProvider.chosen();

    /**
     * @param limits the most that it will write; the same as the receivers' or lower
     */
    public DocumentSigner(ContainerLimits limits) {
        this.signer = new AsicContainerSigner(limits);
        this.limits = limits;
    }

    /**
     * Writes one container.
     *
     * @param given its header, with the document's media type
     * @param document read once, to its end, and not closed
     * @param into where it is written
     * @throws IOException when the document cannot be read or the file not written
     * @throws IllegalArgumentException when the key is another member's, or the header would be refused by a verifier
     * @throws org.wasl.security.keys.KeyUnavailableException when the key cannot be used now
     */
    public DocumentSigning sign(Header given, InputStream document, SigningKey key, SpoolFile into) throws IOException {
        if (!given.hasDocument()) {
            throw new IllegalArgumentException("a document is not of type " + given.payloadMediaType());
        }
        Header header = AsicContainerSigner.inMilliseconds(given);
        if (into.maxBytes() < limits.maxContainerBytes()) {
            throw new IllegalArgumentException("the spool file may become smaller than the container");
        }
        long most = limits.maxPayloadBytes();
        int documentAt = documentAt(header);
        Container card;
        try (FileChannel file =
                FileChannel.open(into.path(), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            OutputStream octets = Channels.newOutputStream(file.position(documentAt));
            DocumentDigest digest = DocumentDigest.of(document, most, octets, crypto);
            if (digest.length() > most) {
                return new DocumentSigning.Refused(new Fault(
                        FaultCode.BACKEND_OVERSIZED,
                        Stage.SIGN,
                        header.sender().member().toString(),
                        "the document has more than " + most + " octets"));
            }
            card = signer.card(header, digest.sha256(), key);
            byte[] head = DocumentCard.head(card.octets(), digest.length(), digest.crc());
            if (head.length != documentAt) {
                throw new IllegalStateException("a document would not stand where it was written");
            }
            write(file, DocumentCard.tail(card.octets(), digest.length(), digest.crc()), documentAt + digest.length());
            write(file, head, 0);
        }
        return new DocumentSigning.Signed(card.kept(into));
    }

    /** What stands before the document depends on the header alone. */
    private static int documentAt(Header header) {
        byte[] manifest = ManifestXml.write(EntryNames.PAYLOAD_BIN, header.payloadMediaType());
        int mimetype = EntryNames.CONTAINER_MEDIA_TYPE.getBytes(StandardCharsets.US_ASCII).length;
        return entry(EntryNames.MIMETYPE, mimetype)
                + entry(EntryNames.MANIFEST, manifest.length)
                + entry(EntryNames.HEADER, HeaderXml.write(header).length)
                + entry(EntryNames.PAYLOAD_BIN, 0);
    }

    private static int entry(String name, int length) {
        return StoredZip.LOCAL_BYTES + name.length() + length;
    }

    private static void write(FileChannel file, byte[] octets, long at) throws IOException {
        ByteBuffer from = ByteBuffer.wrap(octets);
        long next = at;
        while (from.hasRemaining()) {
            next += file.write(from, next);
        }
    }
}
