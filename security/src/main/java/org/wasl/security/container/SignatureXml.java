package org.wasl.security.container;

import java.nio.charset.StandardCharsets;

/**
 * {@code META-INF/signatures.xml} by template. The text of SignedInfo and of SignedProperties <em>is</em> its exclusive
 * canonical form: attributes in order, empty elements as a pair of tags, and each carries the namespace declarations
 * that canonicalisation would write. So signing canonicalises nothing, and a reader can demand the very same octets.
 */
final class SignatureXml {

    static final String DS = "http://www.w3.org/2000/09/xmldsig#";
    static final String XADES = "http://uri.etsi.org/01903/v1.3.2#";
    static final String ASIC = "http://uri.etsi.org/02918/v1.2.1#";

    static final String EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
    static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    static final String PROPERTIES_TYPE = "http://uri.etsi.org/01903#SignedProperties";

    static final String SIGNATURE_ID = "Signature";
    static final String VALUE_ID = "SignatureValue";
    static final String PROPERTIES_ID = "SignedProperties";
    static final String HEADER_REFERENCE_ID = "reference-header";
    static final String PAYLOAD_REFERENCE_ID = "reference-payload";

    private static final String DIGEST_METHOD = "<ds:DigestMethod Algorithm=\"" + SHA256 + "\"></ds:DigestMethod>";

    /**
     * What varies in a signature; all else is the template.
     *
     * @param method the signature method's URI
     * @param payloadName {@code payload.xml} or {@code payload.bin}
     * @param payloadMediaType the payload's media type
     * @param headerDigest SHA-256 of the header, Base64
     * @param payloadDigest SHA-256 of the payload, Base64
     * @param signingTime UTC with milliseconds
     * @param certificateDigest SHA-256 of the certificate, Base64
     * @param certificate the certificate (DER), Base64
     */
    record Variables(
            String method,
            String payloadName,
            String payloadMediaType,
            String headerDigest,
            String payloadDigest,
            String signingTime,
            String certificateDigest,
            String certificate) {}

    private SignatureXml() {}

    static byte[] signedProperties(Variables v) {
        String text = "<xades:SignedProperties xmlns:xades=\"" + XADES + "\" Id=\"" + PROPERTIES_ID + "\">"
                + "<xades:SignedSignatureProperties>"
                + "<xades:SigningTime>" + v.signingTime() + "</xades:SigningTime>"
                + "<xades:SigningCertificateV2><xades:Cert><xades:CertDigest>"
                + "<ds:DigestMethod xmlns:ds=\"" + DS + "\" Algorithm=\"" + SHA256 + "\"></ds:DigestMethod>"
                + "<ds:DigestValue xmlns:ds=\"" + DS + "\">" + v.certificateDigest() + "</ds:DigestValue>"
                + "</xades:CertDigest></xades:Cert></xades:SigningCertificateV2>"
                + "</xades:SignedSignatureProperties>"
                + "<xades:SignedDataObjectProperties>"
                + dataObjectFormat(HEADER_REFERENCE_ID, EntryNames.XML_MEDIA_TYPE)
                + dataObjectFormat(PAYLOAD_REFERENCE_ID, v.payloadMediaType())
                + "</xades:SignedDataObjectProperties>"
                + "</xades:SignedProperties>";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String dataObjectFormat(String reference, String mediaType) {
        return "<xades:DataObjectFormat ObjectReference=\"#" + reference + "\"><xades:MimeType>" + mediaType
                + "</xades:MimeType></xades:DataObjectFormat>";
    }

    static byte[] signedInfo(Variables v, String propertiesDigest) {
        String text = "<ds:SignedInfo xmlns:ds=\"" + DS + "\">"
                + "<ds:CanonicalizationMethod Algorithm=\"" + EXCLUSIVE_C14N + "\"></ds:CanonicalizationMethod>"
                + "<ds:SignatureMethod Algorithm=\"" + v.method() + "\"></ds:SignatureMethod>"
                + dataReference(HEADER_REFERENCE_ID, EntryNames.HEADER, v.headerDigest())
                + dataReference(PAYLOAD_REFERENCE_ID, v.payloadName(), v.payloadDigest())
                + "<ds:Reference Type=\"" + PROPERTIES_TYPE + "\" URI=\"#" + PROPERTIES_ID + "\">"
                + "<ds:Transforms><ds:Transform Algorithm=\"" + EXCLUSIVE_C14N + "\"></ds:Transform></ds:Transforms>"
                + DIGEST_METHOD + "<ds:DigestValue>" + propertiesDigest + "</ds:DigestValue>"
                + "</ds:Reference></ds:SignedInfo>";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String dataReference(String id, String uri, String digest) {
        return "<ds:Reference Id=\"" + id + "\" URI=\"" + uri + "\">" + DIGEST_METHOD + "<ds:DigestValue>" + digest
                + "</ds:DigestValue></ds:Reference>";
    }

    static byte[] document(Variables v, byte[] signedProperties, byte[] signedInfo, String signatureValue) {
        String text = "<asic:XAdESSignatures xmlns:asic=\"" + ASIC + "\">"
                + "<ds:Signature xmlns:ds=\"" + DS + "\" Id=\"" + SIGNATURE_ID + "\">"
                + new String(signedInfo, StandardCharsets.UTF_8)
                + "<ds:SignatureValue Id=\"" + VALUE_ID + "\">" + signatureValue + "</ds:SignatureValue>"
                + "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>" + v.certificate()
                + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
                + "<ds:Object><xades:QualifyingProperties xmlns:xades=\"" + XADES + "\" Target=\"#" + SIGNATURE_ID
                + "\">"
                + new String(signedProperties, StandardCharsets.UTF_8)
                + "</xades:QualifyingProperties></ds:Object></ds:Signature></asic:XAdESSignatures>";
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
