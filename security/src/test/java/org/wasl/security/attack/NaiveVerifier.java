package org.wasl.security.attack;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.crypto.OctetStreamData;
import javax.xml.crypto.URIDereferencer;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The canary: the verifier that a hurried team writes with the JDK alone. It unzips into a map, parses, takes the first
 * signature and the key that comes with it, and calls {@code validate()}. Whatever it lets pass shows that the corpus
 * bites.
 */
final class NaiveVerifier {

    private static final String DS = "http://www.w3.org/2000/09/xmldsig#";

    private final boolean secureValidation;

    /**
     * @param secureValidation the JDK's own switch; many set it to false, since true refuses old partners
     */
    NaiveVerifier(boolean secureValidation) {
        this.secureValidation = secureValidation;
    }

    /** Whether it would hand this on to business code. */
    boolean accepts(byte[] container) {
        try {
            return validate(unzip(container));
        } catch (Exception e) {
            // Whatever goes wrong is a refusal to it.
            return false;
        }
    }

    private static Map<String, byte[]> unzip(byte[] container) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(container))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private boolean validate(Map<String, byte[]> entries) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(new DefaultHandler());
        Document document = builder.parse(new ByteArrayInputStream(entries.get(Terms.SIGNATURES)));
        Element signature =
                (Element) document.getElementsByTagNameNS(DS, "Signature").item(0);
        DOMValidateContext context = new DOMValidateContext(key(signature), signature);
        context.setProperty("org.jcp.xml.dsig.secureValidation", secureValidation);
        registerIds(document, context);
        XMLSignatureFactory signatures = XMLSignatureFactory.getInstance("DOM");
        context.setURIDereferencer(fromMap(entries, signatures.getURIDereferencer()));
        XMLSignature read = signatures.unmarshalXMLSignature(context);
        return read.validate(context) && entries.containsKey(Terms.HEADER) && entries.containsKey(Terms.PAYLOAD);
    }

    private static PublicKey key(Element signature) throws Exception {
        String certificate =
                signature.getElementsByTagNameNS(DS, "X509Certificate").item(0).getTextContent();
        X509Certificate read = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getMimeDecoder().decode(certificate)));
        return read.getPublicKey();
    }

    private static void registerIds(Document document, DOMValidateContext context) {
        NodeList all = document.getElementsByTagNameNS("*", "*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.hasAttribute("Id")) {
                element.setIdAttribute("Id", true);
                context.setIdAttributeNS(element, null, "Id");
            }
        }
    }

    private static URIDereferencer fromMap(Map<String, byte[]> entries, URIDereferencer otherwise) {
        return (reference, context) -> {
            byte[] entry = entries.get(reference.getURI());
            return entry == null
                    ? otherwise.dereference(reference, context)
                    : new OctetStreamData(new ByteArrayInputStream(entry));
        };
    }
}
