package org.wasl.security.container;

import static org.wasl.schemas.fault.FaultCode.SIGNATURE_ALGORITHM;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_MISSING;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_NOT_COVERED;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_STRUCTURE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.wasl.security.crypto.SignatureMethod;

/**
 * Reads {@code META-INF/signatures.xml} against an allow-list of exactly one structure. First every algorithm named
 * anywhere in the document is looked up, then elements and attributes are walked in their one order, then the template
 * is filled with what was found and must give the same octets. Nothing is computed with keys here.
 */
final class SignatureStructure {

    /** A digest in Base64, the only encoding of these octets. */
    private static final int DIGEST_BYTES = 32;

    private static final Set<String> ALGORITHM_ELEMENTS =
            Set.of("CanonicalizationMethod", "SignatureMethod", "DigestMethod", "Transform");

    /**
     * A signature as read; nothing about it is verified.
     *
     * @param signature the {@code ds:Signature} element
     * @param signedProperties the {@code xades:SignedProperties} element, found by its place, not by its id
     * @param method the signature method
     * @param variables what the template was filled with
     * @param propertiesDigest the digest that SignedInfo claims for SignedProperties
     * @param propertiesOctets SignedProperties in canonical form
     * @param value the signature value
     * @param certificate the certificate in KeyInfo: a hint for the registry, not yet trusted
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Read(
            Element signature,
            Element signedProperties,
            SignatureMethod method,
            SignatureXml.Variables variables,
            byte[] propertiesDigest,
            byte[] propertiesOctets,
            byte[] value,
            byte[] certificate) {

        byte[] headerDigest() {
            return Base64.getDecoder().decode(variables.headerDigest());
        }

        byte[] payloadDigest() {
            return Base64.getDecoder().decode(variables.payloadDigest());
        }

        byte[] certificateDigest() {
            return Base64.getDecoder().decode(variables.certificateDigest());
        }
    }

    private record References(String headerDigest, String payloadDigest, String propertiesDigest) {}

    private record Properties(String signingTime, String certificateDigest) {}

    private SignatureStructure() {}

    /**
     * @param document the parsed octets
     * @param octets {@code META-INF/signatures.xml}
     * @param payloadName the payload's entry
     * @param payloadMediaType the payload's media type, from the header
     */
    static Read read(Document document, byte[] octets, String payloadName, String payloadMediaType) throws Refusal {
        checkAlgorithms(document);
        ExactElement root = ExactElement.root(document, SignatureXml.ASIC, "XAdESSignatures");
        root.attributes();
        List<Element> signatures = root.childElements();
        if (signatures.isEmpty()) {
            throw Refusal.opening(SIGNATURE_MISSING, "signatures.xml holds no signature");
        }
        ExactElement signature =
                root.children(SignatureXml.DS, "Signature").get(0).attribute("Id", SignatureXml.SIGNATURE_ID);
        List<ExactElement> parts =
                signature.children(SignatureXml.DS, "SignedInfo", "SignatureValue", "KeyInfo", "Object");

        String value = parts.get(1).attribute("Id", SignatureXml.VALUE_ID).text();
        String certificate = certificate(parts.get(2));
        ExactElement signedProperties = signedProperties(parts.get(3));
        SignatureMethod method = method(parts.get(0));
        References references = references(parts.get(0), payloadName);
        Properties properties = properties(signedProperties, payloadMediaType);

        SignatureXml.Variables variables = new SignatureXml.Variables(
                method.uri(),
                payloadName,
                payloadMediaType,
                references.headerDigest(),
                references.payloadDigest(),
                properties.signingTime(),
                properties.certificateDigest(),
                certificate);
        byte[] propertiesOctets = SignatureXml.signedProperties(variables);
        byte[] expected = SignatureXml.document(
                variables, propertiesOctets, SignatureXml.signedInfo(variables, references.propertiesDigest()), value);
        if (!Arrays.equals(expected, octets)) {
            throw structure("signatures.xml is not written in its one form");
        }
        return new Read(
                signature.element(),
                signedProperties.element(),
                method,
                variables,
                decode(references.propertiesDigest()),
                propertiesOctets,
                decode(value),
                decode(certificate));
    }

    /** Anything that names an algorithm, wherever it stands, must name an allowed one. */
    private static void checkAlgorithms(Document document) throws Refusal {
        NodeList all = document.getElementsByTagNameNS("*", "*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            String name = element.getLocalName();
            boolean named = element.hasAttribute("Algorithm");
            if (!named && !ALGORITHM_ELEMENTS.contains(name)) {
                continue;
            }
            String uri = element.getAttribute("Algorithm");
            boolean allowed =
                    switch (name) {
                        case "CanonicalizationMethod", "Transform" -> uri.equals(SignatureXml.EXCLUSIVE_C14N);
                        case "DigestMethod" -> uri.equals(SignatureXml.SHA256);
                        case "SignatureMethod" -> SignatureMethod.byUri(uri).isPresent();
                        default -> false;
                    };
            if (!allowed) {
                throw Refusal.opening(SIGNATURE_ALGORITHM, "the algorithm of a " + name + " is not on the list");
            }
        }
    }

