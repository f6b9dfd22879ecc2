package org.wasl.security.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.certificate.RevocationSource;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.registry.Registry;

/**
 * Verifies containers whose payload is a document, without having the document in memory: the document goes by once, for
 * its digest and its CRC, and all else is judged by {@link AsicContainerVerifier} and its rules. Stateless, safe for many
 * threads.
 */
public final class DocumentVerifier {

    /** What was accepted once is judged again without bounds on the document, with those on all that is read. */
    private static final ContainerLimits ANY_SIZE = new ContainerLimits(
            Integer.MAX_VALUE,
            ContainerLimits.standard().maxHeaderBytes(),
            Integer.MAX_VALUE,
            ContainerLimits.standard().maxSignatureBytes());

    private final AsicContainerVerifier verifier;
    private final CryptoProvider crypto = CryptoProvider.chosen();

    /**
     * @param verifier judges everything but the document, within its limits
     */
    public DocumentVerifier(AsicContainerVerifier verifier) {
        this.verifier = verifier;
    }

    /**
     * Verifies one container.
     *
     * @param whole the container; what holds no document is refused
     * @param at when it must be valid
     * @throws IOException when it cannot be read
     */
    public ContainerVerdict verify(ContainerContent whole, Registry registry, Instant at) throws IOException {
        return verify(whole, registry, at, Optional.empty());
    }

    /** The same by another source of status: by the evidence that was recorded with it, for judging it as of then. */
    public ContainerVerdict verify(ContainerContent whole, Registry registry, Instant at, RevocationSource asOfThen)
            throws IOException {
        return verify(whole, registry, at, Optional.of(asOfThen));
    }

    private ContainerVerdict verify(
            ContainerContent whole, Registry registry, Instant at, Optional<RevocationSource> asOfThen)
            throws IOException {
        ContainerOpening opening = verifier.opening();
        try {
            OpenContainer open = open(whole, opening);
            CertificateTrust.Relied relied = verifier.verify(open, registry, at, asOfThen);
            return new ContainerVerdict.Genuine(open.container(), relied.certificate(), relied.evidence());
        } catch (Refusal refusal) {
            return new ContainerVerdict.Refused(opening.fault(refusal), Optional.ofNullable(opening.header()));
        }
    }

    /**
     * Opens a container without asking who signed it. Expected refusals are values.
     *
     * @throws IOException when it cannot be read
     */
    public OpenResult open(ContainerContent whole) throws IOException {
        ContainerOpening opening = verifier.opening();
        try {
            OpenContainer open = open(whole, opening);
            open.checkDamage();
            return new OpenResult.Opened(open.container());
        } catch (Refusal refusal) {
            return new OpenResult.Refused(opening.fault(refusal), Optional.ofNullable(opening.header()));
        }
    }

    /**
     * Whether these octets are the card of that container: all of it but the document.
     *
     * @throws IOException when the container cannot be read
     */
    public static boolean isCard(byte[] octets, ContainerContent whole) throws IOException {
        try {
            return Arrays.equals(octets, DocumentCard.of(whole, ANY_SIZE).octets());
        } catch (Refusal refusal) {
            return false;
        }
    }

    /**
     * The document in a container that was verified or opened.
     *
     * @return its octets and how many; whoever takes it closes it
     * @throws IOException when it cannot be read, or is no document's container
     */
    public DocumentStream document(ContainerContent whole) throws IOException {
        try {
            DocumentCard card = DocumentCard.of(whole, verifier.limits());
            return new DocumentStream(card.documentLength(), bounded(whole, card));
        } catch (Refusal refusal) {
            throw new IOException("there is no document in the container: " + refusal.detail(), refusal);
        }
    }

    private OpenContainer open(ContainerContent whole, ContainerOpening opening) throws Refusal, IOException {
        DocumentCard card = DocumentCard.of(whole, verifier.limits());
        OpenContainer open = opening.open(card.octets());
        Container read = open.container();
        DocumentDigest digest;
        try (InputStream document = bounded(whole, card)) {
            digest = DocumentDigest.of(document, card.documentLength(), OutputStream.nullOutputStream(), crypto);
        }
        if (digest.length() != card.documentLength()) {
            throw Refusal.opening(FaultCode.CONTAINER_NOT_ZIP, "the document is cut short");
        }
        List<String> damaged = new ArrayList<>(open.damaged());
        if (digest.crc() != card.documentCrc()) {
            damaged.add(EntryNames.PAYLOAD_BIN);
        }
        Container container = new Container(
                card.octets(),
                read.header(),
                read.headerOctets(),
                read.payload(),
                read.headerDigest(),
                HexFormat.of().formatHex(digest.sha256()),
                whole);
        return new OpenContainer(container, open.signature(), open.payloadName(), damaged);
    }

    private static InputStream bounded(ContainerContent whole, DocumentCard card) throws IOException {
        return new DocumentStream.Bounded(whole.open(card.documentAt()), card.documentLength());
    }
}
