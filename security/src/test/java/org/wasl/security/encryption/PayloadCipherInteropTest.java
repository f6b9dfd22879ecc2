package org.wasl.security.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wasl.security.encryption.EncryptionWorld.BINDING;
import static org.wasl.security.encryption.EncryptionWorld.PLAIN;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.xml.security.Init;
import org.apache.xml.security.encryption.EncryptedData;
import org.apache.xml.security.encryption.EncryptedKey;
import org.apache.xml.security.encryption.XMLCipher;
import org.apache.xml.security.encryption.XMLCipherUtil;
import org.apache.xml.security.encryption.keys.KeyInfoEnc;
import org.apache.xml.security.encryption.params.ConcatKDFParams;
import org.apache.xml.security.encryption.params.KeyAgreementParameters;
import org.apache.xml.security.keys.KeyInfo;
import org.apache.xml.security.keys.content.X509Data;
import org.apache.xml.security.keys.content.x509.XMLX509Digest;
import org.apache.xml.security.utils.XMLUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;
import org.wasl.security.keys.KeyEntry;

/** What we write, others read, and the other way round. */
class PayloadCipherInteropTest {

    private static EncryptionWorld world;

    @BeforeAll
    static void members() throws Exception {
        Init.init();
        world = new EncryptionWorld();
    }

    @Test
    void encrypt_whenSantuarioReadsIt_givesTheSameOctets() throws Exception {
        byte[] document = world.encrypted().getBytes(StandardCharsets.UTF_8);

        for (int reader = 0; reader < 2; reader++) {
            Document parsed = parse(document);
            Element root = parsed.getDocumentElement();
            XMLCipher whole = XMLCipher.getInstance();
            whole.init(XMLCipher.DECRYPT_MODE, null);
            EncryptedData data = whole.loadEncryptedData(parsed, root);
            EncryptedKey key = data.getKeyInfo().itemEncryptedKey(reader);
            KeyEntry own = reader == 0 ? world.receiver : world.sender;
            XMLCipher keyCipher = XMLCipher.getInstance();
            keyCipher.init(XMLCipher.UNWRAP_MODE, own.key());
            SecretKey contentKey = (SecretKey)
                    keyCipher.decryptKey(key, data.getEncryptionMethod().getAlgorithm());
            XMLCipher content = XMLCipher.getInstance();
            content.init(XMLCipher.DECRYPT_MODE, contentKey);

            assertThat(content.decryptToByteArray(root)).isEqualTo(PLAIN);
        }
    }

    @Test
    void decrypt_whenSantuarioWroteIt_givesTheSameOctets() throws Exception {
        Document document = parse(PLAIN);
        SecretKey contentKey = new SecretKeySpec(ContentCipher.newKey(), "AES");
        XMLCipher content = XMLCipher.getInstance(XMLCipher.AES_256_GCM);
        content.init(XMLCipher.ENCRYPT_MODE, contentKey);
        KeyInfo keys = new KeyInfo(document);
        for (KeyEntry recipient : new KeyEntry[] {world.receiver, world.sender}) {
            keys.add(santuarioKey(document, contentKey, recipient));
        }
        content.getEncryptedData().setKeyInfo(keys);
        content.doFinal(document, document.getDocumentElement());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        XMLUtils.outputDOM(document, out);
        byte[] written = out.toByteArray();
        // It breaks lines: what it writes is not our template, but is our structure.
        assertThat(new String(written, StandardCharsets.UTF_8)).contains("\n");

        for (KeyEntry reader : new KeyEntry[] {world.receiver, world.sender}) {
            assertThat(world.cipher.decrypt(written, EncryptionWorld.keys(reader), BINDING))
                    .isInstanceOfSatisfying(Decryption.Plain.class, plain -> assertThat(plain.octets())
                            .isEqualTo(PLAIN));
        }
    }

