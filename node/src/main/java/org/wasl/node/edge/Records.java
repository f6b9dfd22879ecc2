package org.wasl.node.edge;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;
import org.wasl.security.container.Container;
import org.wasl.security.container.PayloadOpener;
import org.wasl.security.container.PlainPayload;

/**
 * What a verified container's payload holds, for callers.
 *
 * @param root the record, or consolidated answer
 * @param asOf when the source held it to be true; empty when it does not say
 * @param coverage whether the source vouches that there is nothing more: {@code COMPLETE} or {@code INCOMPLETE}
 */
public record Records(Element root, String asOf, String coverage) {

    /**
     * The record of this reply, whose payload was checked against its schema before it was signed.
     *
     * @param opener decrypts it, when it is encrypted
     */
    public static Records of(Container reply, PayloadOpener opener) {
        if (!(opener.open(reply) instanceof PlainPayload.Opened opened)) {
            throw new IllegalStateException("a reply that was received cannot be read any more");
        }
        if (!(HardenedXml.parse(opened.octets(), XmlRules.WIRE) instanceof XmlVerdict.Parsed parsed)) {
            throw new IllegalStateException("a verified container's payload does not parse");
        }
        Element payload = parsed.document().getDocumentElement();
        for (Node node = payload.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element record) {
                String coverage = payload.getAttribute("coverage");
                return new Records(record, payload.getAttribute("asOf"), coverage.isEmpty() ? "COMPLETE" : coverage);
            }
        }
        throw new IllegalStateException("a verified reply's payload holds no record");
    }

    /**
     * The record in this form, UTF-8.
     *
     * @param json writes JSON
     */
    public byte[] as(Representation representation, RecordJson json) {
        return switch (representation) {
            case XML -> HardenedXml.serialise(root);
            case JSON -> json.write(root);
        };
    }
}
