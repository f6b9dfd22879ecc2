package org.wasl.security.encryption;

import static org.wasl.schemas.fault.FaultCode.ENCRYPTION_BROKEN;
import static org.wasl.schemas.fault.FaultCode.ENCRYPTION_KEY;
import static org.wasl.schemas.fault.FaultCode.ENCRYPTION_NOT_FOR_US;
import static org.wasl.schemas.fault.FaultCode.ENCRYPTION_OTHER_MESSAGE;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.KeyAgreement;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.crypto.P256;
import org.wasl.security.encryption.EncryptionXml.WrappedKey;
import org.wasl.security.keys.DecryptionKey;

/**
 * Encrypts payloads to members and opens them again: XML Encryption 1.1 with AES-256-GCM, the content key wrapped
 * (kw-aes256) for each recipient under a key that ECDH-ES on P-256 and ConcatKDF give. The derivation takes in the
 * recipient's certificate and what the payload is bound to, so that neither key nor ciphertext can be carried over into
 * another message, whoever signs it. Stateless, safe for many threads.
 */
public final class PayloadCipher {

    /** The most octets that can be encrypted: as Base64 they are the longest text that a document may hold. */
    public static final int MAX_PLAIN_OCTETS = XmlRules.MAX_TEXT_CHARACTERS / 4 * 3 - 64;

    private static final String AGREEMENT = "ECDH";

    private final CryptoProvider crypto = CryptoProvider.chosen();

    /**
     * Encrypts octets to recipients.
     *
     * @param plain what to encrypt: an XML element, UTF-8, without an XML declaration
     * @param recipients their certificates, for P-256 keys; one to eight, each once
     * @param binding what the ciphertext belongs to; the same text is needed to decrypt it
     * @return a document with the root {@code xenc:EncryptedData}
     * @throws IllegalArgumentException when it is too large, or a recipient's key is not of P-256, or there is none or
     *     too many
     */
    public byte[] encrypt(byte[] plain, List<X509Certificate> recipients, String binding) {
        if (plain.length > MAX_PLAIN_OCTETS) {
            throw new IllegalArgumentException("more than " + MAX_PLAIN_OCTETS + " octets cannot be encrypted");
        }
        if (recipients.isEmpty() || recipients.size() > EncryptionStructure.MAX_RECIPIENTS) {
            throw new IllegalArgumentException(
                    "there must be 1 to " + EncryptionStructure.MAX_RECIPIENTS + " recipients");
        }
        byte[] contentKey = ContentCipher.newKey();
        byte[] bound = bound(binding);
        List<WrappedKey> keys = new ArrayList<>();
        try {
            for (X509Certificate recipient : recipients) {
                keys.add(wrap(contentKey, recipient, bound));
            }
            return EncryptionXml.write(keys, ContentCipher.encrypt(plain, contentKey, crypto));
        } finally {
            Arrays.fill(contentKey, (byte) 0);
        }
    }

