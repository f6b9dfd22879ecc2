package org.wasl.security.encryption;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** The one shape of an encrypted payload, written by template: XML Encryption 1.1, a key for each recipient. */
final class EncryptionXml {

    static final String XENC = "http://www.w3.org/2001/04/xmlenc#";
    static final String XENC11 = "http://www.w3.org/2009/xmlenc11#";
    static final String DS = "http://www.w3.org/2000/09/xmldsig#";
    static final String DSIG11 = "http://www.w3.org/2009/xmldsig11#";

    static final String ELEMENT_TYPE = "http://www.w3.org/2001/04/xmlenc#Element";
    static final String CONTENT = "http://www.w3.org/2009/xmlenc11#aes256-gcm";
    static final String KEY_WRAP = "http://www.w3.org/2001/04/xmlenc#kw-aes256";
    static final String AGREEMENT = "http://www.w3.org/2009/xmlenc11#ECDH-ES";
    static final String DERIVATION = "http://www.w3.org/2009/xmlenc11#ConcatKDF";
    static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    static final String P256_URI = "urn:oid:1.2.840.10045.3.1.7";

    private static final int KEY_CHARACTERS = 2_048;

    /**
     * The content key for one recipient.
     *
     * @param recipient SHA-256 of the recipient's certificate
     * @param ephemeral the ephemeral public key, an uncompressed point
     * @param partyU what the key is bound to
     * @param partyV the recipient, as the derivation takes it
     * @param wrapped the content key, wrapped
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record WrappedKey(byte[] recipient, byte[] ephemeral, byte[] partyU, byte[] partyV, byte[] wrapped) {}

    private EncryptionXml() {}

    static byte[] write(List<WrappedKey> keys, byte[] content) {
        StringBuilder head = new StringBuilder(KEY_CHARACTERS * keys.size());
        head.append("<xenc:EncryptedData xmlns:xenc=\"" + XENC + "\" Type=\"" + ELEMENT_TYPE + "\">");
        head.append("<xenc:EncryptionMethod Algorithm=\"" + CONTENT + "\"/>");
        head.append("<ds:KeyInfo xmlns:ds=\"" + DS + "\">");
        keys.forEach(key -> append(head, key));
        head.append("</ds:KeyInfo><xenc:CipherData><xenc:CipherValue>");
        byte[] start = head.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] value = Base64.getEncoder().encode(content);
        byte[] end = "</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream(start.length + value.length + end.length);
        out.writeBytes(start);
        out.writeBytes(value);
        out.writeBytes(end);
        return out.toByteArray();
    }

    private static void append(StringBuilder to, WrappedKey key) {
        to.append("<xenc:EncryptedKey><xenc:EncryptionMethod Algorithm=\"" + KEY_WRAP + "\"/>");
        to.append("<ds:KeyInfo><xenc:AgreementMethod Algorithm=\"" + AGREEMENT + "\">");
        to.append("<xenc11:KeyDerivationMethod xmlns:xenc11=\"" + XENC11 + "\" Algorithm=\"" + DERIVATION + "\">");
        to.append("<xenc11:ConcatKDFParams AlgorithmID=\"").append(bits(KeyWrapping.ALGORITHM_ID));
        to.append("\" PartyUInfo=\"").append(bits(key.partyU()));
        to.append("\" PartyVInfo=\"").append(bits(key.partyV()));
        to.append("\"><ds:DigestMethod Algorithm=\"" + SHA256 + "\"/></xenc11:ConcatKDFParams>");
        to.append("</xenc11:KeyDerivationMethod><xenc:OriginatorKeyInfo><ds:KeyValue>");
        to.append("<dsig11:ECKeyValue xmlns:dsig11=\"" + DSIG11 + "\"><dsig11:NamedCurve URI=\"" + P256_URI + "\"/>");
        to.append("<dsig11:PublicKey>").append(base64(key.ephemeral())).append("</dsig11:PublicKey>");
        to.append("</dsig11:ECKeyValue></ds:KeyValue></xenc:OriginatorKeyInfo><xenc:RecipientKeyInfo><ds:X509Data>");
        to.append("<dsig11:X509Digest xmlns:dsig11=\"" + DSIG11 + "\" Algorithm=\"" + SHA256 + "\">");
        to.append(base64(key.recipient())).append("</dsig11:X509Digest></ds:X509Data></xenc:RecipientKeyInfo>");
        to.append("</xenc:AgreementMethod></ds:KeyInfo><xenc:CipherData><xenc:CipherValue>");
        to.append(base64(key.wrapped()));
        to.append("</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>");
    }

    /** Octets as a string of bits, of which none is padding: what the first octet says. */
    private static String bits(byte[] octets) {
        return "00" + HexFormat.of().formatHex(octets);
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
