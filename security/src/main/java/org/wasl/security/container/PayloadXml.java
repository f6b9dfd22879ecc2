package org.wasl.security.container;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.wasl.schemas.FaultXml;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.SchemaVerdict;
import org.wasl.schemas.deferral.Deferral;
import org.wasl.schemas.deferral.DeferralXml;
import org.wasl.schemas.deferral.Delivery;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlText;
import org.wasl.schemas.xml.XmlVerdict;

/**
 * {@code payload.xml}: built by template with a fresh salt, and read back against the shared schemas. The salt keeps
 * the digest of an erased payload from being guessed. Safe for many threads.
 */
public final class PayloadXml {

    private static final int SALT_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String HEAD = "<env:payload xmlns:env=\"" + HeaderXml.NAMESPACE + "\" salt=\"";
    private static final byte[] START = HEAD.getBytes(StandardCharsets.UTF_8);
    private static final byte[] PREFIX = "env:".getBytes(StandardCharsets.UTF_8);
    private static final byte[] END = "</env:payload>".getBytes(StandardCharsets.UTF_8);

    private final SchemaCatalogue schemas;
    private final PayloadOpener opener;

    /**
     * For whoever has no keys: encrypted payloads are refused.
     *
     * @param schemas the shared schemas, to read by
     */
    public PayloadXml(SchemaCatalogue schemas) {
        this(schemas, PayloadOpener.keyless());
    }

    /**
     * @param schemas the shared schemas, to read by
     * @param opener opens what is encrypted
     */
    public PayloadXml(SchemaCatalogue schemas, PayloadOpener opener) {
        this.schemas = schemas;
        this.opener = opener;
    }

    /**
     * The payload of a request.
     *
     * @param parameters the question's parameters; their order is kept
     * @throws IllegalArgumentException when a value holds a character that XML cannot carry
     */
    public static byte[] query(Map<String, String> parameters) {
        return query(parameters, null);
    }

    /**
     * The payload of a request that carries what an identity issuer asserts of the person who asks.
     *
     * @param parameters the question's parameters; their order is kept
     * @param assertion a JSON Web Signature in compact form; null when there is none
     * @throws IllegalArgumentException when a value holds a character that XML cannot carry
     */
    public static byte[] query(Map<String, String> parameters, @Nullable String assertion) {
        StringBuilder xml = start(null, Coverage.COMPLETE);
        if (assertion != null) {
            xml.append("<env:assertion>").append(XmlText.text(assertion)).append("</env:assertion>");
        }
        xml.append("<env:query>");
        parameters.forEach((name, value) -> xml.append("<env:parameter name=\"")
                .append(XmlText.attribute(name))
                .append("\">")
                .append(XmlText.text(value))
                .append("</env:parameter>"));
        return end(xml.append("</env:query>"));
    }

    /**
     * The payload of a reply or an event: a record, embedded octet for octet, without its XML declaration.
     *
     * @param octets the record as a document: UTF-8, valid by its schema
     * @param asOf when the source held it to be true; null when the source did not say
     * @param coverage whether it is all that there is
     */
    public static byte[] record(byte[] octets, @Nullable Instant asOf, Coverage coverage) {
        byte[] start = start(asOf, coverage).toString().getBytes(StandardCharsets.UTF_8);
        int from = afterDeclaration(octets);
        byte[] payload = new byte[start.length + octets.length - from + END.length];
        System.arraycopy(start, 0, payload, 0, start.length);
        System.arraycopy(octets, from, payload, start.length, octets.length - from);
        System.arraycopy(END, 0, payload, payload.length - END.length, END.length);
        return payload;
    }

    /**
     * The payload of a composite service's reply.
     *
     * @param octets the {@code consolidated:answer} as a document: UTF-8, valid by its schema
     * @param asOf when it was composed
     */
    public static byte[] consolidated(byte[] octets, Instant asOf) {
        return record(octets, asOf, Coverage.COMPLETE);
    }

    /** The payload of a fault. */
    public static byte[] fault(Fault fault) {
        return end(start(null, Coverage.COMPLETE).append(FaultXml.write(fault)));
    }

    /** The payload of the message that an answer will come later. */
    public static byte[] later(Deferral deferral) {
        return end(start(null, Coverage.COMPLETE).append(DeferralXml.write(deferral)));
    }

    /**
     * The payload of a cancellation.
     *
     * @param reason a code of capital letters, digits and '_'
     */
    public static byte[] cancellation(String reason) {
        return end(start(null, Coverage.COMPLETE).append(DeferralXml.cancellation(reason)));
    }

    /** The payload of the message that a late answer was handed on, or could not be. */
    public static byte[] delivery(Delivery delivery) {
        return end(start(null, Coverage.COMPLETE).append(DeferralXml.write(delivery)));
    }