    private WrappedKey wrap(byte[] contentKey, X509Certificate recipient, byte[] bound) {
        if (!P256.isKey(recipient.getPublicKey())) {
            throw new IllegalArgumentException("a recipient's key is not of P-256");
        }
        try {
            byte[] digest = crypto.sha256(recipient.getEncoded());
            KeyPairGenerator generator = crypto.keyPairGenerator("EC");
            generator.initialize(P256.named());
            KeyPair ephemeral = generator.generateKeyPair();
            KeyAgreement agreement = crypto.keyAgreement(AGREEMENT);
            agreement.init(ephemeral.getPrivate());
            agreement.doPhase(
                    KeyFactory.getInstance("EC", agreement.getProvider())
                            .generatePublic(new X509EncodedKeySpec(
                                    recipient.getPublicKey().getEncoded())),
                    true);
            byte[] key = KeyWrapping.derive(agreement.generateSecret(), bound, digest, crypto);
            byte[] wrapped = KeyWrapping.wrap(contentKey, key, crypto);
            Arrays.fill(key, (byte) 0);
            return new WrappedKey(digest, P256.encode((ECPublicKey) ephemeral.getPublic()), bound, digest, wrapped);
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a recipient's certificate has no encoding", e);
        } catch (InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("the crypto provider lacks P-256", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a recipient's key cannot be agreed with", e);
        }
    }

    /**
     * Decrypts a document. Expected refusals are values, never exceptions.
     *
     * @param document the octets
     * @param keys the reader's key for a certificate's digest (SHA-256, lower-case hexadecimal), when it has one
     * @param binding what the ciphertext must belong to
     * @throws org.wasl.security.keys.KeyUnavailableException when the key cannot be used now
     */
    public Decryption decrypt(byte[] document, Function<String, Optional<DecryptionKey>> keys, String binding) {
        try {
            EncryptionStructure.Read read = read(document);
            WrappedKey own = own(read, bound(binding), keys);
            DecryptionKey key =
                    keys.apply(HexFormat.of().formatHex(own.recipient())).orElseThrow();
            return new Decryption.Plain(open(read.content(), own, key));
        } catch (EncryptionRefusal refusal) {
            return refusal.asResult();
        }
    }

    /**
     * For whom a document is encrypted, by its own word; nobody when it cannot be read.
     *
     * @return the digests of the recipients' certificates: SHA-256, lower-case hexadecimal
     */
    public List<String> recipients(byte[] document) {
        try {
            return read(document).keys().stream()
                    .map(key -> HexFormat.of().formatHex(key.recipient()))
                    .toList();
        } catch (EncryptionRefusal refusal) {
            return List.of();
        }
    }

    private static EncryptionStructure.Read read(byte[] document) throws EncryptionRefusal {
        XmlVerdict verdict = HardenedXml.parse(document, XmlRules.WIRE);
        if (verdict instanceof XmlVerdict.Refused refused) {
            throw new EncryptionRefusal(refused.code(), "the encrypted payload: " + refused.reason());
        }
        return EncryptionStructure.read(((XmlVerdict.Parsed) verdict).document());
    }

    /** The first key of ours; but every key must be made for this message and for whom it names. */
    private static WrappedKey own(
            EncryptionStructure.Read read, byte[] bound, Function<String, Optional<DecryptionKey>> keys)
            throws EncryptionRefusal {
        for (WrappedKey key : read.keys()) {
            if (!MessageDigest.isEqual(key.partyU(), bound)) {
                throw new EncryptionRefusal(ENCRYPTION_OTHER_MESSAGE, "a key was made for another message");
            }
            if (!MessageDigest.isEqual(key.partyV(), key.recipient())) {
                throw new EncryptionRefusal(ENCRYPTION_OTHER_MESSAGE, "a key was made for another recipient");
            }
            if (P256.decode(key.ephemeral()).isEmpty()) {
                throw new EncryptionRefusal(ENCRYPTION_KEY, "an ephemeral key is not a point of P-256");
            }
        }
        for (WrappedKey key : read.keys()) {
            if (keys.apply(HexFormat.of().formatHex(key.recipient())).isPresent()) {
                return key;
            }
        }
        throw new EncryptionRefusal(ENCRYPTION_NOT_FOR_US, "none of the keys is for the reader");
    }

    private byte[] open(byte[] content, WrappedKey own, DecryptionKey key) throws EncryptionRefusal {
        ECPublicKey ephemeral = P256.decode(own.ephemeral()).orElseThrow();
        byte[] wrapping = KeyWrapping.derive(key.agree(ephemeral), own.partyU(), own.partyV(), crypto);
        try {
            byte[] contentKey = KeyWrapping.unwrap(own.wrapped(), wrapping, crypto);
            byte[] plain = ContentCipher.decrypt(content, contentKey, crypto);
            Arrays.fill(contentKey, (byte) 0);
            return plain;
        } catch (GeneralSecurityException e) {
            // One word for the key and for the content: which of the two it was is nobody's business.
            throw new EncryptionRefusal(ENCRYPTION_BROKEN, "the payload does not decrypt");
        } finally {
            Arrays.fill(wrapping, (byte) 0);
        }
    }

    private byte[] bound(String binding) {
        return crypto.sha256(binding.getBytes(StandardCharsets.UTF_8));
    }
}