    private static SignatureMethod method(ExactElement signedInfo) throws Refusal {
        signedInfo.attributes();
        for (Element child : signedInfo.childElements()) {
            if (child.getLocalName().equals("SignatureMethod")) {
                return SignatureMethod.byUri(child.getAttribute("Algorithm"))
                        .orElseThrow(() ->
                                Refusal.opening(SIGNATURE_ALGORITHM, "the signature's algorithm is not on the list"));
            }
        }
        throw structure("SignedInfo names no signature method");
    }

    private static References references(ExactElement signedInfo, String payloadName) throws Refusal {
        List<Element> all = signedInfo.childElements();
        long count =
                all.stream().filter(e -> e.getLocalName().equals("Reference")).count();
        if (count != 3) {
            throw notCovered("there must be three references, not " + count);
        }
        List<ExactElement> parts = signedInfo.children(
                SignatureXml.DS, "CanonicalizationMethod", "SignatureMethod", "Reference", "Reference", "Reference");
        parts.get(0).algorithm(SignatureXml.EXCLUSIVE_C14N).empty();
        parts.get(1).empty();
        String header = dataReference(parts.get(2), SignatureXml.HEADER_REFERENCE_ID, EntryNames.HEADER);
        String payload = dataReference(parts.get(3), SignatureXml.PAYLOAD_REFERENCE_ID, payloadName);
        ExactElement properties = parts.get(4);
        if (!properties.value("URI").equals("#" + SignatureXml.PROPERTIES_ID)
                || !properties.value("Type").equals(SignatureXml.PROPERTIES_TYPE)) {
            throw notCovered("the third reference must be to the signed properties");
        }
        properties.attributes("Type", "URI");
        List<ExactElement> inside = properties.children(SignatureXml.DS, "Transforms", "DigestMethod", "DigestValue");
        inside.get(0).attributes();
        inside.get(0)
                .children(SignatureXml.DS, "Transform")
                .get(0)
                .algorithm(SignatureXml.EXCLUSIVE_C14N)
                .empty();
        return new References(header, payload, digest(inside.get(1), inside.get(2)));
    }

    private static String dataReference(ExactElement reference, String id, String uri) throws Refusal {
        if (!reference.value("URI").equals(uri)) {
            throw notCovered("a reference must be to " + uri);
        }
        for (Element child : reference.childElements()) {
            if (child.getLocalName().equals("Transforms")) {
                throw notCovered("the reference to " + uri + " must have no transform");
            }
        }
        reference.attributes("Id", "URI");
        reference.expect("Id", id);
        List<ExactElement> inside = reference.children(SignatureXml.DS, "DigestMethod", "DigestValue");
        return digest(inside.get(0), inside.get(1));
    }

    private static String digest(ExactElement method, ExactElement value) throws Refusal {
        method.algorithm(SignatureXml.SHA256).empty();
        value.attributes();
        String text = value.text();
        if (decode(text).length != DIGEST_BYTES) {
            throw structure("a digest does not have " + DIGEST_BYTES + " octets");
        }
        return text;
    }

    private static String certificate(ExactElement keyInfo) throws Refusal {
        keyInfo.attributes();
        ExactElement data = keyInfo.children(SignatureXml.DS, "X509Data").get(0);
        data.attributes();
        ExactElement certificate =
                data.children(SignatureXml.DS, "X509Certificate").get(0);
        certificate.attributes();
        return certificate.text();
    }

    private static ExactElement signedProperties(ExactElement object) throws Refusal {
        object.attributes();
        return object.children(SignatureXml.XADES, "QualifyingProperties")
                .get(0)
                .attribute("Target", "#" + SignatureXml.SIGNATURE_ID)
                .children(SignatureXml.XADES, "SignedProperties")
                .get(0)
                .attribute("Id", SignatureXml.PROPERTIES_ID);
    }