    /**
     * Reads the payload of a container: what it holds must fit the header's kind. It is decrypted first when it is
     * encrypted to any member at hand. For {@code payload.xml} only; refuses any other media type.
     */
    public PayloadContent read(Container container) {
        return read(container, opener.open(container));
    }

    /**
     * The same for what came to this member: an encrypted payload must be encrypted to it, whoever else is at hand.
     *
     * @param receiver whose message it is
     */
    public PayloadContent read(Container container, MemberId receiver) {
        return read(container, opener.open(container, receiver));
    }

    /**
     * The same for a payload that was opened before, so that nothing is decrypted twice.
     *
     * @param payload what opening this container's payload found
     */
    public PayloadContent read(Container container, PlainPayload payload) {
        Header header = container.header();
        String leg = header.sender().member().toString();
        if (!header.isEncrypted() && !header.payloadMediaType().equals(EntryNames.XML_MEDIA_TYPE)) {
            return refused(
                    FaultCode.REQUEST_MEDIA_TYPE, leg, "the payload is not XML but " + header.payloadMediaType());
        }
        if (payload instanceof PlainPayload.Refused refused) {
            return new PayloadContent.Refused(refused.fault());
        }
        PayloadContent content = read(((PlainPayload.Opened) payload).octets(), leg);
        boolean fits =
                switch (header.kind()) {
                    case REQUEST -> content instanceof PayloadContent.Query;
                    case REPLY, EVENT -> content instanceof PayloadContent.Record;
                    case FAULT -> content instanceof PayloadContent.Faulted;
                    // A composite service's shows what it has by then.
                    case INTERIM -> content instanceof PayloadContent.Later || content instanceof PayloadContent.Record;
                    case CANCELLATION -> content instanceof PayloadContent.Cancelled;
                    case DELIVERY -> content instanceof PayloadContent.Delivered;
                };
        if (fits || content instanceof PayloadContent.Refused) {
            return content;
        }
        return refused(FaultCode.SCHEMA_INVALID, leg, "the payload is not what a " + header.kind() + " holds");
    }

    /**
     * Reads the octets of a {@code payload.xml}.
     *
     * @param leg the member to name in a refusal
     */
    public PayloadContent read(byte[] payload, String leg) {
        return QueryTemplate.read(payload)
                .<PayloadContent>map(PayloadContent.Query::new)
                .orElseGet(() -> readInFull(payload, leg));
    }

    /** The same by parser and schema, whoever wrote the octets. */
    PayloadContent readInFull(byte[] payload, String leg) {
        SchemaVerdict verdict = schemas.validate(payload);
        if (verdict instanceof SchemaVerdict.Invalid invalid) {
            return new PayloadContent.Refused(invalid.toFault(Stage.OPEN, leg));
        }
        Document document = ((SchemaVerdict.Valid) verdict).document();
        Element root = document.getDocumentElement();
        if (!isNamed(root, HeaderXml.NAMESPACE, "payload")) {
            return refused(FaultCode.SCHEMA_INVALID, leg, "the root of payload.xml must be payload");
        }
        List<Element> children = elements(root);
        Element content = children.get(0);
        if (isNamed(content, HeaderXml.NAMESPACE, "assertion")) {
            return query(children.get(1), content.getTextContent(), leg);
        }
        if (isNamed(content, HeaderXml.NAMESPACE, "query")) {
            return query(content, null, leg);
        }
        if (isNamed(content, FaultXml.NAMESPACE, "fault")) {
            return faulted(content);
        }
        if (DeferralXml.NAMESPACE.equals(content.getNamespaceURI())) {
            return deferral(content);
        }
        return record(document, content, payload);
    }

