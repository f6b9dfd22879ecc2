package org.wasl.node.audit;

import java.util.Arrays;
import java.util.Optional;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.container.Container;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.registry.Label;

/** The document of a dispute, looked for in the messages of a request. */
final class DisputedDocument {

    private final byte[] octets;
    private final String digest;
    private final PayloadXml payloads;

    DisputedDocument(byte[] octets, SchemaCatalogue schemas) {
        this.octets = octets;
        this.digest = CryptoProvider.chosen().sha256Hex(octets);
        this.payloads = new PayloadXml(schemas);
    }

    /** Its SHA-256, lower-case hexadecimal. */
    String digest() {
        return digest;
    }

    /**
     * Where it was found.
     *
     * @param message the message
     * @param part which part of it the document is
     */
    record Place(CaseMessage message, Label part) {}

    /** The message that it is, or is a part of; what stands earliest in the log, if several. */
    Optional<Place> in(Evidence evidence) {
        for (CaseMessage message : evidence.distinct()) {
            Optional<Label> part = part(message);
            if (part.isPresent()) {
                return Optional.of(new Place(message, part.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<Label> part(CaseMessage message) {
        if (message.row().payload() != null
                && Arrays.equals(octets, message.row().payload().container())) {
            return Optional.of(new Label("الرسالة كلها", "the whole message"));
        }
        Container container = message.container();
        if (container == null) {
            return Optional.empty();
        }
        if (Arrays.equals(octets, container.payload())) {
            return Optional.of(new Label("محتوى الرسالة الموقّع", "the message's signed payload"));
        }
        if (digest.equals(container.header().plainPayloadDigest())) {
            return Optional.of(new Label(
                    "محتوى الرسالة قبل تشفيره، ببصمته في الترويسة الموقّعة",
                    "the message's payload before it was encrypted, by its digest in the signed header"));
        }
        if (Arrays.equals(octets, container.headerOctets())) {
            return Optional.of(new Label("ترويسة الرسالة الموقّعة", "the message's signed header"));
        }
        return !container.header().isEncrypted()
                        && payloads.read(container) instanceof PayloadContent.Record record
                        && Arrays.equals(octets, record.octets())
                ? Optional.of(
                        new Label("السجل داخل محتوى الرسالة الموقّع", "the record within the message's signed payload"))
                : Optional.empty();
    }

    /** Whether some message cannot be looked into, so that not finding it there says nothing. */
    static boolean hidden(Evidence evidence) {
        return !evidence.erased().isEmpty()
                || evidence.distinct().stream()
                        .anyMatch(message -> message.container() != null
                                && message.container().header().isEncrypted());
    }
}
