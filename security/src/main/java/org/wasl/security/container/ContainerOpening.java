package org.wasl.security.container;

import static org.wasl.schemas.fault.FaultCode.CONTAINER_MANIFEST;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_MIMETYPE;
import static org.wasl.schemas.fault.FaultCode.HEADER_INVALID;
import static org.wasl.schemas.fault.FaultCode.SCHEMA_INVALID;
import static org.wasl.schemas.fault.FaultCode.SCHEMA_UNKNOWN;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.SchemaVerdict;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;
import org.wasl.security.crypto.CryptoProvider;

/** Opens one container, step by step; remembers the header as soon as it is read, so that a refusal can name it. */
final class ContainerOpening {

    private final SchemaCatalogue schemas;
    private final ContainerLimits limits;
    private final CryptoProvider crypto;
    private @Nullable Header header;

    ContainerOpening(SchemaCatalogue schemas, ContainerLimits limits, CryptoProvider crypto) {
        this.schemas = schemas;
        this.limits = limits;
        this.crypto = crypto;
    }

    /** The header, once it was read; a claim. */
    @Nullable
    Header header() {
        return header;
    }

    /** The fault that a refusal is told as; its leg is the member that the header names as sender. */
    Fault fault(Refusal refusal) {
        Header claimed = header;
        String leg = claimed == null ? "unread" : claimed.sender().member().toString();
        return new Fault(refusal.code(), refusal.stage(), leg, refusal.detail());
    }

    OpenContainer open(byte[] octets) throws Refusal {
        List<StrictZip.Entry> entries = StrictZip.read(octets, limits);
        StrictZip.Entry headerEntry = entries.get(2);
        StrictZip.Entry payload = entries.get(3);
        StrictZip.Entry signatures = entries.get(4);
        byte[] mimetype = EntryNames.CONTAINER_MEDIA_TYPE.getBytes(StandardCharsets.US_ASCII);
        if (!Arrays.equals(entries.get(0).octets(), mimetype)) {
            throw Refusal.opening(CONTAINER_MIMETYPE, "mimetype must be " + EntryNames.CONTAINER_MEDIA_TYPE);
        }
        Header read = readHeader(headerEntry.octets());
        header = read;
        if (!EntryNames.payloadFor(read.payloadMediaType()).equals(payload.name())) {
            throw Refusal.opening(HEADER_INVALID, "a payload of that media type does not belong in " + payload.name());
        }
        if (!Arrays.equals(entries.get(1).octets(), ManifestXml.write(payload.name(), read.payloadMediaType()))) {
            throw Refusal.opening(CONTAINER_MANIFEST, "the manifest does not list exactly these entries");
        }
        SignatureStructure.Read signature = SignatureStructure.read(
                parse(signatures), signatures.octets(), payload.name(), read.payloadMediaType());
        Container container = new Container(
                octets,
                read,
                headerEntry.octets(),
                payload.octets(),
                crypto.sha256Hex(headerEntry.octets()),
                crypto.sha256Hex(payload.octets()));
        List<String> damaged = entries.stream()
                .filter(entry -> !entry.crcMatches())
                .map(StrictZip.Entry::name)
                .toList();
        return new OpenContainer(container, signature, payload.name(), damaged);
    }

    private Header readHeader(byte[] octets) throws Refusal {
        SchemaVerdict verdict = schemas.validate(octets);
        if (verdict instanceof SchemaVerdict.Invalid invalid) {
            boolean byRule = invalid.code() == SCHEMA_INVALID || invalid.code() == SCHEMA_UNKNOWN;
            throw Refusal.opening(byRule ? HEADER_INVALID : invalid.code(), "header.xml: " + invalid.summary());
        }
        Element root = ((SchemaVerdict.Valid) verdict).document().getDocumentElement();
        if (!HeaderXml.NAMESPACE.equals(root.getNamespaceURI()) || !"header".equals(root.getLocalName())) {
            throw Refusal.opening(HEADER_INVALID, "the root of header.xml must be header");
        }
        if (!root.getAttribute("version").startsWith(HeaderXml.MAJOR)) {
            throw Refusal.opening(HEADER_INVALID, "header.xml says that it is of another major version");
        }
        return HeaderXml.read(root);
    }

    private static Document parse(StrictZip.Entry entry) throws Refusal {
        XmlVerdict verdict = HardenedXml.parse(entry.octets(), XmlRules.WIRE);
        if (verdict instanceof XmlVerdict.Parsed parsed) {
            return parsed.document();
        }
        XmlVerdict.Refused refused = (XmlVerdict.Refused) verdict;
        throw Refusal.opening(refused.code(), entry.name() + ": " + refused.reason());
    }
}