    private static Properties properties(ExactElement signedProperties, String payloadMediaType) throws Refusal {
        List<ExactElement> parts = signedProperties.children(
                SignatureXml.XADES, "SignedSignatureProperties", "SignedDataObjectProperties");
        parts.get(0).attributes();
        parts.get(1).attributes();
        List<ExactElement> signing = parts.get(0).children(SignatureXml.XADES, "SigningTime", "SigningCertificateV2");
        signing.get(0).attributes();
        signing.get(1).attributes();
        ExactElement certificate =
                signing.get(1).children(SignatureXml.XADES, "Cert").get(0);
        certificate.attributes();
        ExactElement digest =
                certificate.children(SignatureXml.XADES, "CertDigest").get(0);
        digest.attributes();
        List<ExactElement> inside = digest.children(SignatureXml.DS, "DigestMethod", "DigestValue");

        List<ExactElement> formats = parts.get(1).children(SignatureXml.XADES, "DataObjectFormat", "DataObjectFormat");
        format(formats.get(0), SignatureXml.HEADER_REFERENCE_ID, EntryNames.XML_MEDIA_TYPE);
        format(formats.get(1), SignatureXml.PAYLOAD_REFERENCE_ID, payloadMediaType);
        return new Properties(signing.get(0).text(), digest(inside.get(0), inside.get(1)));
    }

    private static void format(ExactElement format, String reference, String mediaType) throws Refusal {
        ExactElement type = format.attribute("ObjectReference", "#" + reference)
                .children(SignatureXml.XADES, "MimeType")
                .get(0);
        type.attributes();
        if (!type.text().equals(mediaType)) {
            throw structure("a data object format has another media type than the header");
        }
    }

    /** Java's decoder ignores bits after the last octet and misplaced padding: what it read must write the same text. */
    private static byte[] decode(String base64) throws Refusal {
        try {
            byte[] octets = Base64.getDecoder().decode(base64);
            if (Base64.getEncoder().encodeToString(octets).equals(base64)) {
                return octets;
            }
        } catch (IllegalArgumentException e) {
            throw structure("a value is not Base64");
        }
        throw structure("a value is not Base64 in its one form");
    }

    private static Refusal structure(String detail) {
        return Refusal.opening(SIGNATURE_STRUCTURE, detail);
    }

    private static Refusal notCovered(String detail) {
        return Refusal.opening(SIGNATURE_NOT_COVERED, detail);
    }

    /** An element of which everything inside has to be named. */
    private record ExactElement(Element element) {

        static ExactElement root(Document document, String namespace, String name) throws Refusal {
            Element root = document.getDocumentElement();
            if (!isNamed(root, namespace, name)) {
                throw structure("the root of signatures.xml must be " + name);
            }
            return new ExactElement(root);
        }

        /** The children, which must be exactly these elements in this order, with nothing between them. */
        List<ExactElement> children(String namespace, String... names) throws Refusal {
            List<Element> found = childElements();
            boolean right = found.size() == names.length;
            for (int i = 0; right && i < names.length; i++) {
                right = isNamed(found.get(i), namespace, names[i]);
            }
            if (!right) {
                throw structure(element.getLocalName() + " must hold exactly " + String.join(", ", names));
            }
            return found.stream().map(ExactElement::new).toList();
        }

        List<Element> childElements() throws Refusal {
            List<Element> found = new ArrayList<>();
            for (Node at = element.getFirstChild(); at != null; at = at.getNextSibling()) {
                if (!(at instanceof Element child)) {
                    throw structure(element.getLocalName() + " holds something between its elements");
                }
                found.add(child);
            }
            return found;
        }

        void empty() throws Refusal {
            if (element.hasChildNodes()) {
                throw structure(element.getLocalName() + " must be empty");
            }
        }

        String text() throws Refusal {
            Node only = element.getFirstChild();
            if (only == null || only.getNodeType() != Node.TEXT_NODE || only.getNextSibling() != null) {
                throw structure(element.getLocalName() + " must hold text alone");
            }
            return only.getNodeValue();
        }

        /** The attributes, namespace declarations aside, must be exactly these. */
        void attributes(String... names) throws Refusal {
            int declarations = 0;
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                Node attribute = element.getAttributes().item(i);
                if ("http://www.w3.org/2000/xmlns/".equals(attribute.getNamespaceURI())) {
                    declarations++;
                }
            }
            boolean right = element.getAttributes().getLength() - declarations == names.length
                    && Arrays.stream(names).allMatch(element::hasAttribute);
            if (!right) {
                throw structure(element.getLocalName() + " must have exactly the attributes " + List.of(names));
            }
        }

        ExactElement attribute(String name, String value) throws Refusal {
            attributes(name);
            expect(name, value);
            return this;
        }

        void expect(String name, String value) throws Refusal {
            if (!value(name).equals(value)) {
                throw structure("the attribute " + name + " of " + element.getLocalName() + " must be " + value);
            }
        }

        ExactElement algorithm(String uri) throws Refusal {
            return attribute("Algorithm", uri);
        }

        String value(String attribute) {
            return element.getAttribute(attribute);
        }

        private static boolean isNamed(Element element, String namespace, String name) {
            return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
        }
    }
}