    private static PayloadContent query(Element query, @Nullable String assertion, String leg) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Element parameter : elements(query)) {
            if (parameters.put(parameter.getAttribute("name"), parameter.getTextContent()) != null) {
                return refused(FaultCode.REQUEST_PARAMETER, leg, "a parameter is there twice");
            }
        }
        return new PayloadContent.Query(parameters, assertion);
    }

    private static PayloadContent deferral(Element content) {
        return switch (content.getLocalName()) {
            case "later" -> new PayloadContent.Later(DeferralXml.later(content));
            case "cancellation" -> new PayloadContent.Cancelled(DeferralXml.cancellation(content));
            default -> new PayloadContent.Delivered(DeferralXml.delivery(content));
        };
    }

    private static PayloadContent faulted(Element fault) {
        return new PayloadContent.Faulted(FaultXml.read(fault).orElseGet(() -> unknown(fault)));
    }

    /** A newer node may know codes and stages that this one does not: what it says must still arrive. */
    private static Fault unknown(Element fault) {
        Map<String, String> fields = new LinkedHashMap<>();
        elements(fault)
                .forEach(e -> fields.put(e.getLocalName(), e.getTextContent().strip()));
        return new Fault(
                FaultCode.INTERNAL,
                Stage.TRANSPORT,
                fields.getOrDefault("leg", ""),
                fields.get("code") + " at " + fields.get("stage") + ": " + fields.get("detail"));
    }

    private static PayloadContent record(Document document, Element content, byte[] octets) {
        Element payload = document.getDocumentElement();
        String asOf = payload.getAttribute("asOf");
        String coverage = payload.getAttribute("coverage");
        Optional<byte[]> embedded = embedded(payload, octets);
        // The payload's document was read for this alone: the record takes its place.
        document.removeChild(payload);
        payload.removeChild(content);
        document.appendChild(content);
        return new PayloadContent.Record(
                String.valueOf(content.getNamespaceURI()),
                content.getLocalName(),
                embedded.orElseGet(() -> HardenedXml.serialise(content)),
                content,
                asOf.isEmpty() ? null : Instant.parse(asOf),
                coverage.isEmpty() ? Coverage.COMPLETE : Coverage.valueOf(coverage));
    }

    /**
     * The embedded octets themselves, when the payload was written by this template: no attribute of the start tag can
     * hold a '&gt;', so the first one ends it. Anything else is serialised from what was parsed.
     */
    private static Optional<byte[]> embedded(Element payload, byte[] octets) {
        int tail = octets.length - END.length;
        if (tail < START.length
                || !Arrays.equals(octets, 0, START.length, START, 0, START.length)
                || !Arrays.equals(octets, tail, octets.length, END, 0, END.length)) {
            return Optional.empty();
        }
        int from = START.length;
        while (octets[from] != '>') {
            from++;
        }
        byte[] embedded = Arrays.copyOfRange(octets, from + 1, tail);
        // Whether it stands alone, with namespaces of its own, is for the parser to say where it cannot be seen.
        boolean alone = standsAlone(payload, embedded)
                || HardenedXml.parse(embedded, XmlRules.WIRE) instanceof XmlVerdict.Parsed;
        return alone ? Optional.of(embedded) : Optional.empty();
    }

    /**
     * Whether what was embedded is one element that needs nothing of the payload round it, as its octets show: it is all
     * that the payload holds, no blank, CDATA section or reference beside it; and the one prefix that the payload
     * declares is nowhere in it, not even in text.
     */
    private static boolean standsAlone(Element payload, byte[] embedded) {
        int length = embedded.length;
        boolean oneTagToAnother = length > 3
                && embedded[0] == '<'
                && embedded[1] != '!'
                && embedded[1] != '?'
                && embedded[length - 1] == '>'
                && embedded[length - 2] != ']';
        if (!oneTagToAnother
                || payload.getFirstChild() == null
                || payload.getFirstChild().getNextSibling() != null
                || !declaresOnlyItsPrefix(payload)) {
            return false;
        }
        for (int i = PREFIX.length - 1; i < length; i++) {
            if (embedded[i] == ':' && Arrays.equals(embedded, i + 1 - PREFIX.length, i + 1, PREFIX, 0, PREFIX.length)) {
                return false;
            }
        }
        return true;
    }

    private static boolean declaresOnlyItsPrefix(Element payload) {
        NamedNodeMap attributes = payload.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Node attribute = attributes.item(i);
            boolean declaration = XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI());
            if (declaration && !attribute.getNodeName().equals("xmlns:env")) {
                return false;
            }
        }
        return true;
    }

    private static StringBuilder start(@Nullable Instant asOf, Coverage coverage) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        StringBuilder xml = new StringBuilder(512);
        xml.append(HEAD);
        xml.append(HexFormat.of().formatHex(salt)).append('"');
        if (asOf != null) {
            xml.append(" asOf=\"").append(TemplateText.instant(asOf)).append('"');
        }
        if (coverage != Coverage.COMPLETE) {
            xml.append(" coverage=\"").append(coverage.name()).append('"');
        }
        return xml.append('>');
    }

    private static byte[] end(StringBuilder xml) {
        return xml.append("</env:payload>").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Where a document's root begins: a mapping may write a declaration, which cannot stand inside another document. */
    private static int afterDeclaration(byte[] octets) {
        int at = 0;
        if (octets.length > 5 && octets[0] == '<' && octets[1] == '?') {
            while (at + 1 < octets.length && !(octets[at] == '?' && octets[at + 1] == '>')) {
                at++;
            }
            at += 2;
        }
        while (at < octets.length && (octets[at] == '\n' || octets[at] == '\r' || octets[at] == ' ')) {
            at++;
        }
        return Math.min(at, octets.length);
    }

    private static List<Element> elements(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (Node at = parent.getFirstChild(); at != null; at = at.getNextSibling()) {
            if (at instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static boolean isNamed(Element element, String namespace, String name) {
        return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }

    private static PayloadContent.Refused refused(FaultCode code, String leg, String detail) {
        return new PayloadContent.Refused(new Fault(code, Stage.OPEN, leg, detail));
    }
}