    private static EncryptedKey santuarioKey(Document document, SecretKey contentKey, KeyEntry recipient)
            throws Exception {
        String bound = HexFormat.of().formatHex(sha256(BINDING.getBytes(StandardCharsets.UTF_8)));
        ConcatKDFParams derivation = ConcatKDFParams.createBuilder(256, "http://www.w3.org/2001/04/xmlenc#sha256")
                .algorithmID("00"
                        + HexFormat.of()
                                .formatHex("http://www.w3.org/2001/04/xmlenc#kw-aes256"
                                        .getBytes(StandardCharsets.US_ASCII)))
                .partyUInfo("00" + bound)
                .partyVInfo("00" + recipient.certificateDigest())
                .build();
        KeyAgreementParameters agreement = XMLCipherUtil.constructAgreementParameters(
                "http://www.w3.org/2009/xmlenc11#ECDH-ES",
                KeyAgreementParameters.ActorType.ORIGINATOR,
                derivation,
                null,
                recipient.certificate().getPublicKey());
        XMLCipher cipher = XMLCipher.getInstance(XMLCipher.AES_256_KeyWrap);
        cipher.init(XMLCipher.WRAP_MODE, recipient.certificate().getPublicKey());
        EncryptedKey key = cipher.encryptKey(document, contentKey, agreement, null);
        X509Data named = new X509Data(document);
        named.add(new XMLX509Digest(document, recipient.certificate(), "http://www.w3.org/2001/04/xmlenc#sha256"));
        ((KeyInfoEnc) key.getKeyInfo())
                .itemAgreementMethod(0)
                .getRecipientKeyInfo()
                .add(named);
        return key;
    }

    /** The standards, step by step, with the platform's own ciphers and a regular expression for a parser. */
    @Test
    void encrypt_whenReadByHand_givesTheSameOctets() throws Exception {
        String document = world.encrypted();
        Matcher key = Pattern.compile("AlgorithmID=\"00([0-9a-f]+)\" PartyUInfo=\"00([0-9a-f]+)\" "
                        + "PartyVInfo=\"00([0-9a-f]+)\".*?<dsig11:PublicKey>([^<]+)<.*?<dsig11:X509Digest[^>]*>([^<]+)<"
                        + ".*?<xenc:CipherValue>([^<]+)<")
                .matcher(document);
        assertThat(key.find()).isTrue();
        assertThat(Base64.getDecoder().decode(key.group(5)))
                .isEqualTo(sha256(world.receiver.certificate().getEncoded()));

        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", "SunEC");
        agreement.init(world.receiver.key());
        agreement.doPhase(point(Base64.getDecoder().decode(key.group(4))), true);
        HexFormat hex = HexFormat.of();
        byte[] wrapping = sha256(
                new byte[] {0, 0, 0, 1},
                agreement.generateSecret(),
                hex.parseHex(key.group(1)),
                hex.parseHex(key.group(2)),
                hex.parseHex(key.group(3)));
        Cipher unwrapping = Cipher.getInstance("AESWrap", "SunJCE");
        unwrapping.init(Cipher.UNWRAP_MODE, new SecretKeySpec(wrapping, "AES"));
        SecretKey contentKey =
                (SecretKey) unwrapping.unwrap(Base64.getDecoder().decode(key.group(6)), "AES", Cipher.SECRET_KEY);

        int at = document.lastIndexOf("<xenc:CipherValue>") + "<xenc:CipherValue>".length();
        byte[] content = Base64.getDecoder().decode(document.substring(at, document.indexOf('<', at)));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
        cipher.init(Cipher.DECRYPT_MODE, contentKey, new GCMParameterSpec(128, content, 0, 12));
        assertThat(cipher.doFinal(content, 12, content.length - 12)).isEqualTo(PLAIN);
    }

    private static PublicKey point(byte[] octets) throws Exception {
        ECPublicKey any = (ECPublicKey) world.receiver.certificate().getPublicKey();
        ECPoint point = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(octets, 1, 33)),
                new BigInteger(1, Arrays.copyOfRange(octets, 33, 65)));
        return KeyFactory.getInstance("EC", "SunEC").generatePublic(new ECPublicKeySpec(point, any.getParams()));
    }

    private static byte[] sha256(byte[]... parts) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static Document parse(byte[] octets) {
        return ((XmlVerdict.Parsed) HardenedXml.parse(octets, XmlRules.WIRE)).document();
    }
}
