package org.wasl.security.encryption;

import static org.wasl.schemas.fault.FaultCode.ENCRYPTION_ALGORITHM;
import static org.wasl.schemas.fault.FaultCode.ENCRYPTION_OVERSIZED;
import static org.wasl.schemas.fault.FaultCode.ENCRYPTION_STRUCTURE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.wasl.security.encryption.EncryptionXml.WrappedKey;

/**
 * Reads an encrypted payload against an allow-list of exactly one structure: first every algorithm named anywhere in the
 * document is looked up, then elements and attributes are walked in their one order. Blanks between elements and inside
 * Base64 are all that may vary from the template: other implementations put them there. Nothing is computed with keys
 * here.
 */
final class EncryptionStructure {

    /** A document's own and its receivers' members, and a key of each that is being taken over. */
    static final int MAX_RECIPIENTS = 8;

    private static final int DIGEST_BYTES = 32;

    private static final Map<String, Set<String>> ALGORITHMS = Map.of(
            "EncryptionMethod", Set.of(EncryptionXml.CONTENT, EncryptionXml.KEY_WRAP),
            "AgreementMethod", Set.of(EncryptionXml.AGREEMENT),
            "KeyDerivationMethod", Set.of(EncryptionXml.DERIVATION),
            "DigestMethod", Set.of(EncryptionXml.SHA256),
            "X509Digest", Set.of(EncryptionXml.SHA256));

    /**
     * An encrypted payload as read; nothing about it is known to be right.
     *
     * @param keys the content key for each recipient
     * @param content nonce, ciphertext and tag
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Read(List<WrappedKey> keys, byte[] content) {}

    private EncryptionStructure() {}

    static Read read(Document document) throws EncryptionRefusal {
        checkAlgorithms(document);
        StrictElement root = StrictElement.root(document, EncryptionXml.XENC, "EncryptedData");
        root.attributes("Type").expect("Type", EncryptionXml.ELEMENT_TYPE);
        List<StrictElement> parts = root.children(
                EncryptionXml.XENC + "EncryptionMethod",
                EncryptionXml.DS + "KeyInfo",
                EncryptionXml.XENC + "CipherData");
        method(parts.get(0), EncryptionXml.CONTENT);
        List<StrictElement> encryptedKeys =
                parts.get(1).attributes().every(EncryptionXml.XENC + "EncryptedKey", MAX_RECIPIENTS);
        List<WrappedKey> keys = new ArrayList<>();
        Set<String> recipients = new HashSet<>();
        for (StrictElement encryptedKey : encryptedKeys) {
            WrappedKey key = key(encryptedKey);
            if (!recipients.add(HexFormat.of().formatHex(key.recipient()))) {
                throw structure("a recipient is there twice");
            }
            keys.add(key);
        }
        byte[] content = cipherValue(parts.get(2));
        if (content.length < ContentCipher.NONCE_BYTES + ContentCipher.TAG_BYTES) {
            throw structure("the ciphertext is too short to be one");
        }
        if (content.length > PayloadCipher.MAX_PLAIN_OCTETS + ContentCipher.NONCE_BYTES + ContentCipher.TAG_BYTES) {
            throw new EncryptionRefusal(ENCRYPTION_OVERSIZED, "the ciphertext is longer than allowed");
        }
        return new Read(List.copyOf(keys), content);
    }

    /** Anything that names an algorithm or a curve, wherever it stands, must name an allowed one. */
    private static void checkAlgorithms(Document document) throws EncryptionRefusal {
        NodeList all = document.getElementsByTagNameNS("*", "*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            String name = element.getLocalName();
            boolean curve =
                    name.equals("NamedCurve") && !element.getAttribute("URI").equals(EncryptionXml.P256_URI);
            boolean named = element.hasAttribute("Algorithm") || ALGORITHMS.containsKey(name);
            if (curve
                    || (named
                            && !ALGORITHMS.getOrDefault(name, Set.of()).contains(element.getAttribute("Algorithm")))) {
                throw new EncryptionRefusal(ENCRYPTION_ALGORITHM, "the algorithm of a " + name + " is not on the list");
            }
        }
    }

    private static void method(StrictElement method, String algorithm) throws EncryptionRefusal {
        method.attributes("Algorithm").empty();
        if (!method.value("Algorithm").equals(algorithm)) {
            throw new EncryptionRefusal(ENCRYPTION_ALGORITHM, "an algorithm is in the place of another");
        }
    }

    private static WrappedKey key(StrictElement encryptedKey) throws EncryptionRefusal {
        List<StrictElement> parts = encryptedKey
                .attributes()
                .children(
                        EncryptionXml.XENC + "EncryptionMethod",
                        EncryptionXml.DS + "KeyInfo",
                        EncryptionXml.XENC + "CipherData");
        method(parts.get(0), EncryptionXml.KEY_WRAP);
        List<StrictElement> agreement = parts.get(1)
                .attributes()
                .only(EncryptionXml.XENC + "AgreementMethod")
                .attributes("Algorithm")
                .children(
                        EncryptionXml.XENC11 + "KeyDerivationMethod",
                        EncryptionXml.XENC + "OriginatorKeyInfo",
                        EncryptionXml.XENC + "RecipientKeyInfo");
        StrictElement derivation =
                agreement.get(0).attributes("Algorithm").only(EncryptionXml.XENC11 + "ConcatKDFParams");
        derivation
                .attributes("AlgorithmID", "PartyUInfo", "PartyVInfo")
                .only(EncryptionXml.DS + "DigestMethod")
                .attributes("Algorithm")
                .empty();
        if (!Arrays.equals(derivation.bits("AlgorithmID"), KeyWrapping.ALGORITHM_ID)) {
            throw structure("the derived key is for another algorithm");
        }
        byte[] recipient = recipient(agreement.get(2));
        byte[] wrapped = cipherValue(parts.get(2));
        if (wrapped.length != KeyWrapping.WRAPPED_BYTES) {
            throw structure("a wrapped key does not have " + KeyWrapping.WRAPPED_BYTES + " octets");
        }
        return new WrappedKey(
                recipient,
                ephemeral(agreement.get(1)),
                derivation.bits("PartyUInfo"),
                derivation.bits("PartyVInfo"),
                wrapped);
    }

    private static byte[] ephemeral(StrictElement originator) throws EncryptionRefusal {
        List<StrictElement> value = originator
                .attributes()
                .only(EncryptionXml.DS + "KeyValue")
                .attributes()
                .only(EncryptionXml.DSIG11 + "ECKeyValue")
                .attributes()
                .children(EncryptionXml.DSIG11 + "NamedCurve", EncryptionXml.DSIG11 + "PublicKey");
        value.get(0).attributes("URI").empty();
        return value.get(1).attributes().base64();
    }

    private static byte[] recipient(StrictElement recipient) throws EncryptionRefusal {
        byte[] digest = recipient
                .attributes()
                .only(EncryptionXml.DS + "X509Data")
                .attributes()
                .only(EncryptionXml.DSIG11 + "X509Digest")
                .attributes("Algorithm")
                .base64();
        if (digest.length != DIGEST_BYTES) {
            throw structure("a certificate's digest does not have " + DIGEST_BYTES + " octets");
        }
        return digest;
    }

    private static byte[] cipherValue(StrictElement cipherData) throws EncryptionRefusal {
        return cipherData
                .attributes()
                .only(EncryptionXml.XENC + "CipherValue")
                .attributes()
                .base64();
    }

    private static EncryptionRefusal structure(String detail) {
        return new EncryptionRefusal(ENCRYPTION_STRUCTURE, detail);
    }
}
